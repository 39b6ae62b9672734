using Patchbay.Integrations.Deliveries;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Integrations.Routing;

/// <summary>A decision as deliveries keep it and the API shows it. Empty lists are left out.</summary>
public sealed record RoutingDecisionView(
    RoutingReason Reason,
    [ReadAs(typeof(IntegrationId))] string? IntegrationId,
    [ReadAs(typeof(RuleId))] string? RuleId,
    IReadOnlyList<string>? Fallbacks,
    IReadOnlyList<string>? Conditions,
    IReadOnlyList<SkippedView>? Skipped,
    int? SkippedMore)
{
    public static RoutingDecisionView From(RoutingDecision decision) => new(
        decision.Reason,
        decision.IntegrationId?.ToString(),
        decision.RuleId?.ToString(),
        decision.Fallbacks.Count == 0 ? null : decision.Fallbacks.Select(id => id.ToString()).ToList(),
        decision.Conditions.Count == 0 ? null : decision.Conditions,
        decision.Skipped.Count == 0 ? null : decision.Skipped.Select(SkippedView.From).ToList(),
        decision.SkippedMore == 0 ? null : decision.SkippedMore);

    public RoutingDecision ToDecision() => new()
    {
        Reason = Reason,
        IntegrationId = IntegrationId is null ? null : TypeId.Parse<IntegrationId>(IntegrationId),
        RuleId = RuleId is null ? null : TypeId.Parse<RuleId>(RuleId),
        Fallbacks = Fallbacks?.Select(TypeId.Parse<IntegrationId>).ToList() ?? [],
        Conditions = Conditions ?? [],
        Skipped = Skipped?.Select(view => view.ToCandidate()).ToList() ?? [],
        SkippedMore = SkippedMore ?? 0,
    };
}

/// <summary>A skipped candidate as JSON.</summary>
public sealed record SkippedView(
    [ReadAs(typeof(RuleId))] string RuleId, [ReadAs(typeof(IntegrationId))] string IntegrationId, IntegrationState Why)
{
    public static SkippedView From(SkippedCandidate skipped) =>
        new(skipped.RuleId.ToString(), skipped.IntegrationId.ToString(), skipped.Why);

    public SkippedCandidate ToCandidate() => new(TypeId.Parse<RuleId>(RuleId), TypeId.Parse<IntegrationId>(IntegrationId), Why);
}
