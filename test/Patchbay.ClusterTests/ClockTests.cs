using System.Net;
using Patchbay.ClusterTests.Books;
using Patchbay.ClusterTests.Running;
using Patchbay.TestKit;

namespace Patchbay.ClusterTests;

/// <summary>
/// Two machines' clocks are wrong by minutes, to either side. libfaketime lies to the whole process; monotonic time goes on as it does on a
/// real machine.
/// </summary>
public sealed class ClockTests(ClusterFixture fixture)
{
    private static readonly TimeSpan Tolerated = TimeSpan.FromSeconds(2);

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nodes_whose_clocks_are_wrong_do_everything_at_the_right_time()
    {
        var library = Directory.GetDirectories("/usr/lib").Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1"))
            .FirstOrDefault(File.Exists);
        if (library is null && !Form.SkipsNothing)
            Assert.Skip("libfaketime is not installed: apt-get install libfaketime");
        using var shop = await fixture.OpenShopAsync(_ct);
        var wrong = new Dictionary<ClusterNode, string> { [shop.Nodes[1]] = "+5m", [shop.Nodes[2]] = "-5m" };
        foreach (var (node, offset) in wrong)
        {
            await node.Process.KillAsync(_ct);
            node.Process.Start(new Dictionary<string, string>
            {
                ["LD_PRELOAD"] = library!,
                ["FAKETIME"] = offset,
                ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
                ["FAKETIME_FORCE_MONOTONIC_FIX"] = "0",
                // it takes the waits of .NET's timers for past: they would spin and leave no processor to anyone
            });
        }

        try
        {
            await shop.Cluster.IsWholeAsync(_ct);
            await Eventually.BecomesAsync(() => shop.Database.IsAtRestAsync(ClusterFixture.Nodes, _ct), TimeSpan.FromSeconds(30), _ct);
            await DoEverythingInTimeAsync(shop, wrong.Keys);
        }
        finally
        {
            foreach (var node in wrong.Keys)
            {
                await node.Process.KillAsync(CancellationToken.None);
                node.Process.Start();
            }
        }
    }

    private async Task DoEverythingInTimeAsync(Shop shop, IEnumerable<ClusterNode> wrong)
    {
        foreach (var node in wrong)
            Assert.Contains("clock is", await EventuallyLogsAsync(node, "clock is"), StringComparison.Ordinal);

        await using var run = new Run(shop);
        await run.FlowAsync(_ct);
        await Task.Delay(Form.After, TimeProvider.System, _ct);
        await run.IsInOrderAsync(
            "7. The clocks of two nodes are wrong, one five minutes ahead, one behind", _ct, further: run.NothingRepeated);
        foreach (var node in shop.Nodes)
            await DueInASecondAsync(shop, node);
        var died = await shop.Database.CountAsync("SELECT count(*) AS many FROM nodes WHERE dead_at IS NOT NULL", _ct);
        Assert.Equal(0, died);
        var strange = await shop.CountAsync("deliveries",
            "(created_at > clock_timestamp() + interval '1 second' OR created_at < clock_timestamp() - interval '4 minutes')", _ct);
        Assert.Equal(0, strange);
    }

    /// <summary>What is to be sent in a second is sent in a second, whichever node was asked and whichever does it.</summary>
    private async Task DueInASecondAsync(Shop shop, ClusterNode node)
    {
        using var client = shop.ClientOf(node);
        var at = TimeProvider.System.GetUtcNow().AddSeconds(1);
        var body = $"scheduled on {node.Name}";
        var sent = await client.PostJsonAsync(
            "api/v1/messages", new { channel = "sms", to = "+14155550199", body, scheduled_at = at }, idempotencyKey: body);
        Assert.True(sent.Status == HttpStatusCode.Accepted, sent.ToString());
        await Eventually.BecomesAsync(() => shop.Sandbox.Ledger.MessagesTo("+14155550199", body) > 0, TimeSpan.FromSeconds(30), _ct);
        Assert.InRange(TimeProvider.System.GetUtcNow() - at, TimeSpan.FromMilliseconds(-50), Tolerated * 2);
    }

    private async Task<string> EventuallyLogsAsync(ClusterNode node, string text)
    {
        var log = "";
        await Eventually.BecomesAsync(
            async () => (log = await node.LogAsync(_ct)).Contains(text, StringComparison.Ordinal), TimeSpan.FromSeconds(10), _ct);
        return log;
    }
}
