using Patchbay.Bench.Targets;

namespace Patchbay.Bench.Scenarios;

/// <summary>The scenarios in the order of the report.</summary>
internal static class AllScenarios
{
    /// <param name="only">Names of scenarios; empty: all but the profiles and comparisons.</param>
    /// <param name="against">Folder of the build to compare with.</param>
    public static async Task RunAsync(BenchStage stage, IReadOnlyList<string> only, string against, CancellationToken cancellationToken)
    {
        if (Wanted("routing"))
            Routing.Run(stage);
        if (Wanted("start"))
            await Start.RunAsync(stage, cancellationToken);
        if (Wanted("throughput") || Wanted("latency") || Wanted("footprint"))
        {
            using var postgresql = await OnPostgresAsync(stage, "postgresql", cancellationToken);
            if (Wanted("throughput"))
            {
                using var limit = await YardstickTarget.StartAsync("limit", stage.Postgres, stage.Sink, stage.Folder, cancellationToken);
                using var naive = await YardstickTarget.StartAsync("naive", stage.Postgres, stage.Sink, stage.Folder, cancellationToken);
                using var sqlite = await OnSqliteAsync(stage, "sqlite", cancellationToken);
                await Throughput.RunAsync(stage, [limit, naive, postgresql, sqlite], cancellationToken);
            }
            else
            {
                await Throughput.WarmUpAsync(stage, postgresql, cancellationToken);
            }

            if (Wanted("latency"))
                await Latency.RunAsync(stage, postgresql, cancellationToken);
            if (Wanted("footprint"))
                await Footprint.RunAsync(stage, postgresql, cancellationToken);
        }

        if (Wanted("waiting"))
        {
            using var hub = await OnPostgresAsync(stage, "waiting", cancellationToken);
            await Waiting.RunAsync(stage, hub, cancellationToken);
        }

        if (Wanted("neighbours"))
        {
            using var quiet = await OnPostgresAsync(stage, "quiet", cancellationToken);
            using var beside = await OnPostgresAsync(stage, "beside", cancellationToken);
            await Neighbours.RunAsync(stage, quiet, beside, cancellationToken);
        }

        if (Wanted("history"))
        {
            using var fresh = await OnPostgresAsync(stage, "fresh", cancellationToken);
            using var old = await OnPostgresAsync(stage, "old", cancellationToken);
            await History.RunAsync(stage, fresh, old, cancellationToken);
        }

        if (Wanted("fanout"))
        {
            var database = await stage.Postgres.CreateDatabaseAsync("hub_fanout", cancellationToken);
            await FanOut.RunAsync(
                stage, tenants => HubTarget.StartAsync(
                    "fanout", database, stage.Postgres.Process, stage.Sink, stage.Folder, cancellationToken, tenants), cancellationToken);
        }

        if (only.Contains("profile"))
        {
            using var postgresql = await OnPostgresAsync(stage, "postgresql", cancellationToken);
            await Profile.RunAsync(stage, postgresql, cancellationToken);
        }

        if (only.Contains("profile-sqlite"))
        {
            using var sqlite = await OnSqliteAsync(stage, "sqlite", cancellationToken);
            await Profile.RunAsync(stage, sqlite, cancellationToken);
        }

        if (only.Contains("compare"))
        {
            using var before = await OnPostgresAsync(stage, "before", cancellationToken, against);
            using var after = await OnPostgresAsync(stage, "after", cancellationToken);
            await Compare.RunAsync(stage, before, after, cancellationToken);
        }

        if (only.Contains("compare-sqlite"))
        {
            using var before = await OnSqliteAsync(stage, "before", cancellationToken, against);
            using var after = await OnSqliteAsync(stage, "after", cancellationToken);
            await Compare.RunAsync(stage, before, after, cancellationToken);
        }

        bool Wanted(string name) => only.Count == 0 || only.Contains(name);
    }

    private static async Task<HubTarget> OnPostgresAsync(
        BenchStage stage, string name, CancellationToken cancellationToken, string? build = null) => await HubTarget.StartAsync(
        name, await stage.Postgres.CreateDatabaseAsync("hub_" + name, cancellationToken), stage.Postgres.Process, stage.Sink, stage.Folder,
        cancellationToken, build: build);

    private static Task<HubTarget> OnSqliteAsync(
        BenchStage stage, string name, CancellationToken cancellationToken, string? build = null) =>
        HubTarget.StartAsync(
            name, $"sqlite:{Path.Combine(stage.Folder, name + ".db")}", null, stage.Sink, stage.Folder, cancellationToken, build: build);
}
