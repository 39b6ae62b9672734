using System.Diagnostics;
using Patchbay.ClusterTests.Running;
using Patchbay.Sandbox.Faults;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.ClusterTests.Books;

/// <summary>Operations flow while something breaks; afterwards the books are compared.</summary>
internal sealed class Run
{
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(Form.IsLong ? 300 : 90);

    private readonly Cluster _cluster;
    private readonly LoadRun _load;
    private Task _flowing = Task.CompletedTask;

    /// <param name="flow">How long operations come; null: as long as a fault of the usual length needs.</param>
    public Run(Cluster cluster, TimeSpan? flow = null)
    {
        _cluster = cluster;
        var total = (int)(Form.Rate * (flow ?? Form.Flow).TotalSeconds);
        _load = new LoadRun(cluster.Client, payments: total / 8, refunds: total / 50, messages: total - total / 8 - total / 50);
    }

    public LoadFigures Figures => _load.Figures;

    /// <summary>Rows that one node, or all of them, held when something broke: at most these may have been sent twice.</summary>
    public int InFlight { get; set; }

    /// <summary>From the fault until nothing was left of what the dead node had; null when no node was to die.</summary>
    public TimeSpan? Takeover { get; set; }

    /// <summary>How long the database was not there, when the test knows; for the output.</summary>
    public TimeSpan? OutOfReach { get; set; }

    /// <summary>Callers saw nothing worse than 503, which asks them to come again.</summary>
    public void OnlyAskedToComeAgain(List<string> faults) =>
        faults.AddRange(Figures.ServerErrors.Where(answer => !answer.Key.StartsWith("503", StringComparison.Ordinal)).Select(answer => $"{answer.Value} times {answer.Key}"));

    /// <summary>Callers saw nothing at all.</summary>
    public void NothingRepeated(List<string> faults)
    {
        if (Figures.Repeats > 0)
            faults.Add($"{Figures.Repeats} requests were refused or not answered: {Figures.NoConnection} without an answer, {string.Join(", ", Figures.ServerErrors)}");
    }

    /// <summary>Lets operations flow; returns when so much of the time before the fault is over.</summary>
    public async Task FlowAsync(CancellationToken cancellationToken)
    {
        _flowing = _load.RunAtAsync(Form.Rate, cancellationToken);
        await Task.Delay(Form.Before, TimeProvider.System, cancellationToken);
        await Eventually.BecomesAsync(() => Figures.Accepted >= Form.Rate / 2, TimeSpan.FromSeconds(30), cancellationToken);
        // Work that the providers have done and the hub does not know of: at the fault there is always some.
        _cluster.Sandbox.Faults.Add(new SandboxFault(FaultKind.HangAfterWork) { Count = Form.Rate / 2, Delay = TimeSpan.FromSeconds(1) });
        await Task.Delay(TimeSpan.FromSeconds(0.4), TimeProvider.System, cancellationToken);
    }

    /// <summary>Counts what a dead node held, and waits until others have all of it.</summary>
    public async Task TakenOverAsync(Guid dead, Stopwatch since, CancellationToken cancellationToken)
    {
        InFlight = await ClusterNode.LeasedAsync(_cluster.Database, dead, cancellationToken);
        await Eventually.BecomesAsync(
            async () =>
            {
                if (await ClusterNode.LeasedAsync(_cluster.Database, dead, cancellationToken) > 0 || await LivesAsync(dead, cancellationToken))
                    return false;
                Takeover = since.Elapsed;
                return true;
            },
            Form.NodeTimeout * 4, cancellationToken);
    }

    /// <summary>Waits until everything has ended, and compares the books.</summary>
    /// <param name="fault">The line of the report.</param>
    /// <param name="mayDouble">Messages that may have been sent twice, when it is not what was in flight.</param>
    public async Task IsInOrderAsync(string fault, CancellationToken cancellationToken, int? mayDouble = null, Action<List<string>>? further = null)
    {
        await _flowing;
        var faults = new List<string>(Figures.Wrong.Take(5));
        var hub = new HubBooks(_cluster.Client, _cluster.Database, _load.Operations, faults);
        var settling = Stopwatch.StartNew();
        var open = await hub.OpenAsync(cancellationToken);
        while (open.Length > 0 && settling.Elapsed < EndsWithin)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, cancellationToken);
            open = await hub.OpenAsync(cancellationToken);
        }

        if (open.Length > 0)
            faults.Add($"Not ended after {EndsWithin.TotalSeconds} s: {open}");
        await hub.CheckAsync(cancellationToken);
        var providers = new ProviderBooks(_cluster.Sandbox.Ledger, _load.Operations, faults);
        providers.Check();
        var bound = mayDouble ?? InFlight;
        if (providers.Doubled > bound)
            faults.Add($"{providers.Doubled} messages were sent more than once; at most {bound} were on their way");
        if (Takeover > Form.NodeTimeout * 2)
            faults.Add($"Work was taken over after {Takeover}, later than twice the time-out of {Form.NodeTimeout}");
        further?.Invoke(faults);

        var row = new ReliabilityRow(
            fault, Figures.Accepted, _load.Operations.Count / _load.FlowTook.TotalSeconds, InFlight, providers.Lost, providers.DoubledMoney, providers.Doubled, bound, Takeover,
            Figures.LongestGap, Figures.Repeats);
        ReliabilityPage.Add(row);
        var output = TestContext.Current.TestOutputHelper;
        output?.WriteLine($"{row}{Environment.NewLine}settled after {settling.Elapsed.TotalSeconds:0.0} s, the database was away for {OutOfReach?.TotalSeconds:0.0} s");
        foreach (var (answer, count) in Figures.ServerErrors.Append(new("no connection", Figures.NoConnection)).Append(new("in progress", Figures.InProgress)))
            output?.WriteLine($"  {answer}: {count}");
        foreach (var (what, count) in await hub.AttemptsAsync(cancellationToken))
            output?.WriteLine($"  attempts {what}: {count}");
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults.Take(30)) + $"{Environment.NewLine}{row}{Environment.NewLine}Logs: {Path.GetDirectoryName(_cluster.Nodes[0].Process.Log)}");
    }

    private async Task<bool> LivesAsync(Guid id, CancellationToken cancellationToken) => (await _cluster.Database.QueryAsync(
        "SELECT 1 AS one FROM nodes WHERE id = @id AND dead_at IS NULL", new { id }, row => row.Int("one"), cancellationToken)).Count > 0;
}
