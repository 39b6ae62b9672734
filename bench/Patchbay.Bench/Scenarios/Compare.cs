using Patchbay.Bench.Targets;

namespace Patchbay.Bench.Scenarios;

/// <summary>Two builds of the hub in turn: what a change brought. Not part of the report.</summary>
internal static class Compare
{
    public static async Task RunAsync(BenchStage stage, Target before, Target after, CancellationToken cancellationToken)
    {
        await Throughput.WarmUpAsync(stage, before, cancellationToken);
        await Throughput.WarmUpAsync(stage, after, cancellationToken);
        BenchStage.Say($"processes {before.Server.Id} and {after.Server.Id} are warm");
        var runs = new List<(Run Before, Run After)>();
        while (runs.Count < stage.Rounds)
        {
            runs.Add((await Throughput.MeasureAsync(stage, before, 128, stage.Seconds, cancellationToken),
                await Throughput.MeasureAsync(stage, after, 128, stage.Seconds, cancellationToken)));
            BenchStage.Say($"  {Text(runs[^1].Before)}  |  {Text(runs[^1].After)}");
        }

        BenchStage.Say(
            $"medians: {Text(Run.MedianOf([.. runs.Select(run => run.Before)]))}  |  "
                + $"{Text(Run.MedianOf([.. runs.Select(run => run.After)]))}");
        BenchStage.Say(
            $"median of the rounds' ratios: {Report.Text(runs.Select(run => run.After.Done / run.Before.Done).Median())} done/s");
    }

    private static string Text(Run run) =>
        $"{Report.Text(run.Done)}/s, {Report.Text(run.ServerMicros)} µs hub, {Report.Text(run.DatabaseMicros)} µs database, accept "
            + $"{Report.Text(run.AcceptP50)} / {Report.Text(run.AcceptP99)} ms";
}
