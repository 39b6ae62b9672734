using System.Net;
using Patchbay.ClusterTests.Books;
using Patchbay.ClusterTests.Running;
using Patchbay.TestKit;

namespace Patchbay.ClusterTests;

/// <summary>One hub on SQLite, on a disk that is full for a while.</summary>
public sealed class DiskFullTests(ClusterFixture fixture)
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_disk_is_said_clearly_costs_nothing_and_is_left_behind_when_there_is_room_again()
    {
        if (!SmallDisk.IsPossible && !Form.SkipsNothing)
            Assert.Skip("A small disk of its own can only be mounted as root.");
        await using var disk = await SmallDisk.MountAsync(megabytes: 400);
        await using var cluster = await Cluster.StartAsync(
            fixture, "disk-full", new ClusterOptions { SqliteFile = Path.Combine(disk.Folder, "patchbay.db") }, _ct);
        using var shop = await cluster.OpenShopAsync(_ct);
        await using var run = new Run(shop);
        await run.FlowAsync(_ct);
        run.InFlight = await shop.Database.LeasedAsync(_ct);

        disk.Fill();
        await Eventually.BecomesAsync(() => run.Figures.ServerErrors.ContainsKey("503 storage_full"), TimeSpan.FromSeconds(15), _ct);
        HubReply? refused = null;
        await Eventually.BecomesAsync(   // what little room is left takes one now and then
            async () => (refused = await shop.Client.PostJsonAsync(
                "api/v1/api-keys", new { name = "no room", permissions = new[] { "*" } })).Status != HttpStatusCode.Created,
            TimeSpan.FromSeconds(15), _ct);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "storage_full"), (refused!.Status, refused.Text("code")));
        Assert.NotNull(refused.Headers.RetryAfter);
        await Task.Delay(
            Form.NodeTimeout * 1.5, TimeProvider.System, _ct);   // longer than it may be sure of itself; there is nobody to take over
        disk.MakeRoom();
        await run.IsServedAgainAsync(_ct);

        await run.IsInOrderAsync("8. The disk is full (one hub on SQLite)", _ct, further: run.OnlyAskedToComeAgain);
    }
}
