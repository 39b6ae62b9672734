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

    public HubHost Host => host;

    public static async Task<ShardedHub> StartAsync(HubDatabases mains, string mainKind, TestDatabases easts, string eastKind, CancellationToken cancellationToken)
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

    public TenantMover Mover(string from, string to, Action<MoveProgress>? report = null) =>
        new(End(from), End(to), host.Services.GetRequiredService<IdGenerator>(), TimeProvider.System, report ?? (_ => { }));

    public Task MoveAsync(TenantId tenant, string from, string to, CancellationToken cancellationToken, Action<MoveProgress>? report = null) =>
        Mover(from, to, report).RunAsync(tenant, TimeSpan.FromSeconds(30), cancellationToken);

    /// <summary>How many rows of the tenant each table of a shard has.</summary>
    public async Task<IReadOnlyDictionary<string, long>> CountAsync(string shard, TenantId tenant, CancellationToken cancellationToken)
    {
        var database = Database(shard);
        var counts = new Dictionary<string, long>();
        foreach (var table in await TenantTables.ReadAsync(database, cancellationToken))
            counts[table.Name] = await CountAsync(database, $"SELECT count(*) AS count FROM {table.Name} WHERE tenant_id = @tenant");
        counts["tenants"] = await CountAsync(database, "SELECT count(*) AS count FROM tenants WHERE id = @tenant");
        return counts;

        async Task<long> CountAsync(Database on, string sql) => (await on.QueryAsync(sql, new { tenant }, row => row.Long("count"), cancellationToken))[0];
    }

    public async Task AssertNothingAsync(string shard, TenantId tenant, CancellationToken cancellationToken) =>
        Assert.All(await CountAsync(shard, tenant, cancellationToken), table => Assert.True(table.Value == 0, $"{shard} has {table.Value} rows in {table.Key}"));

    /// <summary>Where the tenant is active.</summary>
    public async Task<IReadOnlyList<string>> ActiveOnAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var active = new List<string>();
        foreach (var shard in (string[])[Main, East])
        {
            if (await TenantMover.FindAsync(Database(shard), tenant, cancellationToken) is { Tenant: not null, Move: null })
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

    private static Task<HubHost> StartHostAsync(TestDatabase main, TestDatabase east, HubHost? beside, CancellationToken cancellationToken) => HubHost.StartAsync(
        main.Setting,
        options =>
        {
            options.Sandbox = beside?.Sandbox;
            options.SandboxOptions.WebhookRetryDelay = TimeSpan.FromSeconds(1.5);   // a move must not outlast the provider's patience
            options.Hub = hub => hub.Shards[East] = new ShardOptions { Database = east.Setting };
        },
        cancellationToken);
}
