using System.Collections.Concurrent;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Platform.Access;

/// <summary>
/// Finds keys by their secret. What was found is kept until the tenant's configuration changes, so a request costs no query and a revoked
/// key stops working at once here and within a second on other nodes.
/// </summary>
public sealed class ApiKeys(Database database, TenantConfigs configs, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, (ApiKey Key, long ConfigVersion)> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<ApiKeyRowKey, DateTimeOffset> _used = new();

    /// <summary>Null when there is no such key, or it does not work now.</summary>
    public async ValueTask<ApiKey?> FindAsync(string secret, CancellationToken cancellationToken)
    {
        if (!ApiKeySecret.IsWellFormed(secret))
            return null;
        var now = time.GetUtcNow();
        var hash = ApiKeySecret.Hash(secret);
        var name = Convert.ToHexString(hash);
        if (!_known.TryGetValue(name, out var known) || configs.VersionOf(known.Key.TenantId) != known.ConfigVersion)
        {
            _known.TryRemove(name, out _);
            var key = await database.FindAsync(
                "SELECT * FROM api_keys WHERE hash = @hash", new { hash }, ApiKeyTable.Instance.Read, cancellationToken);
            if (key is null)
                return null;
            var version = (await configs.GetAsync(key.TenantId, cancellationToken)).Version;
            // Read the key again after the version: a revocation in between would otherwise be missed.
            key = await database.FindAsync(
                "SELECT * FROM api_keys WHERE hash = @hash", new { hash }, ApiKeyTable.Instance.Read, cancellationToken);
            if (key is null)
                return null;
            _known[name] = known = (key, version);
        }

        if (!known.Key.WorksAt(now))
            return null;
        _used[known.Key.Key] = now;
        return known.Key;
    }

    /// <summary>Writes down when keys were last used; called now and then, so that using a key costs no write.</summary>
    public async Task WriteLastUsedAsync(CancellationToken cancellationToken)
    {
        foreach (var key in _used.Keys)
        {
            if (_used.TryRemove(key, out var usedAt))
            {
                await database.ExecuteAsync(
                    "UPDATE api_keys SET last_used_at = @usedAt WHERE tenant_id = @Tenant AND id = @Id",
                    new { usedAt, key.Tenant, key.Id }, cancellationToken);
            }
        }
    }
}
