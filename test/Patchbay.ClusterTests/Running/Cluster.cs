using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Patchbay.Sandbox;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.ClusterTests.Running;

/// <summary>
/// Three hub processes behind HAProxy on one PostgreSQL, with a tenant that pays through Stripe and writes through Twilio. The providers are
/// played back in the test's own process, which counts what they did.
/// </summary>
internal sealed class Cluster : IAsyncDisposable
{
    private const string StripeKey = "sk_test_4eC39HqLyjWDarjtT1zdp7dc";
    private const string WebhookSecret = "whsec_test_secret";

    private readonly Balancer? _balancer;
    private readonly string _databaseName;
    private readonly List<Database> _former = [];

    private Cluster(Network network, SandboxServer sandbox, Balancer? balancer, IReadOnlyList<ClusterNode> nodes, Database database, string databaseName)
    {
        (Network, Sandbox, _balancer, Nodes, Database, _databaseName) = (network, sandbox, balancer, nodes, database, databaseName);
        Client = NewClient(balancer?.Address ?? nodes[0].Process.Address);
    }

    public Network Network { get; }

    public SandboxServer Sandbox { get; }

    public IReadOnlyList<ClusterNode> Nodes { get; }

    /// <summary>The hub's own database, to be read only.</summary>
    public Database Database { get; private set; }

    /// <summary>Calls the hub as the tenant, through the load balancer.</summary>
    public HttpClient Client { get; }

    public string Stripe { get; private set; } = "";

    public string Twilio { get; private set; } = "";

    public static async Task<Cluster> StartAsync(ClusterFixture fixture, string name, ClusterOptions options, CancellationToken cancellationToken)
    {
        if (options.SqliteFile is null && !Balancer.IsInstalled && !Form.SkipsNothing)
            Assert.Skip("HAProxy is not installed: apt-get install haproxy");
        var network = fixture.Network;
        var (setting, databaseName) = ("sqlite:" + options.SqliteFile, "");
        if (options.SqliteFile is null)
        {
            var server = options.Server ?? await fixture.ServerAsync(cancellationToken);
            databaseName = await server.CreateDatabaseAsync(cancellationToken);
            setting = server.ConnectionString(databaseName);
        }

        var sandbox = await SandboxServer.StartAsync(
            new SandboxOptions
            {
                Url = $"http://{network.Host(Leg.Providers)}:0",
                MagicValues = false,
                CustomerDelay = TimeSpan.FromMilliseconds(50),
                ReceiptDelay = TimeSpan.FromMilliseconds(30),
                WebhookRetryDelay = TimeSpan.FromSeconds(3),
                IdempotencyKeysKept = 1_000_000,
            }, cancellationToken);
        var address = Balancer.FreeAddress(network.Host(Leg.Callers));
        if (options.SqliteFile is not null)
            network = Network.None;
        var settings = new Dictionary<string, string>
        {
            ["Patchbay__Database"] = options.ConnectionString?.Invoke(databaseName) ?? setting,
            ["Patchbay__MasterKey"] = "1:" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            ["Patchbay__AllowPrivateNetworks"] = "true",
            ["Patchbay__Providers__stripe__BaseUrl"] = sandbox.StripeUrl.ToString(),
            ["Patchbay__Providers__twilio__BaseUrl"] = sandbox.TwilioUrl.ToString(),
            ["Patchbay__Node__Heartbeat"] = Form.Heartbeat.ToString("c"),
            ["Patchbay__Node__Timeout"] = Form.NodeTimeout.ToString("c"),
            ["Patchbay__Node__StopTimeout"] = "00:00:15",
            ["Logging__LogLevel__Default"] = "Warning",
        };
        if (options.SqliteFile is null)
            settings["Patchbay__PublicUrl"] = address.ToString();
        foreach (var (key, value) in options.Settings)
            settings[key] = value;
        var database = Database.Open(setting);
        var nodes = Enumerable.Range(0, options.SqliteFile is null ? ClusterFixture.Nodes : 1).Select(number => new ClusterNode(number, Process(network, name, number, settings, options), database)).ToList();
        var balancer = options.SqliteFile is null ? await Balancer.StartAsync(address, nodes.ConvertAll(node => node.Process.Address), cancellationToken) : null;
        var cluster = new Cluster(network, sandbox, balancer, nodes, database, databaseName);
        try
        {
            await Task.WhenAll(nodes.Select(node => node.Process.StartAndWaitAsync(cancellationToken)));
            await cluster.SignInAsync(cancellationToken);
            await cluster.ConnectAsync(options.RequestsPerSecond, cancellationToken);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>The books are read from another server from now on.</summary>
    public void UseDatabase(DatabaseServer server)
    {
        _former.Add(Database);
        Database = Database.Open(server.ConnectionString(_databaseName));
    }

    /// <summary>Calls one node as the tenant, past the load balancer.</summary>
    public HttpClient ClientOf(ClusterNode node)
    {
        var client = NewClient(node.Process.Address);
        client.DefaultRequestHeaders.Authorization = Client.DefaultRequestHeaders.Authorization;
        return client;
    }

    /// <summary>Every node is alive, ready and known to the load balancer.</summary>
    public async Task IsWholeAsync(CancellationToken cancellationToken)
    {
        foreach (var node in Nodes)
            await node.Process.BecomesReadyAsync(TimeSpan.FromSeconds(60), cancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(1.5), TimeProvider.System, cancellationToken);   // inter x rise
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        foreach (var node in Nodes)
            node.Dispose();
        _balancer?.Dispose();
        await Sandbox.DisposeAsync();
        await Database.DisposeAsync();
        foreach (var former in _former)
            await former.DisposeAsync();
    }

    private static HubProcess Process(Network network, string name, int number, Dictionary<string, string> settings, ClusterOptions options)
    {
        var own = new Dictionary<string, string>(settings) { ["Patchbay__Node__Name"] = ClusterNode.NameOf(number) };
        foreach (var (key, value) in options.OfNode.GetValueOrDefault(number, []))
            own[key] = value;
        return new HubProcess($"{name}-{ClusterNode.NameOf(number)}", network.Listens(number), own, network.Launcher(number));
    }

    private static HttpClient NewClient(Uri address) => new(new SocketsHttpHandler { UseProxy = false, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20) })
    {
        BaseAddress = address,
        Timeout = TimeSpan.FromSeconds(40),
    };

    private async Task SignInAsync(CancellationToken cancellationToken)
    {
        await Nodes[0].Process.RunVerbAsync(cancellationToken, "tenants", "create", "shop", "--json");
        var key = JsonNode.Parse(await Nodes[0].Process.RunVerbAsync(cancellationToken, "keys", "create", "--tenant", "shop", "--permissions", "*", "--json"))!;
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key["secret"]!.ToString());
        await Eventually.BecomesAsync(
            async () => (await Client.PatchJsonAsync($"api/v1/api-keys/{key["id"]}", new { rate_per_second = 10_000, burst = 100_000 })).Status == HttpStatusCode.OK,
            TimeSpan.FromSeconds(20), cancellationToken);
    }

