using System.Collections.Concurrent;
using Patchbay.Storage;

namespace Patchbay.Platform.Tenants;

/// <summary>
/// The configurations in use on this node. A change made here is seen at once; one made on another node as soon as the tenant's version
/// is next compared, several times a second.
/// </summary>
public sealed class TenantConfigs(Database database, IEnumerable<IConfigPart> features)
{
    private readonly ConcurrentDictionary<TenantId, TenantConfig> _configs = new();

    /// <summary>Raised on any thread after a tenant's configuration was read anew; the change is in use once the tasks end.</summary>
    public event Func<TenantId, Task>? Changed;

    /// <summary>Null when this node does not use the tenant.</summary>
    public long? VersionOf(TenantId tenant) => _configs.TryGetValue(tenant, out var config) ? config.Version : null;

    /// <summary>Whether the tenant is between two shards, as far as this node knows.</summary>
    public bool IsMoving(TenantId tenant) => _configs.TryGetValue(tenant, out var config) && config.Moving;

    /// <summary>A tenant's configuration as this node has it; null when it has not read it yet.</summary>
    public TenantConfig? Known(TenantId tenant) => _configs.GetValueOrDefault(tenant);

    public async ValueTask<TenantConfig> GetAsync(TenantId tenant, CancellationToken cancellationToken) =>
        _configs.TryGetValue(tenant, out var config) ? config : await LoadAsync(tenant, cancellationToken);

    /// <summary>Reads a tenant's configuration again, and puts it to use: this node changed it.</summary>
    public async Task RefreshAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        await LoadAsync(tenant, cancellationToken);
        foreach (var told in Delegate.EnumerateInvocationList(Changed))
            await told(tenant);
    }

    /// <summary>Reads again what other nodes, or command line verbs, have changed.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        foreach (var chunk in _configs.Keys.Chunk(200))
        {
            var parameters = chunk.Select((tenant, i) => (Name: "t" + i, tenant.Value))
                .ToDictionary(pair => pair.Name, pair => (object?)pair.Value);
            var versions = await database.QueryAsync(
                $"SELECT id, config_version FROM tenants WHERE id IN ({string.Join(", ", parameters.Keys.Select(name => "@" + name))})",
                parameters, row => (Tenant: row.Id<TenantId>("id"), Version: row.Long("config_version")), cancellationToken);
            foreach (var (tenant, version) in versions)
            {
                if (VersionOf(tenant) < version)
                    await RefreshAsync(tenant, cancellationToken);
            }

            foreach (var gone in chunk.Except(versions.Select(row => row.Tenant)))
                _configs.TryRemove(gone, out _);   // it lives on another shard now
        }
    }

    private async Task<TenantConfig> LoadAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        // The version first: should something change in between, what is read is newer than it, and is read once more. Then whether
        // it is moving, and the rest last: what is read of a tenant that arrives meanwhile may be half of it.
        var row = await database.FindAsync(TenantTable.Instance, tenant, cancellationToken);
        var move = await database.FindAsync(TenantMoveTable.Instance, tenant, cancellationToken);
        var present = Known(tenant);
        var changed = row is null || present is null ? null : ConfigHistory.Between(row.ConfigChanges, present.Version, row.ConfigVersion);
        var parts = new List<object>();
        foreach (var feature in features)
        {
            parts.Add(changed is null
                ? await feature.ReadAsync(tenant, cancellationToken)
                : await feature.ReadAgainAsync(present!, changed, cancellationToken));
        }

        var config = new TenantConfig(tenant, row?.ConfigVersion ?? 0, move is not null, parts);
        return _configs.AddOrUpdate(tenant, config, (_, present) => present.Version > config.Version ? present : config);
    }
}
