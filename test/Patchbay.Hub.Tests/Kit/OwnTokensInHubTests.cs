using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Kit;

/// <summary>Where access tokens that are got in a way of its own are kept, and where they are not: at every such gateway.</summary>
public abstract class OwnTokensInHubTests(HubDatabases databases, string kind)
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_token_is_used_by_all_calls_and_no_attempt_tells_how_it_was_got()
    {
        await using var hub = await databases.LendAsync(kind, _ct);
        var gateways = GatewayShop.Gateways.Where(one => one.Manifest.OAuth?.Flow == Connectors.Contracts.OAuthFlow.Own).ToList();
        Assert.NotEmpty(gateways);
        foreach (var gateway in gateways)
        {
            hub.Host.Sandbox.Autopay = false;   // customers act on the gateway's page
            using var shop = await GatewayShop.OpenAsync(hub.Host, gateway);
            hub.Host.Sandbox.Ledger.Clear();

            await shop.PaidAsync("20.00");

            Assert.Equal(0, hub.Host.Sandbox.Ledger.Requests(gateway.Name, "tokens.create"));   // that of the check still holds
            Assert.Single(await RowsAsync("SELECT origin AS text FROM access_tokens WHERE tenant_id = @tenant LIMIT 10", shop.Tenant));
            var told = string.Join('\n', await RowsAsync(
                "SELECT COALESCE(request_excerpt, '') || COALESCE(response_excerpt, '') AS text FROM attempts WHERE tenant_id = @tenant "
                    + "LIMIT 100", shop.Tenant));
            Assert.Contains("20", told, StringComparison.Ordinal);
            Assert.DoesNotContain("login", told, StringComparison.Ordinal);
            Assert.DoesNotContain("access_token", told, StringComparison.Ordinal);
            Assert.DoesNotContain("password", told, StringComparison.Ordinal);
        }

        Task<IReadOnlyList<string>> RowsAsync(string sql, TenantId tenant) =>
            hub.Database.QueryAsync(sql, new { tenant }, row => row.FindText("text") ?? "", _ct);
    }
}

public sealed class OwnTokensInHubTestsOnSqlite(HubDatabases databases) : OwnTokensInHubTests(databases, TestDatabases.Sqlite);

public sealed class OwnTokensInHubTestsOnPostgreSql(HubDatabases databases) : OwnTokensInHubTests(databases, TestDatabases.PostgreSql);
