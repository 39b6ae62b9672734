using System.Net.Http.Headers;
using System.Security.Cryptography;
using Patchbay.DurabilityTests.Running;
using Patchbay.TestKit;

namespace Patchbay.DurabilityTests;

/// <summary>
/// At each gateway of the sandbox, whatever it does wrong, money is moved once and the books agree although the hub is killed meanwhile:
/// see <see cref="GatewayStories"/>. The long form makes 160 payments at each, others each time.
/// </summary>
public abstract class EveryGatewayTests(HubDatabases databases, string kind)
{
    private const int Kills = 4;
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(TestForm.IsLong ? 10 : 2);

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_taken_or_given_back_twice_and_the_books_agree_although_the_hub_is_killed()
    {
        var seed = TestForm.IsLong ? RandomNumberGenerator.GetInt32(int.MaxValue) : 20_261_130;
        await using var stage = await Stage.StartAsync(databases, kind, $"gateways-{kind}", _ct);
        using var platform = await ClientOfPlatformAsync(stage);
        var shops = new List<GatewayShop>();
        foreach (var gateway in GatewayShop.Gateways)
            shops.Add(await GatewayShop.OpenAsync(stage.Sandbox, await ClientOfTenantAsync(stage, platform, gateway.Name), gateway));
        var stories = shops.Select(shop => new GatewayStories(stage.Sandbox, shop, seed, TestForm.IsLong ? 160 : 4)).ToList();

        var telling = Task.WhenAll(stories.Select(at => at.TellAsync()));
        var kills = 0;
        for (; kills < Kills; kills++)
        {
            await Task.WhenAny(telling, Task.Delay(Between, TimeProvider.System, _ct));
            if (telling.IsCompletedSuccessfully)
                break;
            await stage.Hub.KillAsync(_ct);
            stage.Hub.Start();
            await stage.Hub.BecomesReadyAsync(TimeSpan.FromSeconds(60), _ct);
        }

        await telling;
        Assert.True(kills > 0, "All was told before the hub was killed.");
        var faults = (await Task.WhenAll(stories.Select(at => at.DifferencesAsync()))).SelectMany(found => found).ToList();
        foreach (var shop in shops)
            shop.Dispose();
        Assert.True(faults.Count == 0, $"seed {seed}\n{string.Join('\n', faults)}\nThe hub's log: {stage.Hub.Log}");
        Assert.Empty(stage.Sandbox.Ledger.RepeatedPayments);
    }

    private async Task<HttpClient> ClientOfPlatformAsync(Stage stage)
    {
        var key = await stage.RunVerbAsync(_ct, "keys", "create", "--platform");
        return ClientOf(stage, key["secret"]!.ToString());
    }

    private static async Task<HttpClient> ClientOfTenantAsync(Stage stage, HttpClient platform, string name)
    {
        var tenant = await platform.PostJsonAsync("api/v1/tenants", new { name });
        using var live = ClientOf(stage, tenant.Text("api_key.secret")!);
        var key = await live.PostJsonAsync(
            "api/v1/api-keys", new { name, mode = "test", permissions = new[] { "*" }, rate_per_second = 10_000, burst = 100_000 });
        return ClientOf(stage, key.Text("secret")!);
    }

    private static HttpClient ClientOf(Stage stage, string key) => new(new PatientHandler())
    {
        BaseAddress = stage.Hub.Address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
    };
}

public sealed class EveryGatewayOnSqlite(HubDatabases databases) : EveryGatewayTests(databases, TestDatabases.Sqlite);

public sealed class EveryGatewayOnPostgreSql(HubDatabases databases) : EveryGatewayTests(databases, TestDatabases.PostgreSql);
