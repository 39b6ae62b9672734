using Patchbay.Bench.Load;
using Patchbay.Bench.Machine;
using Patchbay.Bench.Targets;

namespace Patchbay.Bench.Scenarios;

/// <summary>
/// One destination is dead and its deliveries pile up: what the others and the hub's memory feel of it, and what a one-time password does.
/// </summary>
internal static class Waiting
{
    private const int Pile = 100_000;
    private const int Mountain = 1_000_000;

    public static async Task RunAsync(BenchStage stage, HubTarget hub, CancellationToken cancellationToken)
    {
        var rate = (await Throughput.MeasureAsync(stage, hub, 32, stage.Seconds, cancellationToken)).Done / 3;
        var undisturbed = await OthersAsync(stage, hub, rate, cancellationToken);

        var dead = HubSetup.AccountOf(0, 0);
        stage.Sink.Hang(dead);
        await PileUpAsync(hub, 0, "normal", Pile, cancellationToken);
        var disturbed = await OthersAsync(stage, hub, rate, cancellationToken);
        stage.Report.AtMost("p99 of other lanes beside 100,000 waiting, against undisturbed", 1.2, disturbed / undisturbed, "");

        await PileUpAsync(hub, 0, "normal", Mountain - Pile, cancellationToken);
        await OthersAsync(stage, hub, rate, cancellationToken);
        stage.Report.AtMost("RSS with 1,000,000 deliveries waiting", 300, ProcessMeter.Megabytes(hub.Server.Id), " MB");

        await UrgentAsync(stage, hub, cancellationToken);
    }

    /// <summary>Milliseconds of p99 between sending and being called, over all lanes but the first tenant's first.</summary>
    private static async Task<double> OthersAsync(BenchStage stage, HubTarget hub, double rate, CancellationToken cancellationToken)
    {
        var rounds = new List<double>();
        for (var round = 0; round < stage.Rounds; round++)
        {
            var operations = (int)(rate * stage.Seconds);
            stage.Sink.Expect(operations);
            var run = await hub.NewDriver(
                (name, number) => hub.RequestFor(1 + number % (Operation.Tenants - 1), Operation.ShopOf(number), name, number))
                .PaceAsync(64, rate, operations, cancellationToken);
            await CalledAsync(stage.Sink, run.Count, cancellationToken);
            rounds.Add(run.UntilCalled(stage.Sink).Percentile(0.99));
        }

        return rounds.Median();
    }

    /// <summary>A high delivery behind a pile of low ones of its own lane.</summary>
    private static async Task UrgentAsync(BenchStage stage, HubTarget hub, CancellationToken cancellationToken)
    {
        const int Tenant = 1, Urgent = 50;
        var account = HubSetup.AccountOf(Tenant, 0);
        stage.Sink.Hang(account);
        await PileUpAsync(hub, Tenant, "low", Pile, cancellationToken);
        stage.Sink.LetGo(account);
        stage.Sink.Expect(Urgent);
        var run = await hub.NewDriver((name, number) => hub.RequestFor(Tenant, "shop-0", name, number, "high"))
            .PaceAsync(1, 20, Urgent, cancellationToken);
        await CalledAsync(stage.Sink, run.Count, cancellationToken);
        stage.Report.AtMost("a high delivery behind 100,000 low ones, p50", 50, run.UntilCalled(stage.Sink).Percentile(0.5), " ms");
        stage.Report.AtMost("a high delivery behind 100,000 low ones, slowest of 50", 50, run.UntilCalled(stage.Sink)[^1], " ms");
    }

    /// <summary>Their numbers lie beyond those that the sink counts.</summary>
    private static async Task PileUpAsync(HubTarget hub, int tenant, string priority, int count, CancellationToken cancellationToken) =>
        await hub
        .NewDriver((name, number) => hub.RequestFor(tenant, "shop-0", name, 100_000_000 + number, priority))
        .FloodAsync(64, TimeSpan.FromHours(1), count, cancellationToken);

    private static async Task CalledAsync(Sink sink, int count, CancellationToken cancellationToken)
    {
        while (sink.Calls < count)
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancellationToken);
    }
}
