using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Operations;
using Patchbay.Platform.Vault;
using Patchbay.Storage;

namespace Patchbay.Platform.Keys;

/// <summary>
/// What callers can do with the keys of their tenant. Nobody can hand out more than they have, by creating, changing or rotating: see
/// <see cref="KeyReach"/>.
/// </summary>
public sealed class ApiKeyHandlers(Database database, TenantVault vault, PermissionWords words, IdGenerator ids, TimeProvider time)
{
    /// <summary>Keys of one tenant that work at the same time.</summary>
    public const int MaxWorking = 1_000;

    private const int MaxOverlap = 604_800;
    private const int DefaultOverlap = 86_400;

    public async Task<Result<Operation, Error>> CreateAsync(Caller caller, CreateApiKeyRequest request, CancellationToken cancellationToken)
    {
        var seal = new SecretReply(await vault.OpenAsync(caller.Tenant, cancellationToken));
        var now = time.GetUtcNow();
        var created = CreatedApiKey.From(request, words, caller.Tenant, ids.New<ApiKeyId>(), caller.Key.Live, now);
        if (!created.IsSuccess)
            return Operation.Refused(created.Error, seal);
        if (KeyReach.Exceeds(caller.Key, created.Value.Key) is { } refusal)
            return refusal;
        if (await CountWorkingAsync(caller.Tenant, now, cancellationToken) >= MaxWorking)
            return Operation.Refused(ApiKeyErrors.TooMany.With($"A tenant can have {MaxWorking} keys that work; revoke some first."), seal);
        return new Operation(new InsertApiKey(created.Value, caller.Actor).As(key => Created(key, now))) { ChangesConfig = true,
            Seal = seal };
    }

    public async Task<Result<Operation, Error>> ChangeAsync(
        Caller caller, ApiKeyId id, ChangeApiKeyRequest request, CancellationToken cancellationToken)
    {
        if (await FindAsync(caller.Tenant, id, cancellationToken) is not { } present)
            return Error.NotFound("API key");
        if (KeyReach.Withholds(caller.Key, present) is { } withheld)
            return withheld;
        var faults = new Faults();
        if (request.Name is not null)
            faults.Text(request.Name, "name", ApiKeyFields.MaxName);
        var permissions = request.Permissions is null ? null : ApiKeyFields.Permissions(request.Permissions, words, faults);
        var networks = request.AllowedNetworks is null ? null : ApiKeyFields.Networks(request.AllowedNetworks, faults);
        ApiKeyFields.Rate(request.RatePerSecond, faults);
        ApiKeyFields.Burst(request.Burst, faults);
        if (faults.Any)
            return faults.ToError();
        var now = time.GetUtcNow();
        var detail = new
        {
            request.Name, permissions, networks = networks?.Select(network => network.ToString()), request.RatePerSecond, request.Burst,
        };
        return new Operation(new ChangeApiKey(new ApiKeyRowKey(caller.Tenant, id), Change, caller.Actor, "key.update", detail, now).As(
            key => Reply.Ok(ApiKeyView.From(key, now))))
        {
            ChangesConfig = true,
        };

        Result<ApiKey, Error> Change(ApiKey before)
        {
            if (!before.WorksAt(now))
                return ApiKeyErrors.NotActive;
            var after = before with
            {
                Name = request.Name ?? before.Name,
                Permissions = permissions ?? before.Permissions,
                AllowedNetworks = networks ?? before.AllowedNetworks,
                RatePerSecond = request.RatePerSecond ?? before.RatePerSecond,
                Burst = request.Burst ?? before.Burst,
            };
            return KeyReach.Widens(caller.Key, before, after) ?? (Result<ApiKey, Error>)after;
        }
    }

    public async Task<Result<Operation, Error>> RotateAsync(
        Caller caller, ApiKeyId id, RotateApiKeyRequest request, CancellationToken cancellationToken)
    {
        if (await FindAsync(caller.Tenant, id, cancellationToken) is not { } present)
            return Error.NotFound("API key");
        // Before any replay: the kept answer holds the new secret.
        if (KeyReach.Exceeds(caller.Key, present) is { } refusal)
            return refusal;
        var seal = new SecretReply(await vault.OpenAsync(caller.Tenant, cancellationToken));
        if (request.Overlap is < 0 or > MaxOverlap)
            return Operation.Refused(Error.Invalid("overlap", $"must be a number of seconds from 0 to {MaxOverlap}"), seal);
        var now = time.GetUtcNow();
        var fresh = CreatedApiKey.For(caller.Tenant, ids.New<ApiKeyId>(), present.Name, present.Live, present.Permissions, now);
        var overlap = TimeSpan.FromSeconds(request.Overlap ?? DefaultOverlap);
        var work = new RotateApiKey(present.Key, fresh, overlap, old => KeyReach.Exceeds(caller.Key, old), caller, now);
        return new Operation(work.As(key => Created(key, now))) { ChangesConfig = true, Seal = seal };
    }

    public async Task<Result<Operation, Error>> RevokeAsync(Caller caller, ApiKeyId id, CancellationToken cancellationToken)
    {
        if (await FindAsync(caller.Tenant, id, cancellationToken) is not { } present)
            return Error.NotFound("API key");
        if (KeyReach.Withholds(caller.Key, present) is { } withheld)
            return withheld;
        var now = time.GetUtcNow();
        var work = new ChangeApiKey(
            present.Key, key => key.RevokedAt <= now ? key : key with { RevokedAt = now }, caller.Actor, "key.revoke", new { }, now);
        return new Operation(work.As(key => Reply.Ok(ApiKeyView.From(key, now)))) { ChangesConfig = true };
    }

    /// <summary>Null when the tenant has no such key.</summary>
    public Task<ApiKey?> FindAsync(TenantId tenant, ApiKeyId id, CancellationToken cancellationToken) =>
        database.FindAsync(ApiKeyTable.Instance, new ApiKeyRowKey(tenant, id), cancellationToken);

    private static Reply Created(CreatedApiKey created, DateTimeOffset now) =>
        Reply.Created(ApiKeyView.From(created.Key, now, created.Secret), $"/api/v1/api-keys/{created.Key.Id}");

    private async Task<long> CountWorkingAsync(TenantId tenant, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var counted = await database.QueryAsync(
            """
            SELECT COUNT(*) AS working FROM api_keys
             WHERE tenant_id = @tenant AND (revoked_at IS NULL OR revoked_at > @now) AND (expires_at IS NULL OR expires_at > @now)
            """,
            new { tenant, now }, row => row.Long("working"), cancellationToken);
        return counted[0];
    }
}
