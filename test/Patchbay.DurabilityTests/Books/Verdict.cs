using System.Diagnostics;
using System.Globalization;
using System.Text;
using Patchbay.DurabilityTests.Running;
using Patchbay.TestKit;

namespace Patchbay.DurabilityTests.Books;

/// <summary>What a run came to: a table for people, and an assertion that nothing was lost.</summary>
internal static class Verdict
{
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(90);

    /// <param name="mayDouble">Messages that may have been sent twice: at most those on their way when something broke.</param>
    public static async Task NothingLostAsync(
        string name, Stage stage, LoadRun load, TimeSpan loadTook, int mayDouble, CancellationToken cancellationToken,
        Func<HubBooks, List<string>, Task>? further = null)
    {
        var faults = new List<string>(load.Figures.Wrong.Take(5));
        var hub = new HubBooks(stage.Client, stage.Database, stage.Tenant, load.Operations, faults);
        var settling = Stopwatch.StartNew();
        var open = await hub.OpenAsync(cancellationToken);
        while (open.Length > 0 && settling.Elapsed < EndsWithin)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancellationToken);
            open = await hub.OpenAsync(cancellationToken);
        }

        var settled = settling.Elapsed;
        if (open.Length > 0)
            faults.Add($"Not ended after {EndsWithin.TotalSeconds} s: {open}");
        await hub.CheckAsync(cancellationToken);
        var providers = new ProviderBooks(stage.Sandbox.Ledger, load.Operations, faults);
        providers.Check();
        if (providers.Doubled > mayDouble)
            faults.Add($"{providers.Doubled} messages were sent more than once; at most {mayDouble} were on their way");
        if (further is not null)
            await further(hub, faults);

        var table = new StringBuilder().AppendLine(name);
        Line("accepted", load.Figures.Accepted);
        Line("requests repeated", load.Figures.Repeats);
        Line("  without an answer", load.Figures.NoConnection);
        foreach (var (answer, count) in load.Figures.ServerErrors)
            Line("  " + answer, count);
        Line("messages sent twice", providers.Doubled);
        Line("messages without a receipt", await hub.WithoutReceiptAsync(cancellationToken));
        foreach (var (what, count) in await hub.AttemptsAsync(cancellationToken))
            Line("attempts: " + what, count);
        Line("load, s", loadTook.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture));
        Line("until all had ended, s", settled.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture));
        TestContext.Current.TestOutputHelper?.WriteLine(table.ToString());
        await File.WriteAllTextAsync(Path.ChangeExtension(stage.Hub.Log, ".figures.txt"), table.ToString(), cancellationToken);
        Assert.True(faults.Count == 0,
            $"{string.Join(Environment.NewLine, faults.Take(30))}{Environment.NewLine}{table}The hub's log: {stage.Hub.Log}");

        void Line(string label, object value) =>
            table.Append(label.PadRight(36)).Append(CultureInfo.InvariantCulture, $"{value,8}").AppendLine();
    }
}
