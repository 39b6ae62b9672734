using Patchbay.Storage;

namespace Patchbay.Integrations.Routing;

/// <summary>Reads the routing rules of a tenant.</summary>
public sealed class RoutingRules(Database database)
{
    /// <summary>Null when the tenant has no such rule.</summary>
    public Task<RoutingRule?> FindAsync(TenantId tenantId, RuleId id, CancellationToken cancellationToken) =>
        database.FindAsync(RoutingRuleTable.Instance, new RuleKey(tenantId, id), cancellationToken);
}
