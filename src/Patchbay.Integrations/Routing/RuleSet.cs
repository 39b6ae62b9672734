using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Integrations;
using Patchbay.Platform.Tenants;

namespace Patchbay.Integrations.Routing;

/// <summary>A tenant's routing rules, inactive ones too, by priority, then id.</summary>
public sealed class RuleSet(IReadOnlyList<RoutingRule> rules) : ConfigSet<RuleId, RoutingRule>(rules, rule => rule.Id)
{
    public RoutingTable Table => field ??= RoutingTable.Compile(All);
}

public static class TenantRules
{
    extension(TenantConfig config)
    {
        /// <summary>Inactive ones too, by priority, then id.</summary>
        public IReadOnlyList<RoutingRule> RuleList => config.Part<RuleSet>().All;

        public RoutingTable Rules => config.Part<RuleSet>().Table;
    }
}

/// <summary>Integrations that rules point at.</summary>
internal sealed class RuleUse : IIntegrationUse
{
    public string? UsedBy(TenantConfig config, IntegrationId id)
    {
        var pointing = config.RuleList
            .Where(
            rule =>
                rule.IntegrationId == id || rule.FallbackIntegrationIds.Contains(id) || rule.Split.Any(share => share.IntegrationId == id))
            .Select(rule => rule.Id.ToString()).ToList();
        return pointing.Count > 0 ? $"the routing rules {string.Join(", ", pointing)}" : null;
    }
}
