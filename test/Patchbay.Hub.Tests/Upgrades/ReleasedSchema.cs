using Patchbay.Server.Composition;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Upgrades;

/// <summary>Databases as an earlier release left them.</summary>
internal static class ReleasedSchema
{
    /// <summary>The migrations of 0.1.0.</summary>
    private static readonly string[] First =
    [
        "0100_engine", "0101_engine_tuning.postgresql", "0200_tenants", "0210_api_keys", "0220_idempotency", "0230_events", "0240_audit",
        "0241_audit_indexes", "0250_integrations", "0260_jobs", "0300_routing_rules", "0400_inbox", "0500_payments", "0600_messages",
    ];

    /// <summary>An empty database with that schema, as <c>Patchbay:Database</c> would name it.</summary>
    public static async Task<string> CreateAsync(HubDatabases databases, string kind, string folder, CancellationToken cancellationToken)
    {
        var setting = kind == TestDatabases.PostgreSql
            ? await databases.Server.CreateDatabaseAsync(null, cancellationToken)
            : "sqlite:" + Path.Combine(folder, "released.db");
        await using var database = Database.Open(setting);
        await new Migrator(database, Migrations(kind), TimeProvider.System).MigrateAsync(cancellationToken);
        return setting;
    }

    public static IReadOnlyList<Migration> Migrations(string kind)
    {
        var released = Migration.Load(kind, HubAssemblies.Schema).Where(migration => First.Contains(migration.Name)).ToList();
        Assert.Equal(First.Count(name => !name.EndsWith(".postgresql", StringComparison.Ordinal) || kind == TestDatabases.PostgreSql),
            released.Count);
        return released;
    }
}
