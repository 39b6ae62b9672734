using System.Diagnostics;
using Patchbay.ClusterTests.Books;
using Patchbay.ClusterTests.Running;

namespace Patchbay.ClusterTests;

/// <summary>The database that all nodes share goes away, and it or another comes back.</summary>
public sealed class DatabaseFaultTests(ClusterFixture fixture)
{
    private const int MaxCalls = 64;

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_restart_of_the_database_is_sat_out()
    {
        using var shop = await fixture.OpenShopAsync(_ct);
        await using var run = new Run(shop);
        await run.FlowAsync(_ct);
        run.InFlight = await shop.Database.LeasedAsync(_ct);

        var server = await fixture.ServerAsync(_ct);
        await server.RestartAsync(_ct);
        shop.Cluster.UseDatabase(server);
        await run.IsServedAgainAsync(_ct);

        await run.IsInOrderAsync("5. PostgreSQL is restarted", _ct, further: run.OnlyAskedToComeAgain);
        await OneLineAnOutageAsync(shop);
    }

    [Fact]
    public async Task When_the_primary_dies_and_its_standby_takes_over_the_nodes_follow_by_themselves()
    {
        await using var primary = await DatabaseServer.StartAsync(fixture.Network.Host(Leg.Data), _ct);
        await using var standby = await primary.AddStandbyAsync(_ct);
        await using var cluster = await Cluster.StartAsync(
            fixture, "failover", new ClusterOptions
            {
                Server = primary,
                // As docs/operations.md has it.
                ConnectionString = name =>
                    $"Host={primary.Host}:{primary.Port},{standby.Host}:{standby.Port};Username=hub;Database={name};Target Session "
                        + "Attributes=primary",
                Settings = { ["Patchbay__Node__MaxCalls"] = $"{MaxCalls}" },
            }, _ct);
        using var shop = await cluster.OpenShopAsync(_ct);
        await using var run = new Run(shop);
        await run.FlowAsync(_ct);
        run.InFlight = await shop.Database.LeasedAsync(_ct);

        var since = Stopwatch.StartNew();
        await primary.KillAsync();
        await standby.PromoteAsync(_ct);
        cluster.UseDatabase(standby);
        run.OutOfReach = since.Elapsed;
        await run.IsServedAgainAsync(_ct);

        // Calls that end while there is no primary cannot be recorded; after the time-out nobody may answer for them.
        await run.IsInOrderAsync("6. The PostgreSQL primary is killed, its synchronous standby promoted", _ct, mayDouble: MaxCalls
            * ClusterFixture.Nodes, further: run.OnlyAskedToComeAgain);
        await OneLineAnOutageAsync(shop);
    }

    private async Task OneLineAnOutageAsync(Shop shop)
    {
        var lines = new List<int>();
        foreach (var node in shop.Nodes)
        {
            var log = await node.LogAsync(_ct);
            lines.Add(log.Split("The database does not answer; everything waits for it").Length - 1);
            Assert.DoesNotContain("   at Npgsql.", log, StringComparison.Ordinal);   // no stack traces
        }

        Assert.InRange(lines.Max(), 1, 5);   // a node that asked nothing meanwhile has nothing to say
    }
}
