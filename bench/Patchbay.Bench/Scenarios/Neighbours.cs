using System.Security.Cryptography;
using Patchbay.Bench.Load;
using Patchbay.Bench.Targets;

namespace Patchbay.Bench.Scenarios;

/// <summary>
/// What twenty tenants feel of thirty whose providers hang, answer after 8 to 18 s or drop by drop, each with a pile of messages: two hubs
/// in turn, one with such neighbours and one without.
/// </summary>
internal static class Neighbours
{
    private const int Bad = 30;
    private const int Pile = 200;
    private const double Rate = 40;

    public static async Task RunAsync(BenchStage stage, HubTarget quiet, HubTarget beside, CancellationToken cancellationToken)
    {
        foreach (var hub in new[] { quiet, beside })
            await MeasureAsync(stage, hub, cancellationToken);   // warm
        Func<HttpWire, byte[], CancellationToken, Task>[] manners = [HangAsync, AnswerLateAsync, DribbleAsync];
        for (var tenant = 0; tenant < Bad; tenant++)
            stage.Sink.Behave(HubSetup.AccountOf(tenant, 0), manners[tenant % manners.Length]);
        await beside.NewDriver((name, number) => beside.RequestFor(number % Bad, "shop-0", name, 100_000_000 + number))
            .FloodAsync(32, TimeSpan.FromMinutes(5), Bad * Pile, cancellationToken);
        var (undisturbed, disturbed) = (new List<double>(), new List<double>());
        for (var round = 0; round < stage.Rounds; round++)
        {
            undisturbed.Add(await MeasureAsync(stage, quiet, cancellationToken));
            disturbed.Add(await MeasureAsync(stage, beside, cancellationToken));
            BenchStage.Say($"  p99 {Report.Text(undisturbed[^1])} ms undisturbed, {Report.Text(disturbed[^1])} ms beside them");
        }

        stage.Report.Table("Until the provider is called, p99, beside 30 tenants whose providers misbehave", [
            ["", "undisturbed", "beside them"],
            ["median of rounds, ms", Report.Text(undisturbed.Median()), Report.Text(disturbed.Median())],
        ]);
        stage.Report.AtMost("p99 beside 30 tenants whose providers misbehave, against undisturbed", 1.2,
            disturbed.Median() / undisturbed.Median(), "");
    }

    private static async Task<double> MeasureAsync(BenchStage stage, HubTarget hub, CancellationToken cancellationToken)
    {
        var operations = (int)(Rate * stage.Seconds);
        stage.Sink.Expect(operations);
        var run = await hub.NewDriver(
            (name, number) => hub.RequestFor(Bad + number % (Operation.Tenants - Bad), Operation.ShopOf(number), name, number))
            .PaceAsync(32, Rate, operations, cancellationToken);
        while (stage.Sink.Calls < run.Count)
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancellationToken);
        return run.UntilCalled(stage.Sink).Percentile(0.99);
    }

    private static Task HangAsync(HttpWire wire, byte[] answer, CancellationToken stop) =>
        Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);

    private static async Task AnswerLateAsync(HttpWire wire, byte[] answer, CancellationToken stop)
    {
        await Task.Delay(Between(8_000, 18_000), TimeProvider.System, stop);
        await wire.SendAsync(answer, stop);
    }

    private static async Task DribbleAsync(HttpWire wire, byte[] answer, CancellationToken stop)
    {
        foreach (var drop in answer.Chunk(16))
        {
            await Task.Delay(Between(400, 800), TimeProvider.System, stop);   // before: after the last the connection is another's
            await wire.SendAsync(drop, stop);
        }
    }

    private static TimeSpan Between(int least, int most) => TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(least, most));
}
