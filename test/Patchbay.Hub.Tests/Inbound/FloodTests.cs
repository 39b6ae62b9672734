using System.Text;
using Patchbay.Integrations.Deliveries;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Inbound;

/// <summary>What anybody can send to a public address, and what it costs those who are genuine: nothing.</summary>
public sealed class FloodTests(HubDatabases databases) : IAsyncLifetime
{
    private readonly ManualTime _time = new();   // who has to wait waits until time is advanced
    private TestDatabase _database = null!;
    private InboundHub _hub = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await databases.CreateAsync(TestDatabases.Sqlite, Token);
        _hub = await InboundHub.StartAsync(_database, _time, settings: hub => hub.Network.TrustedProxies.Add("127.0.0.1/32"));
    }

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]   // the address that names no integration
    public async Task A_flood_of_forgeries_is_slowed_down_and_a_sender_who_was_verified_goes_on(bool named)
    {
        var path = "api/webhooks/postbox/" + await _hub.GivenIntegrationAsync();
        path = named ? path : "api/webhooks/postbox";
        Assert.Equal(200, await SendAsync(path, "198.51.100.7", "evt_1"));

        var flood = new List<int>();
        for (var sent = 0; sent < 1_000; sent++)
            flood.Add(await SendAsync(path, $"203.0.{sent % 5}.9", "evt_2", "wrong"));

        Assert.Equal([401, 429], flood.Distinct().Order());
        Assert.Equal(200, await SendAsync(path, "198.51.100.8", "evt_3"));   // another machine of the same network
    }

    [Fact]
    public async Task A_flood_of_unknown_integrations_from_one_network_costs_others_nothing()
    {
        var integration = await _hub.GivenIntegrationAsync();
        var ids = new IdGenerator(TimeProvider.System);
        var flood = new List<int>();
        for (var sent = 0; sent < 1_000; sent++)
            flood.Add(await SendAsync($"api/webhooks/postbox/{ids.New<IntegrationId>()}", "203.0.113.9", "evt_1"));

        Assert.Equal([404, 429], flood.Distinct().Order());
        Assert.Equal(200, await SendAsync($"api/webhooks/postbox/{integration}", "198.51.100.7", "evt_1"));
        Assert.Equal(200, await SendAsync($"api/webhooks/postbox/{integration}", "203.0.113.9", "evt_2"));   // it is found without asking
    }

    [Fact]
    public async Task A_sender_who_has_to_wait_is_refused_before_its_body_is_read()
    {
        var path = "api/webhooks/postbox/" + await _hub.GivenIntegrationAsync();
        while (await SendAsync(path, "203.0.113.9", "evt_1", "wrong") == 401)
        {
        }

        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(_hub.Host.Address.Host, _hub.Host.Address.Port, Token);
        await client.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes(
                $"POST /{path} HTTP/1.1\r\nHost: hub\r\nX-Forwarded-For: 203.0.113.9\r\nContent-Length: 100000\r\n\r\n"), Token);
        var start = new byte[12];
        await client.GetStream().ReadExactlyAsync(start, Token);

        Assert.Equal("HTTP/1.1 429", Encoding.ASCII.GetString(start));
    }

    [Fact]
    public async Task A_tenant_with_many_integrations_does_not_take_the_address_without_an_integration_from_others()
    {
        await GivenTenantAsync("Many", 55);
        await _hub.GivenIntegrationAsync(credentials: new { secret = "the-secret-of-the-last" });

        Assert.Equal(200, await SendAsync("api/webhooks/postbox", "198.51.100.7", "evt_1", "the-secret-of-the-last"));

        for (var tenant = 0; tenant < 9; tenant++)
            await GivenTenantAsync("Tenant" + tenant, 5);
        _time.Advance(TimeSpan.FromMinutes(1));   // candidates are seconds old

        Assert.Equal(422, await SendAsync("api/webhooks/postbox", "198.51.100.7", "evt_2", "the-secret-of-the-last"));
    }

    private async Task GivenTenantAsync(string name, int integrations)
    {
        var (_, key) = await _hub.Host.CreateTenantAsync(name, Token);
        using var api = _hub.Host.Client(key);
        for (var number = 0; number < integrations; number++)
            await _hub.GivenIntegrationAsync(credentials: new { secret = $"secret-of-{name}-{number}" }, api: api);
    }

    private async Task<int> SendAsync(string path, string from, string eventId, string secret = Postbox.Secret)
    {
        var body = InboundHub.Report(eventId);
        using var answer = await _hub.SendAsync(
            HttpMethod.Post, path, Encoding.UTF8.GetBytes(body),
            [.. Postbox.Sign(body, _hub.Time.GetUtcNow(), secret), ("X-Forwarded-For", from)]);
        return (int)answer.StatusCode;
    }
}
