using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Patchbay.Bench.Targets;

namespace Patchbay.Bench.Scenarios;

/// <summary>From starting the process on an empty database until it is ready, and the first request after that.</summary>
internal static class Start
{
    public static async Task RunAsync(BenchStage stage, CancellationToken cancellationToken)
    {
        var seconds = new List<double>();
        for (var round = 0; round < stage.Rounds; round++)
        {
            var name = $"start{round}";
            var database = await stage.Postgres.CreateDatabaseAsync("hub_" + name, cancellationToken);
            using var server = HubTarget.Serve(name, database, stage.Sink, stage.Folder);
            await server.ReadyAsync("readyz", cancellationToken);
            var ready = Stopwatch.GetElapsedTime(server.Began);
            var data = Path.Combine(stage.Folder, name);
            var key = await HubSetup.PlatformKeyAsync(
                AppContext.BaseDirectory, data, HubTarget.Environment(database, stage.Sink, data), cancellationToken);
            using var client = new HttpClient { DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };
            var asked = Stopwatch.GetTimestamp();
            using var answer = await client.PostAsJsonAsync(
                $"http://127.0.0.1:{server.Port}/api/v1/tenants", new { name = "first" }, cancellationToken);
            answer.EnsureSuccessStatusCode();
            seconds.Add((ready + Stopwatch.GetElapsedTime(asked)).TotalSeconds);
        }

        stage.Report.AtMost("start to first accepted request, empty database", 2.5, seconds.Median(), " s");
    }
}
