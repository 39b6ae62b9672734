using System.Net;
using Patchbay.ClusterTests.Books;
using Patchbay.ClusterTests.Running;
using Patchbay.TestKit;

namespace Patchbay.ClusterTests;

/// <summary>One machine's clock is wrong by minutes, to either side. libfaketime lies to its whole process; monotonic time goes on as it does on a real machine.</summary>
public sealed class ClockTests(ClusterFixture fixture)
{
    private static readonly TimeSpan Tolerated = TimeSpan.FromSeconds(2);

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("+5m", "ahead")]
    [InlineData("-5m", "behind")]
    public async Task A_node_whose_clock_is_wrong_does_everything_at_the_right_time(string offset, string side)
    {
        var library = Directory.GetDirectories("/usr/lib").Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1")).FirstOrDefault(File.Exists);
        if (library is null && !Form.SkipsNothing)
            Assert.Skip("libfaketime is not installed: apt-get install libfaketime");
        await using var cluster = await Cluster.StartAsync(
            fixture, $"clock-{side}", new ClusterOptions
            {
                OfNode =
                {
                    [1] = new Dictionary<string, string> { ["LD_PRELOAD"] = library!, ["FAKETIME"] = offset, ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1" },
                },
            }, _ct);
        var wrong = cluster.Nodes[1];
        Assert.Contains("clock is", await EventuallyLogsAsync(wrong, "clock is"), StringComparison.Ordinal);

        var run = new Run(cluster, Form.Before + Form.After * 2);
        await run.FlowAsync(_ct);
        await run.IsInOrderAsync($"7. The clock of a node is five minutes {side}", _ct, further: run.NothingRepeated);
        await DueInASecondAsync(cluster, wrong);
        await DueInASecondAsync(cluster, cluster.Nodes[0]);
        var died = await cluster.Database.CountAsync("SELECT count(*) AS many FROM nodes WHERE dead_at IS NOT NULL", _ct);
        Assert.Equal(0, died);
        var strange = await cluster.Database.CountAsync(
            "SELECT count(*) AS many FROM deliveries WHERE created_at > clock_timestamp() + interval '1 second' OR created_at < clock_timestamp() - interval '4 minutes'", _ct);
        Assert.Equal(0, strange);
    }

    /// <summary>What is to be sent in a second is sent in a second, whichever node was asked and whichever does it.</summary>
    private async Task DueInASecondAsync(Cluster cluster, ClusterNode node)
    {
        using var client = cluster.ClientOf(node);
        var at = TimeProvider.System.GetUtcNow().AddSeconds(1);
        var body = $"scheduled on {node.Name}";
        var sent = await client.PostJsonAsync("api/v1/messages", new { channel = "sms", to = "+14155550199", body, scheduled_at = at }, idempotencyKey: body);
        Assert.True(sent.Status == HttpStatusCode.Accepted, sent.ToString());
        await Eventually.BecomesAsync(() => cluster.Sandbox.Ledger.MessagesTo("+14155550199", body) > 0, TimeSpan.FromSeconds(30), _ct);
        Assert.InRange(TimeProvider.System.GetUtcNow() - at, TimeSpan.FromMilliseconds(-50), Tolerated * 2);
    }

    private async Task<string> EventuallyLogsAsync(ClusterNode node, string text)
    {
        var log = "";
        await Eventually.BecomesAsync(async () => (log = await node.LogAsync(_ct)).Contains(text, StringComparison.Ordinal), TimeSpan.FromSeconds(10), _ct);
        return log;
    }
}
