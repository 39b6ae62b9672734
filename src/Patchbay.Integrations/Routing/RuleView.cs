using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Deliveries;

namespace Patchbay.Integrations.Routing;

/// <summary>A rule as the API shows it. Exactly one of <c>IntegrationId</c> and <c>Split</c> is there.</summary>
/// <param name="GatewayCountry">The rule stands for the gateway of this country, <c>*</c> for all that have none, and is changed at
/// <c>/payments/routing/{country}</c>; null: a rule of its own.</param>
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
    string? GatewayCountry,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    public static RuleView From(RoutingRule rule) => new(
        rule.Id, rule.Mode, rule.Capability, rule.Priority,
        rule.Conditions.Select(ConditionView.From).ToList(),
        rule.IntegrationId,
        rule.Split.Count == 0 ? null : rule.Split.Select(SplitView.From).ToList(),
        rule.FallbackIntegrationIds,
        rule.IsDefault, rule.IsActive, rule.Note, rule.GatewayCountry, rule.CreatedAt, rule.UpdatedAt);
}
