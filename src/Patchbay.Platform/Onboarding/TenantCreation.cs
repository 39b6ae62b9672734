using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Keys;
using Patchbay.Platform.Tenants;
using Patchbay.Platform.Vault;
using Patchbay.Storage;

namespace Patchbay.Platform.Onboarding;

/// <summary>Makes tenants, each with a data key of its own.</summary>
public sealed class TenantCreation(
    Database database, Ledger ledger, PlatformTenant platform, TenantVault vault, IdGenerator ids, TimeProvider time)
{
    public const int MaxName = 100;
    private const int Tries = 5;

    /// <summary>
    /// A new tenant without keys; <see cref="ApiKeyCreation"/> makes its first one. The audit names <c>cli</c>.
    /// 422 when the name is blank or longer than 100 characters, 409 <c>tenant_exists</c> when it is taken.
    /// </summary>
    public Task<Result<Tenant, Error>> CreateAsync(string name, CancellationToken cancellationToken) =>
        CreateAsync(name, [], cancellationToken);

    /// <inheritdoc cref="CreateAsync(string, CancellationToken)"/>
    /// <param name="firstKeys">Become the tenant's, whatever tenant they name: they are there when it is, or neither is.</param>
    public async Task<Result<Tenant, Error>> CreateAsync(
        string name, IReadOnlyList<ApiKey> firstKeys, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var work = await PrepareAsync(name, firstKeys, ApiKeyCreation.Actor, cancellationToken);
            if (!work.IsSuccess)
                return work.Error;
            var made = await ledger.CommitAsync(work.Value, cancellationToken);
            if (made.IsSuccess || made.Error.RetryAfter is null || attempt == Tries)
                return made;
        }
    }

    /// <param name="firstKeys">To be inserted with it; whatever tenant they name, they are this one's.</param>
    internal async Task<Result<LedgerWork<Result<Tenant, Error>>, Error>> PrepareAsync(
        string? name, IReadOnlyList<ApiKey> firstKeys, string actor, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        var trimmed = faults.Text(name, "name", MaxName).Trim();
        faults.Require(!trimmed.Any(char.IsControl), "name", "must not have control characters");
        faults.Require(!string.Equals(trimmed, PlatformTenant.Name, StringComparison.OrdinalIgnoreCase), "name", "is reserved");
        if (faults.Any)
            return faults.ToError();
        // The version first: a tenant made after it was read makes the work refuse.
        var version = (await platform.EnsureAsync(cancellationToken)).ConfigVersion;
        var taken = await database.FindAsync(
            "SELECT * FROM tenants WHERE name = @trimmed", new { trimmed }, TenantTable.Instance.Read, cancellationToken);
        if (taken is not null)
            return TenantErrors.Exists.With("There is a tenant of this name already; choose another.");
        var tenant = new Tenant(ids.New<TenantId>(), time.GetUtcNow(), trimmed, 1);
        return new InsertTenant(
            tenant, await vault.NewKeyAsync(tenant.Id, cancellationToken), [.. firstKeys.Select(key => key with { TenantId = tenant.Id })],
            version, actor);
    }

    private sealed class InsertTenant(
        Tenant tenant, TenantKey dataKey, IReadOnlyList<ApiKey> firstKeys, long platformVersion, string actor)
        : LedgerWork<Result<Tenant, Error>>
    {
        public override void Need(LedgerNeeds needs)
        {
            ConfigVersion.Need(needs, PlatformTenant.Id);
            Audit.AuditLog.Need(needs, tenant.Id);
        }

        public override Result<Tenant, Error> Decide(LedgerRows rows)
        {
            if (rows.Find(TenantTable.Instance, PlatformTenant.Id)!.ConfigVersion != platformVersion)
                return Error.ChangedMeanwhile();
            ConfigVersion.Raise(rows, PlatformTenant.Id);
            rows.Insert(TenantTable.Instance, tenant);
            rows.Insert(TenantKeyTable.Instance, dataKey);
            Audit.AuditLog.Write(rows, tenant.Id, actor, "tenant.create", tenant.Id.ToString(), new { tenant.Name }, tenant.CreatedAt);
            foreach (var key in firstKeys)
                InsertApiKey.Write(rows, key, actor);
            return tenant;
        }
    }
}
