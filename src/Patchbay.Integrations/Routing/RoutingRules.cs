using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Integrations.Routing;

/// <summary>Reads the routing rules of a tenant.</summary>
public sealed class RoutingRules(Database database)
{
    /// <summary>
    /// More are not read; how many a tenant may make, <see cref="LimitOptions.RoutingRules"/> says.
    /// </summary>
    public const int MaxPerTenant = 2000;

    /// <summary>All of them, inactive ones too, by priority, then id.</summary>
    public Task<IReadOnlyList<RoutingRule>> ListAsync(TenantId tenantId, CancellationToken cancellationToken) =>
        database.QueryAsync(
            "SELECT * FROM routing_rules WHERE tenant_id = @TenantId ORDER BY priority, id LIMIT @MaxPerTenant",
            new { TenantId = tenantId, MaxPerTenant }, RoutingRuleTable.Instance.Read, cancellationToken);

    /// <summary>Null when the tenant has no such rule.</summary>
    public Task<RoutingRule?> FindAsync(TenantId tenantId, RuleId id, CancellationToken cancellationToken) =>
        database.FindAsync(RoutingRuleTable.Instance, new RuleKey(tenantId, id), cancellationToken);
}
