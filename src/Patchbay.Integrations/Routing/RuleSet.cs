using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Integrations;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Integrations.Routing;

/// <summary>A tenant's routing rules, as of one version of its configuration.</summary>
public sealed class RuleSet(IReadOnlyList<RoutingRule> rules)
{
    /// <summary>Inactive ones too, by priority, then id.</summary>
    public IReadOnlyList<RoutingRule> All { get; } = rules;

    public RoutingTable Table => field ??= RoutingTable.Compile(All);
}

public static class TenantRules
{
    extension(TenantConfig config)
    {
        /// <inheritdoc cref="RuleSet.All"/>
        public IReadOnlyList<RoutingRule> RuleList => config.Part<RuleSet>().All;

        public RoutingTable Rules => config.Part<RuleSet>().Table;
    }
}

/// <summary>Reads the rules with the rest of a tenant's configuration.</summary>
internal sealed class RuleConfig(RoutingRules rules) : IConfigPart
{
    public async Task<object> ReadAsync(TenantId tenant, CancellationToken cancellationToken) => new RuleSet(await rules.ListAsync(tenant, cancellationToken));
}

/// <summary>Integrations that rules point at.</summary>
internal sealed class RuleUse : IIntegrationUse
{
    public string? UsedBy(TenantConfig config, IntegrationId id)
    {
        var pointing = config.RuleList
            .Where(rule => rule.IntegrationId == id || rule.FallbackIntegrationIds.Contains(id) || rule.Split.Any(share => share.IntegrationId == id))
            .Select(rule => rule.Id.ToString()).ToList();
        return pointing.Count > 0 ? $"the routing rules {string.Join(", ", pointing)}" : null;
    }
}
