using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Audit;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Platform.Keys;

/// <summary>Inserts a key, with its audit entry. The tenant must be there.</summary>
internal sealed class InsertApiKey(CreatedApiKey created, string actor) : LedgerWork<Result<CreatedApiKey, Error>>
{
    private readonly ApiKey _key = created.Key;

    public override void Need(LedgerNeeds needs)
    {
        ConfigVersion.Need(needs, _key.TenantId);
        AuditLog.Need(needs, _key.TenantId);
    }

    public override Result<CreatedApiKey, Error> Decide(LedgerRows rows)
    {
        if (rows.Find(TenantTable.Instance, _key.TenantId) is null)
            return Error.NotFound("tenant");
        ConfigVersion.Raise(rows, _key.TenantId);
        Write(rows, _key, actor);
        return created;
    }

    /// <summary>For a tenant that is made in the same work.</summary>
    internal static void Write(LedgerRows rows, ApiKey key, string actor)
    {
        rows.Insert(ApiKeyTable.Instance, key);
        AuditLog.Write(
            rows, key.TenantId, actor, "key.create", key.Id.ToString(),
            new { key.Name, key.Hint, key.Permissions, networks = key.AllowedNetworks.Select(network => network.ToString()),
                key.ExpiresAt }, key.CreatedAt);
    }
}

/// <summary>Changes a key that is there.</summary>
/// <param name="change">Gives back the very same key when nothing is to be done.</param>
internal sealed class ChangeApiKey(
    ApiKeyRowKey key, Func<ApiKey, Result<ApiKey, Error>> change, string actor, string action, object detail, DateTimeOffset now)
        : LedgerWork<Result<ApiKey, Error>>
{
    public override void Need(LedgerNeeds needs) => NeedFor(needs, key);

    public override Result<ApiKey, Error> Decide(LedgerRows rows)
    {
        if (rows.Find(ApiKeyTable.Instance, key) is not { } before)
            return Error.NotFound("API key");
        var after = change(before);
        if (!after.IsSuccess || ReferenceEquals(after.Value, before))
            return after;
        rows.Update(ApiKeyTable.Instance, after.Value);
        ConfigVersion.Raise(rows, key.Tenant);
        AuditLog.Write(rows, key.Tenant, actor, action, key.Id.ToString(), detail, now);
        return after;
    }

    internal static void NeedFor(LedgerNeeds needs, ApiKeyRowKey key)
    {
        needs.Row(ApiKeyTable.Instance, key);
        ConfigVersion.Need(needs, key.Tenant);
        AuditLog.Need(needs, key.Tenant);
    }
}

/// <summary>Replaces a key: the new one is like it, the old one works until the overlap has passed.</summary>
/// <param name="fresh">Id and secret of the new key; everything else is the old one's.</param>
/// <param name="allow">Asked about the old key under lock; null when it may be rotated.</param>
/// <param name="caller">Whose own end the new key does not outlast.</param>
internal sealed class RotateApiKey(
    ApiKeyRowKey key, CreatedApiKey fresh, TimeSpan overlap, Func<ApiKey, Error?> allow, Caller caller, DateTimeOffset now)
        : LedgerWork<Result<CreatedApiKey, Error>>
{
    public override void Need(LedgerNeeds needs) => ChangeApiKey.NeedFor(needs, key);

    public override Result<CreatedApiKey, Error> Decide(LedgerRows rows)
    {
        if (rows.Find(ApiKeyTable.Instance, key) is not { } old)
            return Error.NotFound("API key");
        if (allow(old) is { } refusal)
            return refusal;
        if (!old.WorksAt(now))
            return ApiKeyErrors.NotActive;
        if (old.ReplacedBy is { } successor)
            return ApiKeyErrors.AlreadyRotated.With($"It was already replaced by {successor}; rotate that one.");
        var after = old with
        {
            Id = fresh.Key.Id,
            Hash = fresh.Key.Hash,
            Hint = fresh.Key.Hint,
            CreatedAt = now,
            ExpiresAt = Earlier(now + (old.ExpiresAt - old.CreatedAt), caller.Key.EndsAt),   // 90 days are followed by another 90
            LastUsedAt = null,
        };
        rows.Insert(ApiKeyTable.Instance, after);
        rows.Update(ApiKeyTable.Instance, old with { ReplacedBy = after.Id, RevokedAt = now + overlap });
        ConfigVersion.Raise(rows, key.Tenant);
        AuditLog.Write(
            rows, key.Tenant, caller.Actor, "key.rotate", key.Id.ToString(),
            new { replaced_by = after.Id, after.Hint, overlap_seconds = (long)overlap.TotalSeconds }, now);
        return new CreatedApiKey(after, fresh.Secret);
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one < other || other is null ? one : other;
}
