using System.Diagnostics;
using Patchbay.ClusterTests.Books;
using Patchbay.ClusterTests.Running;

namespace Patchbay.ClusterTests;

/// <summary>One node of three dies, or stands still and comes back.</summary>
public sealed class NodeFaultTests(ClusterFixture fixture)
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_killed_node_had_is_taken_over_and_nothing_is_lost()
    {
        using var shop = await fixture.OpenShopAsync(_ct);
        await using var run = new Run(shop);
        await run.FlowAsync(_ct);
        var victim = shop.Nodes[1];
        var dead = await shop.Database.IdOfAsync(victim, _ct);

        var since = Stopwatch.StartNew();
        await victim.Process.KillAsync(_ct);
        await run.TakenOverAsync(dead, since, _ct);
        victim.Process.Start();

        await run.IsInOrderAsync("1. A node is killed (SIGKILL)", _ct);
    }

    [Fact]
    public async Task A_node_that_stood_still_learns_that_it_was_declared_dead_and_comes_back_as_another()
    {
        using var shop = await fixture.OpenShopAsync(_ct);
        await using var run = new Run(shop);
        await run.FlowAsync(_ct);
        var victim = shop.Nodes[1];
        var dead = await shop.Database.IdOfAsync(victim, _ct);

        var since = Stopwatch.StartNew();
        await victim.Process.PauseAsync(_ct);
        await run.TakenOverAsync(dead, since, _ct);
        var watch = new FormerSelf(shop, dead);
        await Task.Delay(Form.NodeTimeout * 0.5, TimeProvider.System, _ct);
        watch.Start();
        await victim.Process.ContinueAsync(_ct);
        await victim.Process.BecomesReadyAsync(TimeSpan.FromSeconds(30), _ct);
        Assert.NotEqual(dead, await shop.Database.IdOfAsync(victim, _ct));

        await run.IsInOrderAsync("2. A node stands still for longer than its time-out (SIGSTOP, SIGCONT)", _ct);
        await watch.WroteNothingAsync(victim, _ct);
    }
}
