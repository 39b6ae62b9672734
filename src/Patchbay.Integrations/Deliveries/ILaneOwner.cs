using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Integrations.Deliveries;

/// <summary>A feature whose work waits in lanes of its own: integrations, webhook endpoints.</summary>
public interface ILaneOwner
{
    /// <summary>
    /// What the destination behind a lane bears, by the tenant's configuration; null when the lane is none of this feature's.
    /// </summary>
    LaneSettings? Find(TenantConfig config, LaneId lane);

    /// <summary>Which of the providers' worlds a lane leads to; null: to none, or the lane is none of this feature's.</summary>
    IntegrationMode? ModeOf(TenantConfig config, LaneId lane) => null;

    /// <summary><see cref="ModeOf"/> a lane whose destination is deleted.</summary>
    ValueTask<IntegrationMode?> FormerModeAsync(TenantId tenant, LaneId lane, CancellationToken cancellationToken) => new(result: null);

    /// <summary>The lanes that lead to one of the providers' worlds.</summary>
    IEnumerable<LaneId> LanesIn(TenantConfig config, IntegrationMode mode) => [];
}
