using Microsoft.Extensions.DependencyInjection;
using Patchbay.Integrations.Deliveries;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Routing;

/// <summary>One hub for the tests of a class; each test has tenants of its own, whose integrations are verified by the sandbox.</summary>
public sealed class RoutingHub(HubDatabases databases) : IAsyncLifetime
{
    private static int _tenants;

    private TestDatabase _database = null!;

    public HubHost Hub { get; private set; } = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await databases.CreateAsync(TestDatabases.Sqlite, TestContext.Current.CancellationToken);
        Hub = await HubHost.StartAsync(_database.Setting, null, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Hub.DisposeAsync();
        await _database.DisposeAsync();
    }

    public async Task<(TenantId Id, HttpClient Client)> TenantAsync()
    {
        var (id, key) = await Hub.CreateTenantAsync($"Router {Interlocked.Increment(ref _tenants)}", TestContext.Current.CancellationToken);
        return (id, Hub.Client(key));
    }

    /// <summary>As an earlier version took them: all rules of the tenant are for another capability.</summary>
    public async Task TurnRulesIntoAsync(TenantId tenant, string capability)
    {
        await _database.Database.ExecuteAsync(
            "UPDATE routing_rules SET capability = @capability WHERE tenant_id = @tenant", new { tenant, capability }, Token);
        await _database.Database.ExecuteAsync(
            "UPDATE tenants SET config_version = config_version + 1 WHERE id = @tenant", new { tenant }, Token);
        await Hub.Services.GetRequiredService<TenantConfigs>().RefreshAsync(tenant, Token);
    }

    /// <summary>An active Stripe integration.</summary>
    public static async Task<IntegrationId> StripeAsync(HttpClient client, string name, params string[] capabilities)
    {
        var created = await client.PostJsonAsync(
            "/api/v1/integrations",
            new
            {
                provider = "stripe", name, mode = "sandbox",
                credentials = new { secret_key = "sk_test_51Shop", webhook_secret = "whsec_test_secret" },
                capabilities = capabilities.Length == 0 ? null : capabilities,
            },
            wait: TimeSpan.FromSeconds(10));
        Assert.True(created.Text("status") == "active", created.ToString());
        return IntegrationId.Parse(created.Text("id")!, null);
    }
}
