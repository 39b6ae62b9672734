using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Integrations;
using Patchbay.Platform.Tenants;

namespace Patchbay.Integrations.Routing;

/// <summary>A tenant's routing rules, inactive ones too, by priority, then id.</summary>
public sealed class RuleSet(IReadOnlyList<RoutingRule> rules)
    : ConfigSet<RuleId, RoutingRule>([.. rules.OrderBy(rule => rule.Priority).ThenBy(rule => rule.Id.Value)], rule => rule.Id)
{
    /// <summary>More are not read; how many a tenant may make, <see cref="LimitOptions.RoutingRules"/> says.</summary>
    public const int Max = 2_000;

    private readonly Lazy<RoutingTable> _live = new(() => Compile(rules, IntegrationMode.Live));
    private readonly Lazy<RoutingTable> _sandbox = new(() => Compile(rules, IntegrationMode.Sandbox));

    /// <summary>The rules for operations of one mode.</summary>
    public RoutingTable In(IntegrationMode mode) => (mode == IntegrationMode.Live ? _live : _sandbox).Value;

    private static RoutingTable Compile(IReadOnlyList<RoutingRule> rules, IntegrationMode mode) =>
        RoutingTable.Compile(rules.Where(rule => rule.Mode == mode));
}

public static class TenantRules
{
    extension(TenantConfig config)
    {
        /// <summary>Inactive ones too, by priority, then id.</summary>
        public IReadOnlyList<RoutingRule> RuleList => config.Part<RuleSet>().All;

        public RoutingTable RulesIn(IntegrationMode mode) => config.Part<RuleSet>().In(mode);
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
