using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Patchbay.Commands;
using Patchbay.Sandbox;
using Patchbay.Sandbox.Running;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.DurabilityTests.Running;

/// <summary>
/// A hub process with a tenant that pays through Stripe and writes through Twilio, both played back in the test's own process.
/// </summary>
internal sealed class Stage : IAsyncDisposable
{
    private const string StripeKey = "sk_test_4eC39HqLyjWDarjtT1zdp7dc";
    private const string WebhookSecret = "whsec_test_secret";

    private readonly TestDatabase _database;

    private Stage(SandboxServer sandbox, HubProcess hub, TestDatabase database)
    {
        (Sandbox, Hub, _database) = (sandbox, hub, database);
        Client = new HttpClient { BaseAddress = hub.Address, Timeout = TimeSpan.FromSeconds(30) };
    }

    public SandboxServer Sandbox { get; }

    public HubProcess Hub { get; }

    /// <summary>Calls the hub as the tenant.</summary>
    public HttpClient Client { get; }

    public TenantId Tenant { get; private set; }

    /// <summary>The hub's own database, to be read only.</summary>
    public Database Database => _database.Database;

    /// <param name="name">Of the log file.</param>
    /// <param name="connection">Added to PostgreSQL's connection string; ignored for SQLite.</param>
    public static async Task<Stage> SetAsync(
        TestDatabases databases, string kind, string name, CancellationToken cancellationToken, string connection = "")
    {
        var stage = await StartAsync(databases, kind, name, cancellationToken, connection);
        try
        {
            await stage.SignInAsync(cancellationToken);
            await stage.ConnectAsync(cancellationToken);
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    /// <summary>As <see cref="SetAsync"/>, without a tenant.</summary>
    public static async Task<Stage> StartAsync(
        TestDatabases databases, string kind, string name, CancellationToken cancellationToken, string connection = "")
    {
        var sandbox = await SandboxServer.StartAsync(
            new SandboxOptions
            {
                MagicValues = false,
                CustomerDelay = TimeSpan.FromMilliseconds(50),
                ReceiptDelay = TimeSpan.FromMilliseconds(30),
                WebhookRetryDelay = TimeSpan.FromSeconds(3),   // longer than the hub is away
            }, cancellationToken);
        var database = await databases.CreateAsync(kind, cancellationToken);
        var settings = new Dictionary<string, string>
        {
            ["Patchbay__Database"] = database.Setting + (kind == TestDatabases.PostgreSql ? connection : ""),
            ["Patchbay__AllowPrivateNetworks"] = "true",
            ["Patchbay__Node__Heartbeat"] = "00:00:00.3",
            ["Patchbay__Node__Timeout"] = "00:00:01",
            ["Patchbay__Node__StopTimeout"] = "00:00:10",
        };
        foreach (var vendor in sandbox.Vendors)
            settings[$"Patchbay__Providers__{vendor}__BaseUrl"] = sandbox.UrlOf(vendor).ToString();
        var hub = new HubProcess(name, null, settings);
        var stage = new Stage(sandbox, hub, database);
        try
        {
            await hub.StartAndWaitAsync(cancellationToken);
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Another verb on the same database, beside the hub. In this process: one of its own would spend its time on compiling.
    /// </summary>
    /// <returns>What it made.</returns>
    public async Task<JsonNode> RunVerbAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        string[] all = [.. arguments, "--json", "--database", _database.Setting, "--data", Hub.DataFolder];
        var code = await CommandLine.RunAsync(all, output, errors).WaitAsync(cancellationToken);
        return code == 0 ? JsonNode.Parse(output.ToString())! : throw new InvalidOperationException(errors.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Hub.Dispose();
        await Sandbox.DisposeAsync();
        await _database.DisposeAsync();
    }

    private async Task SignInAsync(CancellationToken cancellationToken)
    {
        var tenant = await RunVerbAsync(cancellationToken, "tenants", "create", "shop");
        Tenant = TypeId.Parse<TenantId>(tenant["id"]!.ToString());
        var key = await RunVerbAsync(cancellationToken, "keys", "create", "--tenant", "shop", "--permissions", "*", "--mode", "test");
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key["secret"]!.ToString());
        var changed = await Client.PatchJsonAsync($"api/v1/api-keys/{key["id"]}", new { rate_per_second = 10_000, burst = 100_000 });
        Assert.True(changed.Status == System.Net.HttpStatusCode.OK, changed.ToString());
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        var settings = new { requests_per_second = 10_000, timeout_seconds = 10, retry = new { first_delay_seconds = 0.2 } };
        var credentials = new Dictionary<string, string> { ["secret_key"] = StripeKey, ["webhook_secret"] = WebhookSecret };
        var stripe = await AddAsync(new { provider = "stripe", mode = "sandbox", settings, credentials }, cancellationToken);
        await AddAsync(
            new
            {
                provider = "twilio", mode = "sandbox", settings,
                credentials = new { account_sid = "AC0123456789abcdef0123456789abcdef", auth_token = "0123456789abcdef0123456789abcdef",
                    from_number = "+14155550100" },
            }, cancellationToken);
        Sandbox.Connect("stripe", credentials, new Uri(Hub.Address, $"api/webhooks/stripe/{stripe}"));
        var rule = await Client.PostJsonAsync(
            "api/v1/routing-rules", new { capability = "initiate_payment", priority = 10, integration_id = stripe });
        Assert.True(rule.Status == System.Net.HttpStatusCode.Created, rule.ToString());
    }

    private async Task<string> AddAsync(object integration, CancellationToken cancellationToken)
    {
        var added = await Client.PostJsonAsync("api/v1/integrations", integration);
        Assert.True(added.Status is System.Net.HttpStatusCode.OK or System.Net.HttpStatusCode.Accepted or System.Net.HttpStatusCode.Created,
            added.ToString());
        var id = added.Text("id")!;
        await Eventually.BecomesAsync(
            async () => (await Client.GetJsonAsync($"api/v1/integrations/{id}")).Text("status") == "active", TimeSpan.FromSeconds(20),
            cancellationToken);
        return id;
    }
}
