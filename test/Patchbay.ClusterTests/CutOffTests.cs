using System.Diagnostics;
using Patchbay.ClusterTests.Books;
using Patchbay.ClusterTests.Running;

namespace Patchbay.ClusterTests;

/// <summary>One node of three loses a cable: packets vanish, and nobody is told.</summary>
public sealed class CutOffTests(ClusterFixture fixture)
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_node_cut_off_from_the_database_is_replaced_and_comes_back_as_another()
    {
        NeedsCables();
        using var shop = await fixture.OpenShopAsync(_ct);
        await using var run = new Run(shop);
        await run.FlowAsync(_ct);
        var victim = shop.Nodes[1];
        var dead = await shop.Database.IdOfAsync(victim, _ct);

        var since = Stopwatch.StartNew();
        await fixture.Network.CutAsync(victim.Number, Leg.Data);
        try
        {
            await run.TakenOverAsync(dead, since, _ct);
            var left = Form.Outage - since.Elapsed;
            if (left > TimeSpan.Zero)
                await Task.Delay(left, TimeProvider.System, _ct);
        }
        finally
        {
            await fixture.Network.MendAsync(victim.Number, Leg.Data);
        }

        await victim.Process.BecomesReadyAsync(TimeSpan.FromSeconds(40), _ct);
        Assert.NotEqual(dead, await shop.Database.IdOfAsync(victim, _ct));

        await run.IsInOrderAsync("3. A node is cut off from the database", _ct);
    }

    [Fact]
    public async Task A_node_cut_off_from_the_providers_alone_leaves_their_work_to_the_others()
    {
        NeedsCables();
        using var shop = await fixture.OpenShopAsync(_ct);
        await using var run = new Run(shop);
        await run.FlowAsync(_ct);
        var victim = shop.Nodes[1];
        run.InFlight = await shop.Database.LeasedAsync(await shop.Database.IdOfAsync(victim, _ct), _ct);

        await fixture.Network.CutAsync(victim.Number, Leg.Providers);
        try
        {
            await Task.Delay(Form.Outage, TimeProvider.System, _ct);
        }
        finally
        {
            await fixture.Network.MendAsync(victim.Number, Leg.Providers);
        }

        // What it accepts before its breakers open is on its way too: the connections that it had take a request and give no answer.
        await run.IsInOrderAsync("4. A node is cut off from the providers only", _ct, mayDouble: run.InFlight + Form.Rate);
    }

    private void NeedsCables()
    {
        if (!fixture.Network.IsReal && !Form.SkipsNothing)
            Assert.Skip(Network.WhyNot);
        Assert.True(fixture.Network.IsReal, Network.WhyNot);
    }
}
