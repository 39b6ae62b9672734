using System.Diagnostics;
using Patchbay.ClusterTests.Running;
using Patchbay.Sandbox.Faults;
using Patchbay.TestKit;

namespace Patchbay.ClusterTests.Books;

/// <summary>Operations flow while something breaks; afterwards the books are compared.</summary>
internal sealed class Run : IAsyncDisposable
{
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(Form.IsLong ? 300 : 90);

    private readonly CancellationTokenSource _stop = new();
    private readonly Shop _shop;
    private readonly LoadRun _load;
    private Task _flowing = Task.CompletedTask;
    private bool _isInOrder;

    public Run(Shop shop) => (_shop, _load) = (shop, new LoadRun(shop.Client));

    public LoadFigures Figures => _load.Figures;

    /// <summary>Rows that one node, or all of them, held when something broke: at most these may have been sent twice.</summary>
    public int InFlight { get; set; }

    /// <summary>From the fault until nothing was left of what the dead node had; null when no node was to die.</summary>
    public TimeSpan? Takeover { get; set; }

    /// <summary>How long the database was not there, when the test knows; for the output.</summary>
    public TimeSpan? OutOfReach { get; set; }

    /// <summary>Callers saw nothing worse than 503, which asks them to come again.</summary>
    public void OnlyAskedToComeAgain(List<string> faults) =>
        faults.AddRange(Figures.ServerErrors.Where(answer => !answer.Key.StartsWith("503", StringComparison.Ordinal))
            .Select(answer => $"{answer.Value} times {answer.Key}"));

    /// <summary>Callers saw nothing at all.</summary>
    public void NothingRepeated(List<string> faults)
    {
        if (Figures.Repeats > 0)
            faults.Add(
                $"{Figures.Repeats} requests were refused or not "
                    + $"answered: {Figures.NoConnection} without an answer, {string.Join(", ", Figures.ServerErrors)}");
    }

    /// <summary>Lets operations flow; returns when so much of the time before the fault is over.</summary>
    public async Task FlowAsync(CancellationToken cancellationToken)
    {
        _flowing = _load.RunAtAsync(Form.Rate, _stop.Token);
        await Task.Delay(Form.Before, TimeProvider.System, cancellationToken);
        await Eventually.BecomesAsync(() => Figures.Accepted >= Form.Rate / 2, TimeSpan.FromSeconds(30), cancellationToken);
        // Work that the providers have done and the hub does not know of: at the fault there is always some. A webhook that comes before
        // its answer is looked at again after a second, and then not for five.
        _shop.Sandbox.Faults.Add(new SandboxFault(FaultKind.HangAfterWork) { Count = Form.Rate / 2, Delay = TimeSpan.FromSeconds(0.7) });
        await Task.Delay(TimeSpan.FromSeconds(0.4), TimeProvider.System, cancellationToken);
    }

    /// <summary>Waits until callers are served again after something that concerned all of them.</summary>
    public async Task IsServedAgainAsync(CancellationToken cancellationToken)
    {
        var before = Figures.Accepted;
        await Eventually.BecomesAsync(() => Figures.Accepted > before + Form.Rate * 2, TimeSpan.FromSeconds(60), cancellationToken);
    }

    /// <summary>Counts what a dead node held, and waits until others have all of it.</summary>
    public async Task TakenOverAsync(Guid dead, Stopwatch since, CancellationToken cancellationToken)
    {
        InFlight = await _shop.Database.LeasedAsync(dead, cancellationToken);
        await Eventually.BecomesAsync(
            async () =>
            {
                if (await _shop.Database.LeasedAsync(dead, cancellationToken) > 0
                    || await _shop.Database.LivesAsync(dead, cancellationToken))
                    return false;
                Takeover = since.Elapsed;
                return true;
            },
            Form.NodeTimeout * 4, cancellationToken);
    }

    /// <summary>Lets operations flow for a little more, waits until everything has ended, and compares the books.</summary>
    /// <param name="fault">The line of the report.</param>
    /// <param name="mayDouble">Messages that may have been sent twice, when it is not what was in flight.</param>
    public async Task IsInOrderAsync(
        string fault, CancellationToken cancellationToken, int? mayDouble = null, Action<List<string>>? further = null)
    {
        await Task.Delay(Form.After, TimeProvider.System, cancellationToken);
        _load.Stop();
        await _flowing;
        var faults = new List<string>(Figures.Wrong.Take(5));
        var hub = new HubBooks(_shop.Client, _shop.Database, _shop.Tenant, _load.Operations, faults);
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
        var providers = new ProviderBooks(_shop.Sandbox.Ledger, _load.Operations, faults);
        providers.Check();
        var bound = mayDouble ?? InFlight;
        if (providers.Doubled > bound)
            faults.Add($"{providers.Doubled} messages were sent more than once; at most {bound} were on their way");
        if (Takeover > Form.NodeTimeout * 2)
            faults.Add($"Work was taken over after {Takeover}, later than twice the time-out of {Form.NodeTimeout}");
        further?.Invoke(faults);

        var row = new ReliabilityRow(
            fault, Figures.Accepted, _load.Operations.Count / _load.FlowTook.TotalSeconds, InFlight, providers.Lost, providers.DoubledMoney,
            providers.Doubled, bound, Takeover, Figures.LongestGap, Figures.Repeats);
        ReliabilityPage.Add(row);
        var output = TestContext.Current.TestOutputHelper;
        output?.WriteLine(
            $"{row}{Environment.NewLine}settled after {settling.Elapsed.TotalSeconds:0.0} s, the database was away "
                + $"for {OutOfReach?.TotalSeconds:0.0} s");
        foreach (var (answer, count) in Figures.ServerErrors.Append(new("no connection", Figures.NoConnection))
            .Append(new("in progress", Figures.InProgress)))
            output?.WriteLine($"  {answer}: {count}");
        foreach (var (what, count) in await hub.AttemptsAsync(cancellationToken))
            output?.WriteLine($"  attempts {what}: {count}");
        _isInOrder = faults.Count == 0;
        Assert.True(_isInOrder, string.Join(Environment.NewLine, faults.Take(30))
            + $"{Environment.NewLine}{row}{Environment.NewLine}Logs: {Path.GetDirectoryName(_shop.Nodes[0].Process.Log)}");
    }

    /// <summary>Nothing of it goes on. On a cluster where not all went well no other run begins.</summary>
    public async ValueTask DisposeAsync()
    {
        _shop.Cluster.IsSpoiled |= !_isInOrder;
        await _stop.CancelAsync();
        await _flowing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }
}
