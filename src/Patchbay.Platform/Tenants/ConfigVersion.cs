using Patchbay.Storage;

namespace Patchbay.Platform.Tenants;

/// <summary>Tells every node that a tenant's configuration has changed.</summary>
public static class ConfigVersion
{
    public static void Need(LedgerNeeds needs, TenantId tenant) => needs.Row(TenantTable.Instance, tenant);

    /// <param name="changed">TypeIDs of the rows of the configuration that are new, changed or gone.</param>
    public static void Raise(LedgerRows rows, TenantId tenant, params IReadOnlyCollection<string> changed)
    {
        var row = rows.Find(TenantTable.Instance, tenant) ?? throw new InvalidOperationException("The tenant is gone.");
        var version = row.ConfigVersion + 1;
        rows.Update(
            TenantTable.Instance,
            row with { ConfigVersion = version, ConfigChanges = ConfigHistory.With(row.ConfigChanges, version, changed) });
    }
}
