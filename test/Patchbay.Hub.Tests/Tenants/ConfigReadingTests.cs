using Microsoft.Extensions.DependencyInjection;
using Patchbay.Hub.Tests.Support;
using Patchbay.Hub.Webhooks;
using Patchbay.Integrations.Integrations;
using Patchbay.Integrations.Routing;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Tenants;

/// <summary>A node reads again what has changed in a configuration, and ends with what it would find by reading everything.</summary>
public abstract class ConfigReadingTests(HubDatabases databases, string kind) : ShopTests(databases, kind)
{
    private Database Database => Shop.Hub.Services.GetRequiredService<Database>();

    [Fact]
    public async Task What_has_not_changed_is_not_read_again()
    {
        await Database.ExecuteAsync(
            "UPDATE integrations SET name = 'unseen' WHERE tenant_id = @Tenant AND provider = 'plivo'", new { Shop.Tenant }, Token);

        await Shop.Client.PatchJsonAsync($"/api/v1/integrations/{Shop.Twilio}", new { name = "Changed" });
        Assert.Equal(("Changed", false), (await NameAsync(Shop.Twilio), await NameAsync(Shop.Plivo) == "unseen"));

        // A version of which nobody said what it changed.
        await Database.ExecuteAsync(
            "UPDATE tenants SET config_version = config_version + 1 WHERE id = @Tenant", new { Shop.Tenant }, Token);
        await Shop.Client.PatchJsonAsync($"/api/v1/integrations/{Shop.Twilio}", new { name = "Changed again" });
        Assert.Equal(("Changed again", "unseen"), (await NameAsync(Shop.Twilio), await NameAsync(Shop.Plivo)));
    }

    [Fact]
    public async Task After_any_changes_a_node_has_what_is_there()
    {
        var rules = new List<string>();
        for (var i = 0; i < 12; i++)
        {
            var made = await Shop.Client.PostJsonAsync(
                "/api/v1/routing-rules", new { capability = "send_sms", priority = 100 - i, integration_id = Shop.Plivo });
            rules.Add(made.Text("id")!);
        }

        await Shop.Client.PatchJsonAsync($"/api/v1/routing-rules/{rules[3]}", new { priority = 500 });
        await Shop.Client.DeleteJsonAsync($"/api/v1/routing-rules/{rules[4]}");
        var endpoint = await Shop.Client.PostJsonAsync("/api/v1/webhooks", new { url = "http://127.0.0.1:9/hook", events = new[] { "*" } });
        await Shop.Client.PatchJsonAsync($"/api/v1/webhooks/{endpoint.Text("id")}", new { description = "changed" });
        await AssertAllAsync();

        var ids = (await Shop.Client.GetJsonAsync("/api/v1/routing-rules?limit=100"))["data"].EnumerateArray()
            .Select(rule => rule.GetProperty("id").GetString());
        Assert.Equal(200, (int)(await Shop.Client.PostJsonAsync("/api/v1/routing-rules/reorder", new { ids })).Status);
        await Shop.Client.DeleteJsonAsync($"/api/v1/webhooks/{endpoint.Text("id")}");
        await Shop.Client.PostJsonAsync("/api/v1/integrations/providers/plivo/incident", new { active = true });
        await AssertAllAsync();
    }

    [Fact]
    public async Task What_is_read_of_a_tenant_that_arrives_meanwhile_is_not_taken_for_the_whole()
    {
        await Database.ExecuteAsync(
            "INSERT INTO tenant_moves (tenant_id, phase, other, mover, changed_at) VALUES (@Tenant, 'arriving', 'x', @mover, @now)",
            new { Shop.Tenant, mover = Shop.Tenant.Value, now = TimeProvider.System.GetUtcNow() }, Token);

        var read = await new TenantConfigs(Database, [new Arrival(Database)]).GetAsync(Shop.Tenant, Token);

        Assert.True(read.Moving);
    }

    /// <summary>The tenant is served from here on, just when this part of its configuration has been read.</summary>
    private sealed class Arrival(Database database) : IConfigPart
    {
        public async Task<object> ReadAsync(TenantId tenant, CancellationToken cancellationToken)
        {
            await database.ExecuteAsync("DELETE FROM tenant_moves WHERE tenant_id = @tenant", new { tenant }, cancellationToken);
            return this;
        }

        public Task<object> ReadAgainAsync(TenantConfig present, IReadOnlySet<string> changed, CancellationToken cancellationToken) =>
            ReadAsync(present.Tenant, cancellationToken);
    }

    private async Task<string?> NameAsync(string integration) =>
        (await Shop.Client.GetJsonAsync($"/api/v1/integrations/{integration}")).Text("name");

    private async Task AssertAllAsync()
    {
        var services = Shop.Hub.Services;
        var known = services.GetRequiredService<TenantConfigs>().Known(Shop.Tenant)!;
        var fresh = await new TenantConfigs(Database, services.GetServices<IConfigPart>()).GetAsync(Shop.Tenant, Token);

        Assert.Equal(fresh.Version, known.Version);
        Assert.Equal(
            fresh.Part<RuleSet>().All.Select(rule => (rule.Id, rule.Priority, rule.UpdatedAt)),
            known.Part<RuleSet>().All.Select(rule => (rule.Id, rule.Priority, rule.UpdatedAt)));
        Assert.Equal(
            fresh.Part<IntegrationSet>().All.Select(row => (row.Id, row.Held, row.UpdatedAt)),
            known.Part<IntegrationSet>().All.Select(row => (row.Id, row.Held, row.UpdatedAt)));
        Assert.Equal(
            fresh.Part<WebhookSet>().All.Select(row => (row.Id, row.Description)),
            known.Part<WebhookSet>().All.Select(row => (row.Id, row.Description)));
    }
}

public sealed class ConfigReadingTestsOnSqlite(HubDatabases databases) : ConfigReadingTests(databases, TestDatabases.Sqlite);

public sealed class ConfigReadingTestsOnPostgreSql(HubDatabases databases) : ConfigReadingTests(databases, TestDatabases.PostgreSql);
