using System.Globalization;
using Patchbay.Bench.Load;
using Patchbay.Bench.Machine;
using Patchbay.Bench.Scenarios;
using Patchbay.Bench.Yardsticks;

// bench/run.sh starts this; the yardsticks are started by it again, each in a process of its own.
if (args is ["limit" or "naive", var connection, var port, var provider])
{
    await YardstickServer.RunAsync(
        connection, int.Parse(port, CultureInfo.InvariantCulture), new Uri(provider),
        (source, call) => args[0] == "limit" ? new LimitServer(source, call) : new NaiveServer(source, call));
    return 0;
}

var options = BenchOptions.Read(args);
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
using var sink = new Sink();
var stage = new BenchStage(
    new BenchPostgres(options.Postgres, options.PostgresProcess), sink, options.Folder, options.Seconds, options.Rounds);
await AllScenarios.RunAsync(stage, options.Only, options.Against ?? AppContext.BaseDirectory, stop.Token);
Console.WriteLine(stage.Report.ToMarkdown());
if (options.Json is { } file)
    await File.WriteAllTextAsync(file, stage.Report.ToJson());
return 0;
