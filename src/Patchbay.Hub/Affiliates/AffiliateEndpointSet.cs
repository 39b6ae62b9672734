using System.Collections.Frozen;
using Patchbay.Engine;
using Patchbay.Integrations.Deliveries;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates;

/// <summary>A tenant's affiliate endpoints, as of one version of its configuration; without deleted ones.</summary>
public sealed class AffiliateEndpointSet(IEnumerable<AffiliateEndpoint> endpoints)
{
    public const int Max = 2_000;

    public FrozenDictionary<AffiliateEndpointId, AffiliateEndpoint> ById { get; } = endpoints.ToFrozenDictionary(endpoint => endpoint.Key.Id);

    public AffiliateEndpoint? Find(AffiliateEndpointId id) => ById.GetValueOrDefault(id);
}

/// <summary>Reads the endpoints with the rest of a tenant's configuration.</summary>
internal sealed class AffiliateConfig(Database database) : IConfigPart
{
    public async Task<object> ReadAsync(TenantId tenant, CancellationToken cancellationToken) => new AffiliateEndpointSet(await database.QueryAsync(
        "SELECT * FROM affiliate_endpoints WHERE tenant_id = @tenant AND deleted_at IS NULL ORDER BY id LIMIT @Max", new { tenant, AffiliateEndpointSet.Max },
        AffiliateEndpointTable.Instance.Read, cancellationToken));
}

/// <summary>The lanes of affiliate endpoints: one batch at a time. A disabled endpoint's lane is closed and keeps what it has.</summary>
internal sealed class AffiliateLanes : ILaneOwner
{
    private const double Rate = 20;

    public LaneSettings? Find(TenantConfig config, LaneId lane) => config.Part<AffiliateEndpointSet>().Find(new AffiliateEndpointId(lane.Value)) is { } endpoint
        ? new LaneSettings(Rate, 1, endpoint.IsActive ? null : "endpoint_disabled") { MayFallBack = false }
        : null;
}