    private async Task ConnectAsync(int requestsPerSecond, CancellationToken cancellationToken)
    {
        var settings = new { requests_per_second = requestsPerSecond, timeout_seconds = 10, retry = new { first_delay_seconds = 0.2 } };
        Stripe = await AddAsync(
            new { provider = "stripe", mode = "sandbox", settings, credentials = new { secret_key = StripeKey, webhook_secret = WebhookSecret } }, cancellationToken);
        Twilio = await AddAsync(
            new
            {
                provider = "twilio", mode = "sandbox", settings,
                credentials = new { account_sid = "AC0123456789abcdef0123456789abcdef", auth_token = "0123456789abcdef0123456789abcdef", from_number = "+14155550100" },
            }, cancellationToken);
        Sandbox.RegisterStripeWebhook(StripeKey, new Uri(Client.BaseAddress!, $"api/webhooks/stripe/{Stripe}"), WebhookSecret);
        var rule = await Client.PostJsonAsync("api/v1/routing-rules", new { capability = "initiate_payment", priority = 10, integration_id = Stripe });
        Assert.True(rule.Status == HttpStatusCode.Created, rule.ToString());
        await Task.Delay(TimeSpan.FromSeconds(0.5), TimeProvider.System, cancellationToken);   // until every node has heard of it
        Sandbox.Ledger.Clear();
    }

    private async Task<string> AddAsync(object integration, CancellationToken cancellationToken)
    {
        var added = await Client.PostJsonAsync("api/v1/integrations", integration);
        Assert.True(added.Status is HttpStatusCode.OK or HttpStatusCode.Accepted or HttpStatusCode.Created, added.ToString());
        var id = added.Text("id")!;
        await Eventually.BecomesAsync(
            async () => await Client.GetJsonAsync($"api/v1/integrations/{id}") is { Status: HttpStatusCode.OK } found && found.Text("status") == "active",   // 404 on a node that has not heard of it
            TimeSpan.FromSeconds(20), cancellationToken);
        return id;
    }
}
