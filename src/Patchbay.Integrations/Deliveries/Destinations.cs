using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Integrations.Deliveries;

/// <summary>What the destinations of all features mean to the engine. One that no feature knows (any more) is closed.</summary>
public sealed class Destinations(TenantConfigs configs, IEnumerable<ILaneOwner> owners) : IDestinations
{
    private static readonly LaneSettings Deleted = new(1, 1, "deleted");
    private static readonly LaneSettings Moving = new(1, 1, "tenant_moving") { MayFallBack = false, Frozen = true };

    private readonly ILaneOwner[] _owners = [.. owners];

    public event Func<TenantId, Task>? Changed
    {
        add => configs.Changed += value;
        remove => configs.Changed -= value;
    }

    /// <summary>By what this node knows; null: to none of the providers' worlds, or to what is gone.</summary>
    public IntegrationMode? ModeOf(TenantId tenant, LaneId lane) => configs.Known(tenant) is { } config
        ? _owners.Select(owner => owner.ModeOf(config, lane)).FirstOrDefault(mode => mode is not null) : null;

    /// <summary>Null: to none of the providers' worlds.</summary>
    public async ValueTask<IntegrationMode?> ModeOfAsync(TenantId tenant, LaneId lane, CancellationToken cancellationToken)
    {
        var config = await configs.GetAsync(tenant, cancellationToken);
        foreach (var owner in _owners)
        {
            if (owner.Find(config, lane) is not null)
                return owner.ModeOf(config, lane);
        }

        foreach (var owner in _owners)
        {
            if (await owner.FormerModeAsync(tenant, lane, cancellationToken) is { } mode)
                return mode;
        }

        return null;
    }

    /// <summary>The lanes that lead to one of the providers' worlds.</summary>
    public async Task<IReadOnlyCollection<Guid>> LanesInAsync(TenantId tenant, IntegrationMode mode, CancellationToken cancellationToken)
    {
        var config = await configs.GetAsync(tenant, cancellationToken);
        return [.. _owners.SelectMany(owner => owner.LanesIn(config, mode)).Select(lane => lane.Value)];
    }

    public async ValueTask<LaneSettings> FindAsync(TenantId tenant, LaneId lane, CancellationToken cancellationToken)
    {
        var config = await configs.GetAsync(tenant, cancellationToken);
        if (config.Moving)
            return Moving;
        foreach (var owner in _owners)
        {
            if (owner.Find(config, lane) is { } settings)
                return settings;
        }

        return Deleted;
    }
}
