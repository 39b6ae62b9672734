using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Server.Shards;
using Patchbay.Server.Shards.Moving;
using Patchbay.Hub.Tests.Support;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Shards;

/// <summary>A hub with two shards, <c>main</c> and <c>east</c>, and what tests ask about them.</summary>
internal sealed class ShardedHub(HubHost host, TestDatabase main, TestDatabase east) : IAsyncDisposable
{
    public const string Main = "main";
    public const string East = "east";

    private static int s_shops;

    private readonly ConcurrentDictionary<string, string> _counting = new();

    public HubHost Host => host;

    public static async Task<ShardedHub> StartAsync(
        HubDatabases mains, string mainKind, TestDatabases easts, string eastKind, CancellationToken cancellationToken)
    {
        var main = await mains.CreateAsync(mainKind, cancellationToken);
        var east = await easts.CreateAsync(eastKind, cancellationToken);
        return new ShardedHub(await StartHostAsync(main, east, null, cancellationToken), main, east);
    }

    /// <summary>Another node on the same databases.</summary>
    public Task<HubHost> StartNodeAsync(CancellationToken cancellationToken) => StartHostAsync(main, east, host, cancellationToken);

    public Task<Shop> OpenShopAsync(string shard, CancellationToken cancellationToken) =>
        Shop.OpenOnAsync(host, shard, "sk_test_shop" + Interlocked.Increment(ref s_shops), cancellationToken);

    public Database Database(string shard) => host.Of(shard).GetRequiredService<Database>();

    public MoveEnd End(string shard) => new(shard, Database(shard), host.Of(shard).GetRequiredService<Ledger>());

    public TenantMover Mover(string from, string to, Action<MoveProgress>? report = null, TimeProvider? time = null) =>
        new(End(from), End(to), host.Services.GetRequiredService<IdGenerator>(), time ?? TimeProvider.System, report ?? (_ => { }));

    /// <param name="time">By which it waits for nodes and for calls on their way; null: as it really does.</param>
    public Task MoveAsync(
        TenantId tenant, string from, string to, CancellationToken cancellationToken, Action<MoveProgress>? report = null,
        TimeProvider? time = null) =>
        Mover(from, to, report, time).RunAsync(tenant, TimeSpan.FromMinutes(5), cancellationToken);

    /// <summary>How many rows of the tenant each table of a shard has.</summary>
    public async Task<IReadOnlyDictionary<string, long>> CountAsync(string shard, TenantId tenant, CancellationToken cancellationToken)
    {
        var database = Database(shard);
        if (!_counting.TryGetValue(shard, out var sql))
        {
            var tables = (await TenantTables.ReadAsync(database, cancellationToken)).Select(table => (table.Name, Key: "tenant_id"));
            _counting[shard] = sql = string.Join(
                " UNION ALL ",
                from table in tables.Append((Name: "tenants", Key: "id"))
                select $"SELECT '{table.Name}' AS name, count(*) AS count FROM {table.Name} WHERE {table.Key} = @tenant");
        }

        var counts = await database.QueryAsync(
            sql, new { tenant }, row => (Name: row.Text("name"), Count: row.Long("count")), cancellationToken);
        return counts.ToDictionary(table => table.Name, table => table.Count);
    }

    public async Task AssertNothingAsync(string shard, TenantId tenant, CancellationToken cancellationToken) =>
        Assert.All(await CountAsync(shard, tenant, cancellationToken), table =>
            Assert.True(table.Value == 0, $"{shard} has {table.Value} rows in {table.Key}"));

    /// <summary>Where the tenant is active.</summary>
    public async Task<IReadOnlyList<string>> ActiveOnAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var active = new List<string>();
        foreach (var shard in (string[])[Main, East])
        {
            var rows = await Database(shard).QueryAsync(
                "SELECT id FROM tenants WHERE id = @tenant AND NOT EXISTS (SELECT 1 FROM tenant_moves WHERE tenant_id = @tenant)",
                new { tenant }, row => row.Id<TenantId>("id"), cancellationToken);
            if (rows.Count > 0)
                active.Add(shard);
        }

        return active;
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await main.DisposeAsync();
        await east.DisposeAsync();
    }

    private static Task<HubHost> StartHostAsync(
        TestDatabase main, TestDatabase east, HubHost? beside, CancellationToken cancellationToken) => HubHost.StartAsync(
        main.Setting,
        options =>
        {
            options.Sandbox = beside?.Sandbox;
            options.SandboxOptions.WebhookRetryDelay = TimeSpan.FromSeconds(1.5);   // a move must not outlast the provider's patience
            options.Hub = hub => hub.Shards[East] = new ShardOptions { Database = east.Setting };
        },
        cancellationToken);
}
