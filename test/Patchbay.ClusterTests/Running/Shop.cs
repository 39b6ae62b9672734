using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Patchbay.Sandbox;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.ClusterTests.Running;

/// <summary>
/// A tenant for one run, which pays through Stripe and writes through Twilio: what other runs left in the books is not its own.
/// </summary>
internal sealed class Shop : IDisposable
{
    private const string WebhookSecret = "whsec_test_secret";

    private readonly AuthenticationHeaderValue _key;

    private Shop(Cluster cluster, TenantId tenant, AuthenticationHeaderValue key)
    {
        (Cluster, Tenant, _key) = (cluster, tenant, key);
        Client = ClientOf(cluster.Address);
    }

    public Cluster Cluster { get; }

    public TenantId Tenant { get; }

    /// <summary>Calls the hub as the tenant, through the load balancer.</summary>
    public HttpClient Client { get; }

    public string Stripe { get; private set; } = "";

    public string Twilio { get; private set; } = "";

    public Database Database => Cluster.Database;

    public SandboxServer Sandbox => Cluster.Sandbox;

    public IReadOnlyList<ClusterNode> Nodes => Cluster.Nodes;

    /// <param name="requestsPerSecond">The limit of both integrations.</param>
    /// <param name="platformKey">What may create tenants.</param>
    public static async Task<Shop> OpenAsync(
        Cluster cluster, string name, string platformKey, int requestsPerSecond, CancellationToken cancellationToken)
    {
        var first = cluster.Nodes[0].Process.Address;   // it knows at once what it was told; the others hear of it
        JsonElement key;
        TenantId tenant;
        using (var platform = NewClient(first, new AuthenticationHeaderValue("Bearer", platformKey)))
        {
            var created = await platform.PostJsonAsync("api/v1/tenants", new { name }, name);
            Assert.True(created.Status == HttpStatusCode.Created, created.ToString());
            (tenant, key) = (TypeId.Parse<TenantId>(created.Text("id")!), created["api_key"]);
        }

        using var owner = NewClient(first, new AuthenticationHeaderValue("Bearer", key.GetProperty("secret").GetString()));
        var test = await owner.PostJsonAsync(
            "api/v1/api-keys", new { name, mode = "test", permissions = new[] { "*" }, rate_per_second = 10_000, burst = 100_000 }, name);
        Assert.True(test.Status == HttpStatusCode.Created, test.ToString());
        var shop = new Shop(cluster, tenant, new AuthenticationHeaderValue("Bearer", test.Text("secret")));
        using var client = shop.ClientOf(first);
        await shop.ConnectAsync(client, requestsPerSecond);
        foreach (var node in cluster.Nodes)
        {
            using var other = shop.ClientOf(node);
            await shop.IsActiveAsync(other, cancellationToken);   // a node that was cut off a moment ago hears of it later than a second
        }

        return shop;
    }

    /// <summary>Calls one node as the tenant, past the load balancer.</summary>
    public HttpClient ClientOf(ClusterNode node) => ClientOf(node.Process.Address);

    /// <param name="from">A table, and a condition after AND if there is one.</param>
    public Task<int> CountAsync(string from, string where, CancellationToken cancellationToken) =>
        Database.CountAsync($"SELECT count(*) AS many FROM {from} WHERE tenant_id = @tenant AND {where}", cancellationToken, Tenant);

    /// <summary>For what takes hours by itself.</summary>
    public Task ChangeAsync(string table, string set, CancellationToken cancellationToken) =>
        Database.ExecuteAsync($"UPDATE {table} SET {set} WHERE tenant_id = @Tenant", new { Tenant }, cancellationToken);

    public void Dispose() => Client.Dispose();

    private static HttpClient NewClient(Uri address, AuthenticationHeaderValue key) =>
        new(new SocketsHttpHandler { UseProxy = false, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20) })
        {
            BaseAddress = address,
            Timeout = TimeSpan.FromSeconds(40),
            DefaultRequestHeaders = { Authorization = key },
        };

    private HttpClient ClientOf(Uri address) => NewClient(address, _key);

    private async Task ConnectAsync(HttpClient client, int requestsPerSecond)
    {
        var settings = new { requests_per_second = requestsPerSecond, timeout_seconds = 10, retry = new { first_delay_seconds = 0.2 } };
        var stripeKey = $"sk_test_{Tenant.Value:N}";   // another account than any other shop's: its webhooks go here only
        var credentials = new Dictionary<string, string> { ["secret_key"] = stripeKey, ["webhook_secret"] = WebhookSecret };
        Stripe = await AddAsync(client, new { provider = "stripe", mode = "sandbox", settings, credentials });
        Twilio = await AddAsync(client, new
        {
            provider = "twilio", mode = "sandbox", settings,
            credentials = new { account_sid = "AC0123456789abcdef0123456789abcdef", auth_token = "0123456789abcdef0123456789abcdef",
                from_number = "+14155550100" },
        });
        Sandbox.Connect("stripe", credentials, new Uri(Cluster.Address, $"api/webhooks/stripe/{Stripe}"));
        var rule = await client.PostJsonAsync(
            "api/v1/routing-rules", new { capability = "initiate_payment", priority = 10, integration_id = Stripe });
        Assert.True(rule.Status == HttpStatusCode.Created, rule.ToString());
    }

    private async Task IsActiveAsync(HttpClient client, CancellationToken cancellationToken)
    {
        foreach (var id in new[] { Stripe, Twilio })
        {
            await Eventually.BecomesAsync(
                async () => await client.GetJsonAsync($"api/v1/integrations/{id}") is { Status: HttpStatusCode.OK } found
                    && found.Text("status") == "active",
                TimeSpan.FromSeconds(30), cancellationToken);
        }
    }

    private static async Task<string> AddAsync(HttpClient client, object integration)
    {
        var added = await client.PostJsonAsync("api/v1/integrations", integration);
        Assert.True(added.Status is HttpStatusCode.OK or HttpStatusCode.Accepted or HttpStatusCode.Created, added.ToString());
        return added.Text("id")!;
    }
}
