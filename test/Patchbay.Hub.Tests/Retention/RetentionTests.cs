using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Patchbay.Platform.Retention;
using Patchbay.Hub.Tests.Support;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Retention;

[Trait("Takes", "long")]
public abstract class RetentionTests(HubDatabases databases, string kind)
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_has_ended_is_deleted_in_its_time_and_payments_and_audit_stay()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var shop = await Shop.OpenAsync(database.Setting, _ct);
        var payment = await shop.PaidAsync("10.00");
        await shop.DeliveredAsync(payment);
        var audited = await CountAsync(shop, "audit");

        await RunAfterAsync(shop, TimeSpan.FromDays(29));
        Assert.True(await CountAsync(shop, "events") > 0);
        Assert.True(await CountAsync(shop, "deliveries") > 0);

        await EmptiesAsync(shop, TimeSpan.FromDays(38), "events", "idempotency");
        Assert.True(await CountAsync(shop, "deliveries") > 0);

        await EmptiesAsync(shop, TimeSpan.FromDays(98), "deliveries", "attempts", "inbox");
        Assert.Equal(1, await CountAsync(shop, "payments"));
        Assert.Equal(audited, await CountAsync(shop, "audit"));
    }

    private static Task RunAfterAsync(Shop shop, TimeSpan later)
    {
        var services = shop.Hub.Services;
        var time = new ManualTime(services.GetRequiredService<TimeProvider>().GetUtcNow() + later);
        var (database, options) = (services.GetRequiredService<Database>(), services.GetRequiredService<RetentionOptions>());
        var upkeep = new PartitionUpkeep(database, Declared.Retained, options, time, NullLogger<PartitionUpkeep>.Instance);
        return new Platform.Retention.Retention(database, upkeep, Declared.Retained, Declared.Expiring, options, time)
            .RunAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The last webhooks may still be coming in.</summary>
    private Task EmptiesAsync(Shop shop, TimeSpan later, params string[] tables) => Eventually.BecomesAsync(
        async () =>
        {
            await RunAfterAsync(shop, later);
            var left = await Task.WhenAll(tables.Select(table => CountAsync(shop, table)));
            return left.Sum() == 0;
        },
        TimeSpan.FromSeconds(60), _ct);

    private async Task<int> CountAsync(Shop shop, string table) =>
        (await shop.Hub.Services.GetRequiredService<Database>()
            .QueryAsync($"SELECT count(*) AS n FROM {table}", new { }, row => row.Int("n"), _ct))[0];
}

public sealed class RetentionTestsOnSqlite(HubDatabases databases) : RetentionTests(databases, TestDatabases.Sqlite);

public sealed class RetentionTestsOnPostgreSql(HubDatabases databases) : RetentionTests(databases, TestDatabases.PostgreSql);
