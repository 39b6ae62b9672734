using System.Diagnostics;
using System.Net;
using Patchbay.ClusterTests.Running;
using Patchbay.Sandbox.Faults;
using Patchbay.TestKit;

namespace Patchbay.ClusterTests;

/// <summary>What three healthy nodes do together: work that is due once is done once, what one is told all know, and limits hold for all of them.</summary>
public sealed class SharedWorkTests(ClusterFixture fixture)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Known = TimeSpan.FromSeconds(1);

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_due_once_is_done_once_though_three_nodes_look_for_it()
    {
        await using var cluster = await Cluster.StartAsync(fixture, "scheduled", new ClusterOptions(), _ct);
        var ledger = cluster.Sandbox.Ledger;

        // Verification of payments that nobody has paid.
        const int Payments = 30;
        cluster.Sandbox.Autopay = false;
        await Task.WhenAll(Enumerable.Range(0, Payments).Select(async i =>
        {
            var key = $"open {i}";
            var accepted = await cluster.Client.PostJsonAsync("api/v1/payments", new { amount = "10.00", currency = "EUR", reference = key, return_url = "https://shop.example/back" }, key);
            Assert.True(accepted.Status is HttpStatusCode.Accepted or HttpStatusCode.Created, accepted.ToString());
        }));
        await Eventually.BecomesAsync(async () => await CountAsync(cluster, "payments WHERE status = 'requires_action'") == Payments, Soon, _ct);
        await cluster.Database.ChangeAsync("UPDATE payments SET verify_at = clock_timestamp()", _ct);
        await cluster.Database.ChangeAsync("UPDATE integrations SET check_at = clock_timestamp()", _ct);
        var checksBefore = await CountAsync(cluster, "deliveries WHERE capability = 'verify_credentials'");

        // A job over deliveries that were given up.
        const int Messages = 60;
        cluster.Sandbox.Faults.Add(new SandboxFault(FaultKind.Status) { Provider = "twilio", Operation = "messages.create", Status = 400 });
        await Task.WhenAll(Enumerable.Range(0, Messages).Select(i => cluster.Client.PostJsonAsync("api/v1/messages", Sms($"again {i}"), $"again {i}")));
        await Eventually.BecomesAsync(async () => await CountAsync(cluster, "deliveries WHERE status = 'exhausted'") == Messages, Soon, _ct);
        cluster.Sandbox.Faults.Clear();
        var job = await cluster.Client.PostJsonAsync("api/v1/deliveries/retry", new { filter = new { status = "exhausted" } }, "job");
        Assert.True(job.Status == HttpStatusCode.Accepted, job.ToString());
        await Eventually.BecomesAsync(async () => await CountAsync(cluster, "deliveries WHERE status = 'exhausted'") == 0, Soon, _ct);
        await Eventually.BecomesAsync(async () => await CountAsync(cluster, "deliveries WHERE capability = 'send_sms' AND status <> 'delivered'") == 0, Soon, _ct);

        await Eventually.BecomesAsync(async () => await CountAsync(cluster, "deliveries WHERE capability = 'verify_payment' AND status = 'delivered'") >= Payments, Soon, _ct);
        await Eventually.BecomesAsync(async () => await CountAsync(cluster, "deliveries WHERE capability = 'verify_credentials'") >= checksBefore + 2, Soon, _ct);
        await Task.Delay(TimeSpan.FromSeconds(6), TimeProvider.System, _ct);   // another round of every loop on every node
        Assert.Equal(Payments, await CountAsync(cluster, "deliveries WHERE capability = 'verify_payment'"));
        Assert.Equal(checksBefore + 2, await CountAsync(cluster, "deliveries WHERE capability = 'verify_credentials'"));
        Assert.Equal(Messages, ledger.Done("twilio", "messages"));
        Assert.All(Enumerable.Range(0, Messages), i => Assert.Equal(1, ledger.MessagesTo("+14155550142", $"again {i}")));
    }

    [Fact]
    public async Task What_one_node_is_told_the_others_know_within_a_second()
    {
        await using var cluster = await Cluster.StartAsync(fixture, "configured", new ClusterOptions(), _ct);
        var clients = cluster.Nodes.Select(cluster.ClientOf).ToList();
        for (var round = 0; round < 3; round++)
        {
            var name = $"name {round}";
            var changed = await clients[round].PatchJsonAsync($"api/v1/integrations/{cluster.Twilio}", new { name });
            Assert.True(changed.Status == HttpStatusCode.OK, changed.ToString());
            var since = Stopwatch.StartNew();
            foreach (var client in clients)
                await Eventually.BecomesAsync(async () => (await client.GetJsonAsync($"api/v1/integrations/{cluster.Twilio}")).Text("name") == name, TimeSpan.FromSeconds(10), _ct);
            Assert.InRange(since.Elapsed, TimeSpan.Zero, Known);
        }

        var key = await clients[0].PostJsonAsync("api/v1/api-keys", new { name = "short-lived", permissions = new[] { "*" } });
        Assert.True(key.Status == HttpStatusCode.Created, key.ToString());
        using var other = cluster.ClientOf(cluster.Nodes[2]);
        other.DefaultRequestHeaders.Authorization = new("Bearer", key.Text("secret"));
        Assert.Equal(HttpStatusCode.OK, (await other.GetJsonAsync("api/v1/integrations")).Status);
        Assert.Equal(HttpStatusCode.OK, (await clients[1].PostJsonAsync($"api/v1/api-keys/{key.Text("id")}/revoke")).Status);
        var revoked = Stopwatch.StartNew();
        await Eventually.BecomesAsync(async () => (await other.GetJsonAsync("api/v1/integrations")).Status == HttpStatusCode.Unauthorized, TimeSpan.FromSeconds(10), _ct);
        Assert.InRange(revoked.Elapsed, TimeSpan.Zero, Known);
        clients.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task A_destinations_limit_is_shared_by_the_nodes_that_live()
    {
        const int PerSecond = 30;
        const int Messages = 240;
        await using var cluster = await Cluster.StartAsync(fixture, "limited", new ClusterOptions { RequestsPerSecond = PerSecond }, _ct);

        var three = await RateAsync(cluster, cluster.Nodes, "three", Messages);
        Assert.InRange(three, PerSecond * 0.5, PerSecond * 1.25);

        await cluster.Nodes[2].Process.KillAsync(_ct);
        await Eventually.BecomesAsync(async () => await CountAsync(cluster, "nodes WHERE dead_at IS NULL") == 2, Soon, _ct);
        await Task.Delay(Form.Heartbeat * 2, TimeProvider.System, _ct);
        var two = await RateAsync(cluster, [.. cluster.Nodes.Take(2)], "two", Messages);
        Assert.InRange(two, PerSecond * 0.72, PerSecond * 1.25);   // shared by three still, it were two thirds
    }

    /// <summary>Messages a second that the provider gets, when every node has more than its share.</summary>
    private async Task<double> RateAsync(Cluster cluster, IReadOnlyList<ClusterNode> nodes, string name, int messages)
    {
        var before = cluster.Sandbox.Ledger.Done("twilio", "messages");
        var clients = nodes.Select(cluster.ClientOf).ToList();
        var since = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, messages).Select(i => clients[i % clients.Count].PostJsonAsync("api/v1/messages", Sms($"{name} {i}"), $"{name} {i}")));
        await Eventually.BecomesAsync(() => cluster.Sandbox.Ledger.Done("twilio", "messages") - before >= messages, Soon * 2, _ct);
        clients.ForEach(client => client.Dispose());
        TestContext.Current.TestOutputHelper?.WriteLine($"{name} nodes: {messages / since.Elapsed.TotalSeconds:0.0}/s");
        return messages / since.Elapsed.TotalSeconds;
    }

    private static object Sms(string body) => new { channel = "sms", to = "+14155550142", body };

    private Task<int> CountAsync(Cluster cluster, string from) => cluster.Database.CountAsync($"SELECT count(*) AS many FROM {from}", _ct);
}
