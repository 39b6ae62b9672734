using Patchbay.Engine;
using Patchbay.Platform.Tenants;

namespace Patchbay.Integrations.Deliveries;

/// <summary>A feature whose work waits in lanes of its own: integrations, webhook endpoints.</summary>
public interface ILaneOwner
{
    /// <summary>
    /// What the destination behind a lane bears, by the tenant's configuration; null when the lane is none of this feature's.
    /// </summary>
    LaneSettings? Find(TenantConfig config, LaneId lane);
}
