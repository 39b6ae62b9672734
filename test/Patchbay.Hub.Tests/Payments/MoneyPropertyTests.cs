using System.Collections.Concurrent;
using System.Security.Cryptography;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Payments;

/// <summary>
/// Whatever goes wrong at any gateway, money is moved once and the books agree: see <see cref="GatewayStories"/>. The long form makes 300
/// payments at each, others each time.
/// </summary>
public abstract class MoneyPropertyTests(HubDatabases databases, string kind)
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_taken_or_given_back_twice_and_the_books_agree()
    {
        var seed = TestForm.IsLong ? RandomNumberGenerator.GetInt32(int.MaxValue) : 20_261_130;
        await using var hub = await databases.LendAsync(kind, _ct);
        var faults = new ConcurrentBag<string>();
        await Task.WhenAll(GatewayShop.Gateways.Select(async gateway =>
        {
            using var shop = await GatewayShop.OpenAsync(hub.Host, gateway);
            var stories = new GatewayStories(hub.Host.Sandbox, shop, seed, TestForm.IsLong ? 300 : 6);
            await stories.TellAsync();
            foreach (var fault in await stories.DifferencesAsync())
                faults.Add(fault);
        }));

        Assert.True(faults.IsEmpty, $"seed {seed}\n{string.Join('\n', faults.Order(StringComparer.Ordinal))}");
        Assert.Empty(hub.Host.Sandbox.Ledger.RepeatedPayments);
    }
}

public sealed class MoneyPropertyTestsOnSqlite(HubDatabases databases) : MoneyPropertyTests(databases, TestDatabases.Sqlite);

public sealed class MoneyPropertyTestsOnPostgreSql(HubDatabases databases) : MoneyPropertyTests(databases, TestDatabases.PostgreSql);
