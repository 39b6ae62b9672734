using Patchbay.Storage;

namespace Patchbay.Platform.Tenants;

/// <summary>A company using the hub: what is one tenant's is no other's.</summary>
/// <param name="ConfigVersion">Rises with every change of the configuration; how nodes notice changes.</param>
public sealed record Tenant(TenantId Id, string Name, long ConfigVersion, DateTimeOffset CreatedAt);

/// <summary>The rows of <c>tenants</c>. Locking a tenant's row puts its configuration changes one after the other.</summary>
public sealed class TenantTable : Table<TenantId, Tenant>
{
    public static readonly TenantTable Instance = new();

    private TenantTable()
        : base("tenants", tenant => tenant.Id)
    {
        Key("id", key => key.Value);
        Fixed("created_at", tenant => tenant.CreatedAt);
        Mutable("name", tenant => tenant.Name);
        Mutable("config_version", tenant => tenant.ConfigVersion);
    }

    public override Tenant Read(Row row) => new(row.Id<TenantId>("id"), row.Text("name"), row.Long("config_version"), row.Time("created_at"));
}
