using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Keys;
using Patchbay.Platform.Operations;
using Patchbay.Platform.Tenants;
using Patchbay.Platform.Vault;
using Patchbay.Storage;

namespace Patchbay.Platform.Onboarding;

/// <summary>What platform keys can do with tenants: make them and see their names.</summary>
public sealed class TenantHandlers(Database database, TenantCreation creation, TenantVault vault, IdGenerator ids, TimeProvider time)
{
    /// <summary>
    /// A new tenant with its first key: without one nobody could use it, and a platform key can make none later, so that it never has a way
    /// into a tenant that is in use.
    /// </summary>
    public async Task<Result<Operation, Error>> CreateAsync(Caller caller, CreateTenantRequest request, CancellationToken cancellationToken)
    {
        var seal = new SecretReply(await vault.OpenAsync(caller.Tenant, cancellationToken));
        var now = time.GetUtcNow();
        var first = CreatedApiKey.First(ids.New<ApiKeyId>(), "First key", live: true, now);
        var work = await creation.PrepareAsync(request.Name, [first.Key], caller.Actor, cancellationToken);
        if (!work.IsSuccess)
            return Operation.Refused(work.Error, seal);
        return new Operation(work.Value.As(Created)) { ChangesConfig = true, Seal = seal };

        Reply Created(Tenant tenant) =>
            Reply.Created(TenantView.From(tenant, ApiKeyView.From(first.Key, now, first.Secret)), $"/api/v1/tenants/{tenant.Id}");
    }

    /// <summary>One row more than the page has, newest first. Platform scope.</summary>
    public Task<IReadOnlyList<Tenant>> ListAsync(PageRequest page, CancellationToken cancellationToken) =>
        database.QueryAsync(
            "SELECT * FROM tenants WHERE id < @Before AND id > @platform ORDER BY id DESC LIMIT @limit",
            new { page.Before, platform = PlatformTenant.Id, limit = page.Limit + 1 }, TenantTable.Instance.Read, cancellationToken);

    /// <summary>Null when there is no such tenant.</summary>
    public Task<Tenant?> FindAsync(TenantId id, CancellationToken cancellationToken) =>
        database.FindAsync(TenantTable.Instance, id, cancellationToken);
}
