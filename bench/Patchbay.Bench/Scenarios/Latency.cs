using Patchbay.Bench.Targets;

namespace Patchbay.Bench.Scenarios;

/// <summary>
/// How long a caller waits when the hub is not at its limit: at half of the rate it can do, and when nothing else is going on.
/// </summary>
internal static class Latency
{
    public static async Task RunAsync(BenchStage stage, Target target, CancellationToken cancellationToken)
    {
        var most = (await Throughput.MeasureAsync(stage, target, 32, stage.Seconds, cancellationToken)).Done;
        var p99 = new List<double>();
        var idle = new List<double>();
        for (var round = 0; round < stage.Rounds; round++)
        {
            var operations = (int)(most / 2 * stage.Seconds);
            stage.Sink.Expect(operations);
            var half = await target.NewDriver().PaceAsync(64, most / 2, operations, cancellationToken);
            await target.SettleAsync(stage.Sink, half.Count, cancellationToken);
            p99.Add(half.Acceptance.Percentile(0.99));

            stage.Sink.Expect(200);
            var alone = await target.NewDriver().PaceAsync(1, 50, 200, cancellationToken);
            await target.SettleAsync(stage.Sink, alone.Count, cancellationToken);
            idle.Add(alone.UntilCalled(stage.Sink).Percentile(0.5));
        }

        stage.Report.AtMost("acceptance p99 at half of the maximum rate", 15, p99.Median(), " ms");
        stage.Report.AtMost("acceptance until provider called, p50, idle", 5, idle.Median(), " ms");
    }
}
