using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Hub.Tests.Support;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Integrations;
using Patchbay.Platform.Tenants;
using Patchbay.Platform.Vault;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Integrations;

/// <summary>Credentials that end up in a header, with characters that headers cannot carry.</summary>
public sealed class UnsendableCredentialsTests(HubDatabases databases) : IAsyncLifetime
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private Shop _shop = null!;

    public async ValueTask InitializeAsync() => _shop = await Shop.OpenLentAsync(databases, TestDatabases.Sqlite, _ct);

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task An_integration_with_them_is_in_error_and_the_reason_names_the_field()
    {
        var credentials = new Dictionary<string, string>(_shop.StripeCredentials) { ["account_id"] = "acct_caf\u00e9" };
        var created = await _shop.Client.PostJsonAsync(
            "/api/v1/integrations", new { provider = "stripe", mode = "sandbox", name = "Caf\u00e9", credentials });
        Assert.Equal(202, (int)created.Status);

        var failed = await _shop.BecomesAsync($"/api/v1/integrations/{created.Text("id")}", "error");

        Assert.Contains("credentials.account_id", failed.Text("status_reason"), StringComparison.Ordinal);
        Assert.Contains("ASCII", failed.Text("status_reason"), StringComparison.Ordinal);
        var check = await _shop.DeliveryOfAsync(created.Text("id")!);
        Assert.Equal(
            ("exhausted", "unsendable_header", 1),
            (check.GetProperty("status").GetString(), check.GetProperty("error_code").GetString(),
                check.GetProperty("attempt_count").GetInt32()));
    }

    [Theory]
    [InlineData("acct_\u00e9")]
    [InlineData("acct_1\nx: y")]
    public async Task A_payment_through_credentials_stored_long_ago_is_given_up_with_a_code_and_nothing_in_doubt(string account)
    {
        await StoreAsync(account);

        var payment = (await _shop.PayAsync("20.00", new { integration_id = _shop.Stripe })).Text("id")!;

        var failed = await _shop.BecomesAsync($"/api/v1/payments/{payment}", "failed");
        Assert.Equal("unsendable_header", failed.Text("failure_code"));
        Assert.Contains("credentials.account_id", failed.Text("failure_message"), StringComparison.Ordinal);
        Assert.DoesNotContain(_shop.Hub.Log.Lines, line => line.Exception is not null);
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var next = await _shop.PayAsync("20.00", new { integration_id = _shop.Stripe });
            await _shop.BecomesAsync($"/api/v1/payments/{next.Text("id")}", "failed");
        }

        var broken = await _shop.BecomesAsync($"/api/v1/integrations/{_shop.Stripe}", "error");
        Assert.Contains("credentials.account_id", broken.Text("status_reason"), StringComparison.Ordinal);
    }

    /// <summary>As a hub without today's checks would have stored it.</summary>
    private async Task StoreAsync(string account)
    {
        var id = IntegrationId.Parse(_shop.Stripe, null);
        var credentials = new JsonObject(_shop.StripeCredentials.Select(field => KeyValuePair.Create(field.Key, (JsonNode?)field.Value)))
        {
            ["account_id"] = account,
        };
        var cipher = await _shop.Hub.Services.GetRequiredService<TenantVault>().OpenAsync(_shop.Tenant, _ct);
        var database = _shop.Hub.Services.GetRequiredService<Database>();
        await database.ExecuteAsync(
            "UPDATE integrations SET credentials = @credentials WHERE tenant_id = @Tenant AND id = @id",
            new { credentials = Credentials.Seal(cipher, id, credentials), _shop.Tenant, id }, _ct);
        await database.ExecuteAsync(
            "UPDATE tenants SET config_version = config_version + 1 WHERE id = @Tenant", new { _shop.Tenant }, _ct);
        await _shop.Hub.Services.GetRequiredService<TenantConfigs>().RefreshAsync(_shop.Tenant, _ct);
    }
}
