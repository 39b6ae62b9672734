using Patchbay.Engine;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Outbound;
using Patchbay.Platform.Tenants;

namespace Patchbay.Hub.Affiliates.Endpoints;

/// <summary>A tenant's affiliate endpoints; without deleted ones.</summary>
public sealed class AffiliateEndpointSet(IReadOnlyList<AffiliateEndpoint> rows)
    : ConfigSet<AffiliateEndpointId, AffiliateEndpoint>(rows, endpoint => endpoint.Key.Id)
{
    public const int Max = 2_000;
}

/// <summary>The lanes of affiliate endpoints: one batch at a time.</summary>
internal sealed class AffiliateLanes : ILaneOwner
{
    private const double Rate = 20;

    public LaneSettings? Find(TenantConfig config, LaneId lane) =>
        config.Part<AffiliateEndpointSet>().Find(new AffiliateEndpointId(lane.Value))?.LaneSettings(Rate, 1, "endpoint_disabled");
}
