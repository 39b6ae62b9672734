using System.Diagnostics;
using System.Net;
using Patchbay.ClusterTests.Running;
using Patchbay.Sandbox.Faults;
using Patchbay.TestKit;

namespace Patchbay.ClusterTests;

/// <summary>
/// What three healthy nodes do together: work that is due once is done once, what one is told all know, and limits hold for all of them.
/// </summary>
public sealed class SharedWorkTests(ClusterFixture fixture)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Known = TimeSpan.FromSeconds(1);

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_due_once_is_done_once_though_three_nodes_look_for_it()
    {
        using var shop = await fixture.OpenShopAsync(_ct);
        var ledger = shop.Sandbox.Ledger;

        // Verification of payments that nobody has paid.
        const int Payments = 30;
        shop.Sandbox.Autopay = false;
        await Task.WhenAll(Enumerable.Range(0, Payments).Select(async i =>
        {
            var key = $"open {i}";
            var accepted = await shop.Client.PostJsonAsync("api/v1/payments",
                new { amount = "10.00", currency = "EUR", reference = key, return_url = "https://shop.example/back" }, key);
            Assert.True(accepted.Status is HttpStatusCode.Accepted or HttpStatusCode.Created, accepted.ToString());
        }));
        await Eventually.BecomesAsync(
            async () => await shop.CountAsync("payments", "status = 'requires_action'", _ct) == Payments, Soon, _ct);
        await shop.ChangeAsync("payments", "verify_at = clock_timestamp()", _ct);
        await shop.ChangeAsync("integrations", "check_at = clock_timestamp()", _ct);
        var checksBefore = await shop.CountAsync("deliveries", "capability = 'verify_credentials'", _ct);

        // A job over deliveries that were given up.
        const int Messages = 60;
        shop.Sandbox.Faults.Add(new SandboxFault(FaultKind.Status) { Provider = "twilio", Operation = "messages.create", Status = 400 });
        await Task.WhenAll(
            Enumerable.Range(0, Messages).Select(i => shop.Client.PostJsonAsync("api/v1/messages", Sms($"again {i}"), $"again {i}")));
        await Eventually.BecomesAsync(async () => await shop.CountAsync("deliveries", "status = 'exhausted'", _ct) == Messages, Soon, _ct);
        shop.Sandbox.Faults.Clear();
        var job = await shop.Client.PostJsonAsync("api/v1/deliveries/retry", new { filter = new { status = "exhausted" } }, "job");
        Assert.True(job.Status == HttpStatusCode.Accepted, job.ToString());
        await Eventually.BecomesAsync(async () => await shop.CountAsync("deliveries", "status = 'exhausted'", _ct) == 0, Soon, _ct);
        await Eventually.BecomesAsync(
            async () => await shop.CountAsync("deliveries", "capability = 'send_sms' AND status <> 'delivered'", _ct) == 0, Soon, _ct);

        await Eventually.BecomesAsync(async () =>
            await shop.CountAsync("deliveries", "capability = 'verify_payment' AND status = 'delivered'", _ct) >= Payments, Soon, _ct);
        await Eventually.BecomesAsync(
            async () => await shop.CountAsync("deliveries", "capability = 'verify_credentials'", _ct) >= checksBefore + 2, Soon, _ct);
        await Task.Delay(TimeSpan.FromSeconds(6), TimeProvider.System, _ct);   // another round of every loop on every node
        Assert.Equal(Payments, await shop.CountAsync("deliveries", "capability = 'verify_payment'", _ct));
        Assert.Equal(checksBefore + 2, await shop.CountAsync("deliveries", "capability = 'verify_credentials'", _ct));
        Assert.Equal(Messages, ledger.Done("twilio", "messages"));
        Assert.All(Enumerable.Range(0, Messages), i => Assert.Equal(1, ledger.MessagesTo("+14155550142", $"again {i}")));
    }

    [Fact]
    public async Task What_one_node_is_told_the_others_know_within_a_second()
    {
        using var shop = await fixture.OpenShopAsync(_ct);
        var clients = shop.Nodes.Select(shop.ClientOf).ToList();
        for (var round = 0; round < 3; round++)
        {
            var name = $"name {round}";
            var changed = await clients[round].PatchJsonAsync($"api/v1/integrations/{shop.Twilio}", new { name });
            Assert.True(changed.Status == HttpStatusCode.OK, changed.ToString());
            var since = Stopwatch.StartNew();
            foreach (var client in clients)
                await Eventually.BecomesAsync(async () =>
                    (await client.GetJsonAsync($"api/v1/integrations/{shop.Twilio}")).Text("name") == name, TimeSpan.FromSeconds(10), _ct);
            Assert.InRange(since.Elapsed, TimeSpan.Zero, Known);
        }

        var key = await clients[0].PostJsonAsync("api/v1/api-keys", new { name = "short-lived", permissions = new[] { "*" } });
        Assert.True(key.Status == HttpStatusCode.Created, key.ToString());
        using var other = shop.ClientOf(shop.Nodes[2]);
        other.DefaultRequestHeaders.Authorization = new("Bearer", key.Text("secret"));
        Assert.Equal(HttpStatusCode.OK, (await other.GetJsonAsync("api/v1/integrations")).Status);
        Assert.Equal(HttpStatusCode.OK, (await clients[1].PostJsonAsync($"api/v1/api-keys/{key.Text("id")}/revoke")).Status);
        var revoked = Stopwatch.StartNew();
        await Eventually.BecomesAsync(async () => (await other.GetJsonAsync("api/v1/integrations")).Status == HttpStatusCode.Unauthorized,
            TimeSpan.FromSeconds(10), _ct);
        Assert.InRange(revoked.Elapsed, TimeSpan.Zero, Known);
        clients.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task A_destinations_limit_is_shared_by_the_nodes_that_live()
    {
        const int PerSecond = 30;
        const int Messages = 240;
        using var shop = await fixture.OpenShopAsync(_ct, PerSecond);

        var three = await RateAsync(shop, shop.Nodes, "three", Messages);
        Assert.InRange(three, PerSecond * 0.5, PerSecond * 1.25);

        await shop.Nodes[2].Process.KillAsync(_ct);
        await Eventually.BecomesAsync(
            async () => await shop.Database.CountAsync("SELECT count(*) AS many FROM nodes WHERE dead_at IS NULL", _ct) == 2, Soon, _ct);
        await Task.Delay(Form.Heartbeat * 2, TimeProvider.System, _ct);
        var two = await RateAsync(shop, [.. shop.Nodes.Take(2)], "two", Messages);
        shop.Nodes[2].Process.Start();
        Assert.InRange(two, PerSecond * 0.72, PerSecond * 1.25);   // shared by three still, it were two thirds
    }

    /// <summary>Messages a second that the provider gets, when every node has more than its share.</summary>
    private async Task<double> RateAsync(Shop shop, IReadOnlyList<ClusterNode> nodes, string name, int messages)
    {
        var before = shop.Sandbox.Ledger.Done("twilio", "messages");
        var clients = nodes.Select(shop.ClientOf).ToList();
        var since = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, messages)
            .Select(i => clients[i % clients.Count].PostJsonAsync("api/v1/messages", Sms($"{name} {i}"), $"{name} {i}")));
        await Eventually.BecomesAsync(() => shop.Sandbox.Ledger.Done("twilio", "messages") - before >= messages, Soon * 2, _ct);
        clients.ForEach(client => client.Dispose());
        TestContext.Current.TestOutputHelper?.WriteLine($"{name} nodes: {messages / since.Elapsed.TotalSeconds:0.0}/s");
        return messages / since.Elapsed.TotalSeconds;
    }

    private static object Sms(string body) => new { channel = "sms", to = "+14155550142", body };
}
