using System.Diagnostics;
using Patchbay.DurabilityTests.Books;
using Patchbay.DurabilityTests.Running;
using Patchbay.TestKit;

namespace Patchbay.DurabilityTests;

/// <summary>PostgreSQL crashes and comes back while the hub runs on.</summary>
public sealed class DatabaseCrashTests(HubDatabases databases)
{
    private const int Concurrency = 32 + 16;

    /// <summary>How long the database is away: twice hardly noticed, once for longer than a request is held.</summary>
    private static readonly TimeSpan[] Crashes = [TimeSpan.Zero, TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(8)];

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Callers_are_told_to_come_again_and_nothing_is_lost_when_the_database_crashes_under_load()
    {
        await using var stage = await Stage.SetAsync(
            databases, TestDatabases.PostgreSql, "database-crashed", _ct, connection: ";Options=-c synchronous_commit=on");
        var load = TestForm.IsLong
            ? new LoadRun(stage.Client, payments: 200, refunds: 30, messages: 1_000)
            : new LoadRun(stage.Client, payments: 80, refunds: 14, messages: 400);
        var clock = Stopwatch.StartNew();

        var running = load.RunAsync(16, _ct);
        for (var i = 0; i < Crashes.Length; i++)
        {
            await load.AcceptedAsync(load.Total * (i + 1) / (Crashes.Length + 1), _ct);
            await databases.Server.CrashAsync(Crashes[i], _ct);
        }

        await running;
        await Verdict.NothingLostAsync($"PostgreSQL crashed {Crashes.Length} times", stage, load, clock.Elapsed, mayDouble: Crashes.Length
            * Concurrency, _ct, (_, faults) =>
            {
                faults.AddRange(load.Figures.ServerErrors.Where(answer => !answer.Key.StartsWith("503", StringComparison.Ordinal))
                    .Select(answer => $"{answer.Value} times {answer.Key}"));
                return Task.CompletedTask;
            });
    }
}
