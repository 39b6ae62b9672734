using Patchbay.Platform.Vault;
using Patchbay.Storage;

namespace Patchbay.Platform.Tenants;

/// <summary>
/// The tenant that platform keys belong to. It is nobody's company: its keys have the permission <c>platform</c> only, which opens the
/// tenant endpoints and no other, so no key of the platform can read what is a tenant's. Made when it is first needed.
/// </summary>
/// <remarks>Its row's version rises with every new tenant; that is how two of the same name are kept apart.</remarks>
public sealed class PlatformTenant(Database database, Ledger ledger, TenantVault vault, TimeProvider time)
{
    /// <summary>Lower than every other: a UUIDv7 of 1970.</summary>
    public static readonly TenantId Id = new(new Guid("00000000-0000-7000-8000-000000000000"));

    /// <summary>No other tenant may have it.</summary>
    public const string Name = "platform";

    /// <summary>Makes it unless it is there; gives it back.</summary>
    public async Task<Tenant> EnsureAsync(CancellationToken cancellationToken) =>
        await database.FindAsync(TenantTable.Instance, Id, cancellationToken)
        ?? await ledger.CommitAsync(
            new InsertPlatform(await vault.NewKeyAsync(Id, cancellationToken), time.GetUtcNow()), cancellationToken);

    private sealed class InsertPlatform(TenantKey key, DateTimeOffset now) : LedgerWork<Tenant>
    {
        public override void Need(LedgerNeeds needs) => needs.Row(TenantTable.Instance, Id);

        public override Tenant Decide(LedgerRows rows)
        {
            if (rows.Find(TenantTable.Instance, Id) is { } present)
                return present;
            var tenant = new Tenant(Id, now, Name, 1);
            rows.Insert(TenantTable.Instance, tenant);
            rows.Insert(TenantKeyTable.Instance, key);
            return tenant;
        }
    }
}
