using Patchbay.Platform.Access;
using Patchbay.Hub.Tests.Support;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Shards;

/// <summary>Tenants over two databases; derived for each kind.</summary>
public abstract class ShardContract(HubDatabases mains, EastDatabases easts, string kind) : IAsyncLifetime
{
    private ShardedHub _hub = null!;

    private CancellationToken Token { get; } = TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _hub = await ShardedHub.StartAsync(mains, kind, easts, kind, Token);

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task All_that_a_tenant_does_stays_on_its_shard()
    {
        await using var here = await _hub.OpenShopAsync(ShardedHub.Main, Token);
        await using var there = await _hub.OpenShopAsync(ShardedHub.East, Token);

        foreach (var shop in (Shop[])[here, there])
        {
            var payment = await shop.PaidAsync("12.50");
            await shop.Client.PostJsonAsync(
                $"/api/v1/payments/{payment}/refunds", new { amount = "2.50" }, "refund-1", TimeSpan.FromSeconds(10));
            var message = await shop.Client.PostJsonAsync(
                "/api/v1/messages", new { channel = "sms", to = "+14155550123", body = "hello" }, wait: TimeSpan.FromSeconds(10));
            Assert.True((int)message.Status is 200 or 201 or 202, message.ToString());
            await shop.DeliveredAsync(message.Text("id")!);
            Assert.True((await shop.Client.GetJsonAsync("/api/v1/audit/verify"))["ok"].GetBoolean());
        }

        await _hub.AssertNothingAsync(ShardedHub.East, here.Tenant, Token);
        await _hub.AssertNothingAsync(ShardedHub.Main, there.Tenant, Token);
        var rows = await _hub.CountAsync(ShardedHub.East, there.Tenant, Token);
        Assert.All(
            (string[])["tenants", "tenant_keys", "api_keys", "integrations", "routing_rules", "payments", "refunds", "messages",
                "deliveries", "attempts", "events", "inbox", "audit", "idempotency"],
            table => Assert.True(rows[table] > 0, $"nothing in {table}"));
    }

    [Fact]
    public async Task A_webhook_that_names_no_integration_finds_its_shard()
    {
        await using var shop = await _hub.OpenShopAsync(ShardedHub.East, Token);
        _hub.Host.Sandbox.Connect("stripe", shop.StripeCredentials, new Uri(_hub.Host.Address, "api/webhooks/stripe"));

        await shop.PaidAsync("12.50");

        Assert.True((await _hub.CountAsync(ShardedHub.East, shop.Tenant, Token))["inbox"] > 0);
        await _hub.AssertNothingAsync(ShardedHub.Main, shop.Tenant, Token);
    }

    [Fact]
    public async Task A_key_that_nobody_knows_is_refused_and_a_new_one_works_on_any_shard()
    {
        using var stranger = _hub.Host.Client(ApiKeySecret.New(live: true));
        using var nobody = _hub.Host.Client(null);
        Assert.Equal(401, (int)(await stranger.GetJsonAsync("/api/v1/tenant")).Status);
        Assert.Equal(401, (int)(await nobody.GetJsonAsync("/api/v1/tenant")).Status);

        foreach (var shard in (string[])[ShardedHub.Main, ShardedHub.East])
        {
            var (tenant, key) = await _hub.Host.CreateTenantAsync("on " + shard, Token, shard);
            using var client = _hub.Host.Client(key);
            Assert.Equal(tenant.ToString(), (await client.GetJsonAsync("/api/v1/tenant")).Text("id"));
        }
    }

    [Fact]
    public async Task An_address_that_nobody_has_is_not_found()
    {
        using var client = _hub.Host.Client(null);

        var reply = await client.PostJsonAsync("/api/webhooks/stripe/int_01kaaaaaaaaaaaaaaaaaaaaaaa", new { });

        Assert.Equal(404, (int)reply.Status);
    }

    [Fact]
    public async Task Readiness_names_each_shard()
    {
        using var client = _hub.Host.Client(null);

        Assert.Equal("main: ready\neast: ready", await client.GetStringAsync(new Uri("/readyz", UriKind.Relative), Token));
        Assert.Equal("east: ready", await client.GetStringAsync(new Uri("/readyz?shard=east", UriKind.Relative), Token));
        Assert.Equal(503, (int)(await client.GetJsonAsync("/readyz?shard=west")).Status);
        Assert.Contains(
            "Up and ready:\nmain: ready\neast: ready<", await client.GetStringAsync(new Uri("/", UriKind.Relative), Token),
            StringComparison.Ordinal);
    }
}

public sealed class SqliteShardTests(HubDatabases mains, EastDatabases easts) : ShardContract(mains, easts, TestDatabases.Sqlite);

public sealed class PostgreSqlShardTests(HubDatabases mains, EastDatabases easts) : ShardContract(mains, easts, TestDatabases.PostgreSql);
