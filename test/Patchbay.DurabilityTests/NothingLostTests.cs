using System.Diagnostics;
using Patchbay.DurabilityTests.Books;
using Patchbay.DurabilityTests.Running;
using Patchbay.TestKit;

namespace Patchbay.DurabilityTests;

/// <summary>What was accepted is done, and money is moved once, however often the hub is killed meanwhile.</summary>
public abstract class NothingLostTests(HubDatabases databases, string kind)
{
    private const int Kills = 5;
    private const int Clients = 16;

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_lost_and_no_money_moves_twice_when_the_hub_is_killed_under_load()
    {
        await using var stage = await Stage.SetAsync(databases, kind, $"killed-{kind}", _ct);
        var load = TestForm.IsLong
            ? new LoadRun(stage.Client, payments: 850, refunds: 150, messages: 4_000)
            : new LoadRun(stage.Client, payments: 120, refunds: 24, messages: 600);
        var clock = Stopwatch.StartNew();

        var running = load.RunAsync(Clients, _ct);
        for (var kill = 1; kill <= Kills; kill++)
        {
            await load.AcceptedAsync(load.Total * kill / (Kills + 1), _ct);
            await stage.Hub.KillAsync(_ct);
            stage.Hub.Start();
        }

        await running;
        await Verdict.NothingLostAsync($"Killed {Kills} times, {kind}", stage, load, clock.Elapsed, mayDouble: Kills * Clients * 2, _ct);
    }
}

public sealed class NothingLostOnSqlite(HubDatabases databases) : NothingLostTests(databases, TestDatabases.Sqlite);

public sealed class NothingLostOnPostgreSql(HubDatabases databases) : NothingLostTests(databases, TestDatabases.PostgreSql);
