using Patchbay.Bench.Targets;

namespace Patchbay.Bench.Scenarios;

/// <summary>Keeps one hub busy while somebody looks at it with a profiler; not part of the report.</summary>
internal static class Profile
{
    public static async Task RunAsync(BenchStage stage, Target target, CancellationToken cancellationToken)
    {
        await Throughput.WarmUpAsync(stage, target, cancellationToken);
        BenchStage.Say($"process {target.Server.Id} is warm");
        for (var round = 0; round < stage.Rounds; round++)
        {
            var run = await Throughput.MeasureAsync(stage, target, 128, stage.Seconds, cancellationToken);
            BenchStage.Say(
                $"  {Report.Text(run.Done)} done/s, CPU µs an operation: {Report.Text(run.ServerMicros)} hub, "
                + $"{Report.Text(run.DatabaseMicros)} database, {Report.Text(run.LoadMicros)} load; " +
                $"acceptance {Report.Text(run.AcceptP50)} / {Report.Text(run.AcceptP99)} ms, called {Report.Text(run.CalledP50)} / "
                + $"{Report.Text(run.CalledP99)} ms");
        }
    }
}
