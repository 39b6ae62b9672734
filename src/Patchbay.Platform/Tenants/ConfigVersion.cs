using Patchbay.Storage;

namespace Patchbay.Platform.Tenants;

/// <summary>Tells every node that a tenant's configuration has changed.</summary>
public static class ConfigVersion
{
    public static void Need(LedgerNeeds needs, TenantId tenant) => needs.Row(TenantTable.Instance, tenant);

    public static void Raise(LedgerRows rows, TenantId tenant)
    {
        var row = rows.Find(TenantTable.Instance, tenant) ?? throw new InvalidOperationException("The tenant is gone.");
        rows.Update(TenantTable.Instance, row with { ConfigVersion = row.ConfigVersion + 1 });
    }
}
