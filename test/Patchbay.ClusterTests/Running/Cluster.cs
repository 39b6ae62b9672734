using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Patchbay.Sandbox;
using Patchbay.Sandbox.Running;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.ClusterTests.Running;

/// <summary>
/// Three hub processes behind HAProxy on one PostgreSQL. The providers are played back in the test's own process, which counts what they
/// did.
/// </summary>
internal sealed class Cluster : IAsyncDisposable
{
    private static readonly TimeSpan Rise = TimeSpan.FromSeconds(1.5);   // inter x rise

    private readonly Balancer? _balancer;
    private readonly string _databaseName;
    private readonly List<Database> _former = [];
    private string _platformKey = "";
    private int _shops;

    private Cluster(SandboxServer sandbox, Balancer? balancer, IReadOnlyList<ClusterNode> nodes, Database database, string databaseName) =>
        (Sandbox, _balancer, Nodes, Database, _databaseName) = (sandbox, balancer, nodes, database, databaseName);

    public SandboxServer Sandbox { get; }

    public IReadOnlyList<ClusterNode> Nodes { get; }

    /// <summary>The hub's own database, to be read only.</summary>
    public Database Database { get; private set; }

    /// <summary>Where callers find it.</summary>
    public Uri Address => _balancer?.Address ?? Nodes[0].Process.Address;

    /// <summary>Something did not go as it should: nothing more is to be tried on it.</summary>
    public bool IsSpoiled { get; set; }

    public static async Task<Cluster> StartAsync(
        ClusterFixture fixture, string name, ClusterOptions options, CancellationToken cancellationToken)
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
                WebhookRetryDelay = Form.WebhookRetry,
                IdempotencyKeysKept = 1_000_000,
            }, cancellationToken);
        var address = Balancer.FreeAddress(network.Host(Leg.Callers));
        if (options.SqliteFile is not null)
            network = Network.None;
        var settings = SettingsOf(options, options.SqliteFile is null
            ? (options.ConnectionString?.Invoke(databaseName) ?? setting) + Form.Session : setting, sandbox, address);
        var port = fixture.NextPort();
        var nodes = Enumerable.Range(0, options.SqliteFile is null ? ClusterFixture.Nodes : 1)
            .Select(number => new ClusterNode(number, Process(network, port, name, number, settings))).ToList();
        var balancer = options.SqliteFile is null
            ? await Balancer.StartAsync(address, nodes.ConvertAll(node => node.Process.Address), cancellationToken) : null;
        var cluster = new Cluster(sandbox, balancer, nodes, Database.Open(setting), databaseName);
        try
        {
            await Task.WhenAll(
                [.. nodes.Select(node => node.Process.StartAndWaitAsync(cancellationToken)), cluster.SignInAsync(cancellationToken)]);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>A new tenant on a cluster that is whole; the books are empty, and nothing is broken at the providers.</summary>
    /// <param name="requestsPerSecond">The limit of its integrations.</param>
    public async Task<Shop> OpenShopAsync(CancellationToken cancellationToken, int requestsPerSecond = 10_000)
    {
        Sandbox.Faults.Clear();
        Sandbox.Autopay = true;
        var shop = Shop.OpenAsync(this, $"shop {++_shops}", _platformKey, requestsPerSecond, cancellationToken);
        await Task.WhenAll(shop, IsWholeAsync(cancellationToken));
        foreach (var node in Nodes)
            await node.ForgetLogAsync(cancellationToken);
        Sandbox.Ledger.Clear();
        return await shop;
    }

    /// <summary>The books are read from another server from now on, or from one that was started again.</summary>
    public void UseDatabase(DatabaseServer server)
    {
        _former.Add(Database);
        Database = Database.Open(server.ConnectionString(_databaseName));
    }

    /// <summary>Every node is alive, ready and known to the load balancer.</summary>
    public async Task IsWholeAsync(CancellationToken cancellationToken)
    {
        foreach (var node in Nodes)
            await node.Process.BecomesReadyAsync(TimeSpan.FromSeconds(60), cancellationToken);
        await Task.Delay(Rise, TimeProvider.System, cancellationToken);
    }

    /// <summary>
    /// Whether another run can begin on it: all went well so far, all nodes live, the dead are forgotten and no work is left.
    /// </summary>
    public async Task<bool> CanBeUsedAgainAsync(CancellationToken cancellationToken)
    {
        if (IsSpoiled)
            return false;
        try
        {
            // In this order: a node that is ready has a row of its own, beside that of its former life as long as this is not forgotten.
            await Task.WhenAll(Nodes.Select(node => node.Process.BecomesReadyAsync(TimeSpan.FromSeconds(30), cancellationToken)));
            await Eventually.BecomesAsync(
                () => Database.IsAtRestAsync(Nodes.Count, cancellationToken), Form.NodeTimeout * 4, cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is TimeoutException or InvalidOperationException or System.Data.Common.DbException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes)
            node.Dispose();
        _balancer?.Dispose();
        await Sandbox.DisposeAsync();
        await Database.DisposeAsync();
        foreach (var former in _former)
            await former.DisposeAsync();
    }

    private static Dictionary<string, string> SettingsOf(ClusterOptions options, string database, SandboxServer sandbox, Uri address)
    {
        var settings = new Dictionary<string, string>
        {
            ["Patchbay__Database"] = database,
            ["Patchbay__MasterKey"] = "1:" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            ["Patchbay__AllowPrivateNetworks"] = "true",
            ["Patchbay__Node__Heartbeat"] = Form.Heartbeat.ToString("c"),
            ["Patchbay__Node__Timeout"] = Form.NodeTimeout.ToString("c"),
            ["Patchbay__Node__StopTimeout"] = "00:00:15",
            ["Patchbay__Node__DrainDelay"] = "00:00:03",   // as the first lines of docs/examples/haproxy.cfg say
            ["Logging__LogLevel__Default"] = "Warning",
            ["DOTNET_TieredPGO"] = Form.IsLong ? "1" : "0",   // measuring what code does most costs more than it brings within a minute
        };
        foreach (var vendor in sandbox.Vendors)
            settings[$"Patchbay__Providers__{vendor}__BaseUrl"] = sandbox.UrlOf(vendor).ToString();
        if (options.SqliteFile is null)
            settings["Patchbay__PublicUrl"] = address.ToString();
        foreach (var (key, value) in options.Settings)
            settings[key] = value;
        return settings;
    }

    private static HubProcess Process(Network network, int port, string name, int number, Dictionary<string, string> settings)
    {
        var own = new Dictionary<string, string>(settings) { ["Patchbay__Node__Name"] = ClusterNode.NameOf(number) };
        return new HubProcess($"{name}-{ClusterNode.NameOf(number)}", network.Listens(number, port), own, network.Launcher(number));
    }

    private async Task SignInAsync(CancellationToken cancellationToken)
    {
        var key = await Nodes[0].Process.RunVerbAsync(cancellationToken, "keys", "create", "--platform", "--json");
        _platformKey = JsonNode.Parse(key)!["secret"]!.ToString();
    }
}
