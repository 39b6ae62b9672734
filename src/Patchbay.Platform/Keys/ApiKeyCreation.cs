using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Platform.Keys;

/// <summary>Makes, lists and revokes keys for those who run the hub: command line verbs and tests. The audit names <c>cli</c>.</summary>
public sealed class ApiKeyCreation(
    Database database, Ledger ledger, PlatformTenant platform, PermissionWords words, IdGenerator ids, TimeProvider time)
{
    public const string Actor = "cli";

    /// <summary>
    /// A new key of a tenant, live unless the request says otherwise. 422 when the request is not valid, 404 when there is no such tenant.
    /// A running hub accepts it at once.
    /// </summary>
    public async Task<Result<CreatedApiKey, Error>> CreateAsync(
        TenantId tenant, CreateApiKeyRequest request, CancellationToken cancellationToken)
    {
        var created = CreatedApiKey.From(request, words, tenant, ids.New<ApiKeyId>(), liveByDefault: true, time.GetUtcNow());
        return created.IsSuccess ? await ledger.CommitAsync(new InsertApiKey(created.Value, Actor), cancellationToken) : created;
    }

    /// <summary>A key that may create tenants and see their names, and nothing that is theirs.</summary>
    /// <param name="name">1 to 100 characters.</param>
    public async Task<Result<CreatedApiKey, Error>> CreatePlatformKeyAsync(string name, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        faults.Text(name, "name", ApiKeyFields.MaxName);
        if (faults.Any)
            return faults.ToError();
        await platform.EnsureAsync(cancellationToken);
        var created = CreatedApiKey.For(PlatformTenant.Id, ids.New<ApiKeyId>(), name, live: true, [Permissions.Platform], time.GetUtcNow());
        return await ledger.CommitAsync(new InsertApiKey(created, Actor), cancellationToken);
    }

    /// <summary>The tenant's newest 1000 keys, newest first, with those that no longer work.</summary>
    public Task<IReadOnlyList<ApiKey>> ListAsync(TenantId tenant, CancellationToken cancellationToken) =>
        database.QueryAsync(
            "SELECT * FROM api_keys WHERE tenant_id = @tenant ORDER BY id DESC LIMIT 1000", new { tenant }, ApiKeyTable.Instance.Read,
            cancellationToken);

    /// <summary>
    /// Ends a key: a running hub refuses it within half a second. Revoking one that is revoked does nothing; 404 when there is none.
    /// </summary>
    public Task<Result<ApiKey, Error>> RevokeAsync(TenantId tenant, ApiKeyId id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return ledger.CommitAsync(
            new ChangeApiKey(new ApiKeyRowKey(tenant, id), key => key.RevokedAt <= now ? key : key with { RevokedAt = now }, Actor,
                "key.revoke", new { }, now),
            cancellationToken);
    }
}
