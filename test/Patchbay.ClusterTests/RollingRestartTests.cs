using Patchbay.ClusterTests.Books;

namespace Patchbay.ClusterTests;

/// <summary>All three nodes are replaced one after the other, as for an upgrade, and no caller notices.</summary>
public sealed class RollingRestartTests(ClusterFixture fixture)
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_rolling_restart_refuses_no_request_and_doubles_nothing()
    {
        using var shop = await fixture.OpenShopAsync(_ct);
        await using var run = new Run(shop);
        await run.FlowAsync(_ct);

        foreach (var node in shop.Nodes)
        {
            Assert.Equal(0, await node.Process.StopAsync(_ct));
            await node.Process.StartAndWaitAsync(_ct);
            await shop.Cluster.IsWholeAsync(_ct);
        }

        await run.IsInOrderAsync(
            "9. All nodes are restarted one after the other (SIGTERM)", _ct, mayDouble: 0, further: run.NothingRepeated);
    }
}
