using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Platform.Access;
using Patchbay.Platform.ShardNames;
using Patchbay.Server.Shards.Moving;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Shards;

/// <summary>What a move has to find by itself.</summary>
public sealed class TenantTablesTests(HubDatabases databases)
{
    /// <summary>Tables that are not a tenant's. Whoever adds one here has seen to it that a move need not take it along.</summary>
    private static readonly string[] OfTheShard = ["lane_warnings", "master_keys", "nodes", "schema_migrations", "tenant_moves", "tenants"];

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestDatabases.Sqlite)]
    [InlineData(TestDatabases.PostgreSql)]
    public async Task Every_table_is_a_tenants_and_can_be_copied_or_is_known_to_be_the_shards(string kind)
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        var all = await database.Database.QueryAsync(
            kind == TestDatabases.Sqlite
                ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
                : "SELECT c.relname::text AS name FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace " +
                  "WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY c.relname",
            new { }, row => row.Text("name"), _ct);

        var found = await TenantTables.ReadAsync(database.Database, _ct);

        Assert.Equal(all.Except(OfTheShard).Order(StringComparer.Ordinal), found.Select(table => table.Name).Order(StringComparer.Ordinal));
        Assert.Contains("payments", found.Select(table => table.Name));
        foreach (var table in found)
        {
            Assert.True(table.HasKey, $"{table.Name} has no primary key");
            Assert.All(table.Columns, column =>
                Assert.True(TenantTables.CanCopy(column), $"{table.Name}.{column.Name} is {column.Type}: teach TenantRows to copy it"));
        }
    }

    [Fact]
    public async Task Of_a_partitioned_table_only_the_parent_is_found_and_the_key_is_in_its_order()
    {
        await using var database = await databases.CreateAsync(TestDatabases.PostgreSql, _ct);
        await database.Database.ExecuteAsync(
            "CREATE TABLE parted (day timestamptz NOT NULL, tenant_id uuid NOT NULL, id uuid NOT NULL, PRIMARY KEY (tenant_id, id, day)) "
            + "PARTITION BY RANGE (day); " +
            "CREATE TABLE parted_2026 PARTITION OF parted FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
            new { }, _ct);

        var table = Assert.Single(
            await TenantTables.ReadAsync(database.Database, _ct), table => table.Name.StartsWith("parted", StringComparison.Ordinal));

        Assert.Equal("parted", table.Name);
        Assert.Equal(["id", "day"], table.Key);
    }

    [Fact]
    public async Task Every_open_address_with_a_parameter_says_how_its_shard_is_found()
    {
        await using var database = await databases.CreateAsync(TestDatabases.Sqlite, _ct);
        await using var hub = await HubHost.StartAsync(database.Setting, null, _ct);

        var open = hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<RequiredPermission>() is null && endpoint.RoutePattern.Parameters.Count > 0)
            .Where(endpoint => !endpoint.RoutePattern.RawText!.Contains(
                "{documentName", StringComparison.Ordinal))   // the description of the API
            .ToList();

        Assert.Contains(open, endpoint => endpoint.Metadata.GetMetadata<ShardAddress>() is not null);
        Assert.All(open, endpoint => Assert.True(
            endpoint.Metadata.GetMetadata<ShardAddress>() is not null || endpoint.Metadata.GetMetadata<AnyShard>() is not null,
            $"{endpoint.RoutePattern.RawText}: call FoundBy or OnAnyShard"));
    }
}
