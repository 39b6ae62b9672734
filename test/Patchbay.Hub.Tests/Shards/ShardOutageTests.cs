using Patchbay.Platform.Access;
using Patchbay.Platform.Vault;
using Patchbay.Server.Shards;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Shards;

[Trait("Takes", "long")]
public sealed class ShardOutageTests(HubDatabases mains)
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_shard_that_is_down_takes_nobody_elses_tenants_with_it_and_comes_back()
    {
        await using var easts = new EastDatabases();   // a cluster that nobody else is on
        await using var hub = await ShardedHub.StartAsync(mains, TestDatabases.PostgreSql, easts, TestDatabases.PostgreSql, _ct);
        using var main = hub.Host.Client((await hub.Host.CreateTenantAsync("here", _ct)).Key);
        using var other = hub.Host.Client((await hub.Host.CreateTenantAsync("also here", _ct)).Key);
        using var east = hub.Host.Client((await hub.Host.CreateTenantAsync("there", _ct, ShardedHub.East)).Key);
        using var stranger = hub.Host.Client(ApiKeySecret.New(live: true));
        Assert.Equal(200, await AskAsync(main));
        Assert.Equal(200, await AskAsync(east));

        await easts.Server.CrashAsync(
            async () =>
            {
                await Eventually.BecomesAsync(async () => await AskAsync(east) == 503, TimeSpan.FromSeconds(60), _ct);
                Assert.Equal(200, await AskAsync(main));
                Assert.Equal(200, await AskAsync(other));   // a key that was never seen before
                Assert.Equal(503, await AskAsync(stranger));   // it may be one of the shard that cannot be asked
                var ready = await main.GetJsonAsync("/readyz");
                var strict = await main.GetJsonAsync("/readyz?shard=east");
                Assert.Equal((200, 503), ((int)ready.Status, (int)strict.Status));
            }, _ct);

        await Eventually.BecomesAsync(async () => await AskAsync(east) == 200, TimeSpan.FromSeconds(60), _ct);
        await Eventually.BecomesAsync(async () => await AskAsync(stranger) == 401, TimeSpan.FromSeconds(60), _ct);
    }

    [Fact]
    public async Task A_hub_starts_without_a_shard_that_is_away()
    {
        await using var database = await mains.CreateAsync(TestDatabases.Sqlite, _ct);
        await using var hub = await HubHost.StartAsync(
            database.Setting,
            options => options.Hub =
                settings => settings.Shards["east"] = new ShardOptions { Database = "Host=127.0.0.1;Port=1;Username=nobody;Database=none" },
            _ct);
        using var client = hub.Client((await hub.CreateTenantAsync("here", _ct)).Key);

        await Eventually.BecomesAsync(async () => await AskAsync(client) == 200, TimeSpan.FromSeconds(60), _ct);
        Assert.Contains(hub.Log.Lines, line => line.Text.Contains("Shard east cannot start", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_master_key_that_is_not_the_databases_ends_the_start_of_all_shards()
    {
        await using var database = await mains.CreateAsync(TestDatabases.Sqlite, _ct);
        await using var further = await mains.CreateAsync(TestDatabases.Sqlite, _ct);
        await using (var hub = await HubHost.StartAsync(database.Setting, Sharded, _ct))
            await hub.CreateTenantAsync("there", _ct, ShardedHub.East);

        await Assert.ThrowsAsync<MasterKeyException>(() => HubHost.StartAsync(
            database.Setting,
            options =>
            {
                Sharded(options);
                options.Hub += hub => hub.MasterKey = "1:" + Convert.ToBase64String(new byte[32]);
            }, _ct));

        void Sharded(HubHostOptions options) =>
            options.Hub = hub => hub.Shards[ShardedHub.East] = new ShardOptions { Database = further.Setting };
    }

    private static async Task<int> AskAsync(HttpClient client) =>
        (int)(await client.GetJsonAsync("/api/v1/payments")).Status;   // not from memory
}
