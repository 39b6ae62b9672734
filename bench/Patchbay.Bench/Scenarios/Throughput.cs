using System.Diagnostics;
using System.Text.Json.Nodes;
using Patchbay.Bench.Machine;
using Patchbay.Bench.Targets;

namespace Patchbay.Bench.Scenarios;

/// <summary>All that the machine gives: hub and yardsticks in turn, so that what disturbs the machine disturbs them alike.</summary>
internal static class Throughput
{
    private const int Most = 1_000_000;
    private const int WarmUp = 50_000;
    private static readonly int[] Connections = [32, 128];

    public static async Task RunAsync(BenchStage stage, IReadOnlyList<Target> targets, CancellationToken cancellationToken)
    {
        foreach (var target in targets)
        {
            BenchStage.Say($"warming up {target.Name}");
            await WarmUpAsync(stage, target, cancellationToken);
        }

        var runs = new List<(Target Target, int Connections, Run Run)>();
        foreach (var connections in Connections)
        {
            for (var round = 0; round < stage.Rounds; round++)
            {
                foreach (var target in targets)
                {
                    var run = await MeasureAsync(stage, target, connections, stage.Seconds, cancellationToken);
                    runs.Add((target, connections, run));
                    BenchStage.Say(
                        $"  {connections} connections, {target.Name}: {Report.Text(run.Done)} done/s, {Report.Text(run.ServerMicros)} µs "
                            + "of the server's CPU an operation");
                }
            }
        }

        foreach (var connections in Connections)
            Tell(stage.Report, connections, targets, target => runs.Where(run => run.Target == target && run.Connections == connections)
                .Select(run => run.Run).ToArray());
    }

    /// <summary>Until the compiler has settled: some 50,000 operations, or half a minute.</summary>
    public static async Task WarmUpAsync(BenchStage stage, Target target, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        for (var done = 0.0; done < WarmUp && Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(25);)
            done += (await MeasureAsync(stage, target, 128, 5, cancellationToken)).Operations;
    }

    /// <summary>One flood: from its begin until the last outcome is recorded.</summary>
    public static async Task<Run> MeasureAsync(
        BenchStage stage, Target target, int connections, int seconds, CancellationToken cancellationToken)
    {
        stage.Sink.Expect(Most);
        var server = ProcessMeter.Processor(target.Server.Id);
        var database = target.DatabaseProcess is { } id ? ProcessMeter.Processor(id) : TimeSpan.Zero;
        var load = ProcessMeter.Processor(Environment.ProcessId, alone: true);
        var flood = await target.NewDriver().FloodAsync(connections, TimeSpan.FromSeconds(seconds), Most, cancellationToken);
        await target.SettleAsync(stage.Sink, flood.Count, cancellationToken);
        var took = Stopwatch.GetElapsedTime(flood.Began).TotalSeconds;
        var acceptance = flood.Acceptance;
        var called = flood.UntilCalled(stage.Sink);
        return new Run(
            flood.Count, flood.Count / flood.Took.TotalSeconds, flood.Count / took,
            acceptance.Percentile(0.5), acceptance.Percentile(0.99), called.Percentile(0.5), called.Percentile(0.99),
            Micros(ProcessMeter.Processor(target.Server.Id) - server),
            Micros((target.DatabaseProcess is { } process ? ProcessMeter.Processor(process) : TimeSpan.Zero) - database),
            Micros(ProcessMeter.Processor(Environment.ProcessId, alone: true) - load), ProcessMeter.Megabytes(target.Server.Id));

        double Micros(TimeSpan time) => time.TotalMicroseconds / flood.Count;
    }

    private static void Tell(Report report, int connections, IReadOnlyList<Target> targets, Func<Target, Run[]> runsOf)
    {
        var medians = targets.ToDictionary(target => target.Name, target => Run.MedianOf(runsOf(target)));
        report.Table($"{connections} connections", [
            ["", "accepted/s", "done/s", "against limit", "accept p50 / p99 ms", "called p50 / p99 ms", "CPU µs/op server",
                "CPU µs/op PostgreSQL", "CPU µs/op load and sink", "RSS MB"],
            .. medians.Select(pair => new[]
            {
                pair.Key, Report.Text(pair.Value.Accepted), Report.Text(pair.Value.Done),
                Report.Text(pair.Value.Done / medians["limit"].Done),
                $"{Report.Text(pair.Value.AcceptP50)} / {Report.Text(pair.Value.AcceptP99)}",
                $"{Report.Text(pair.Value.CalledP50)} / {Report.Text(pair.Value.CalledP99)}", Report.Text(pair.Value.ServerMicros),
                Report.Text(pair.Value.DatabaseMicros), Report.Text(pair.Value.LoadMicros), Report.Text(pair.Value.Megabytes),
            }),
        ]);
        report.Add($"throughput_{connections}", new JsonObject(medians.Select(pair =>
            KeyValuePair.Create(pair.Key, (JsonNode?)System.Text.Json.JsonSerializer.SerializeToNode(pair.Value)))));
        if (!medians.TryGetValue("postgresql", out var postgresql))
            return;
        report.AtLeast($"done/s against limit, {connections} connections", 0.60, postgresql.Done / medians["limit"].Done);
        if (medians.TryGetValue("naive", out var naive))
            report.AtLeast($"done/s against naive, {connections} connections", 5, postgresql.Done / naive.Done);
        if (medians.TryGetValue("sqlite", out var sqlite))
            report.AtLeast($"done/s on SQLite against PostgreSQL, {connections} connections", 0.70, sqlite.Done / postgresql.Done);
        report.AtMost($"CPU in the hub per operation, {connections} connections", 150, postgresql.ServerMicros, " µs");
    }
}

/// <summary>Figures of one run: rates a second, times in milliseconds, processor time in microseconds an operation.</summary>
internal sealed record Run(
    double Operations, double Accepted, double Done, double AcceptP50, double AcceptP99, double CalledP50, double CalledP99,
    double ServerMicros, double DatabaseMicros, double LoadMicros, double Megabytes)
{
    public static Run MedianOf(Run[] runs)
    {
        return new Run(
            Of(run => run.Operations), Of(run => run.Accepted), Of(run => run.Done), Of(run => run.AcceptP50), Of(run => run.AcceptP99),
            Of(run => run.CalledP50), Of(run => run.CalledP99), Of(run => run.ServerMicros), Of(run => run.DatabaseMicros),
            Of(run => run.LoadMicros), Of(run => run.Megabytes));

        double Of(Func<Run, double> figure) => runs.Select(figure).Median();
    }
}
