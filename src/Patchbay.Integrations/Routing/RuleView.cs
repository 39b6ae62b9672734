using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Deliveries;

namespace Patchbay.Integrations.Routing;

/// <summary>A rule as the API shows it. Exactly one of <c>IntegrationId</c> and <c>Split</c> is there.</summary>
public sealed record RuleView(
    RuleId Id,
    IntegrationMode Mode,
    string Capability,
    int Priority,
    IReadOnlyList<ConditionView> Conditions,
    IntegrationId? IntegrationId,
    IReadOnlyList<SplitView>? Split,
    IReadOnlyList<IntegrationId> FallbackIntegrationIds,
    bool IsDefault,
    bool IsActive,
    string? Note,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    public static RuleView From(RoutingRule rule) => new(
        rule.Id, rule.Mode, rule.Capability, rule.Priority,
        rule.Conditions.Select(ConditionView.From).ToList(),
        rule.IntegrationId,
        rule.Split.Count == 0 ? null : rule.Split.Select(SplitView.From).ToList(),
        rule.FallbackIntegrationIds,
        rule.IsDefault, rule.IsActive, rule.Note, rule.CreatedAt, rule.UpdatedAt);
}
