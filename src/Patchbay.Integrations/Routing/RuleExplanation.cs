using Patchbay.Integrations.Deliveries;

namespace Patchbay.Integrations.Routing;

/// <summary>Why a rule did or did not decide. Conditions are asked one by one even after one has failed.</summary>
/// <param name="IntegrationId">Whom it chooses, or would; null when it matches nobody usable, or does not match.</param>
/// <param name="Skipped">Its candidates that were not usable, when its conditions hold.</param>
public sealed record RuleExplanation(
    RuleId RuleId,
    int Priority,
    bool IsDefault,
    RuleOutcome Outcome,
    IntegrationId? IntegrationId,
    IReadOnlyList<ConditionExplanation> Conditions,
    IReadOnlyList<SkippedCandidate> Skipped)
{
    internal static RuleExplanation Of(CompiledRule rule, RoutingContext context, IIntegrationAvailability availability, bool isDecided)
    {
        var conditions = rule.Rule.Conditions.Select((_, i) => ConditionExplanation.Of(rule, i, context)).ToList();
        var skipped = new SkippedCandidates();
        var decision = rule.Faults.IsEmpty && conditions.All(condition => condition.Held)
            ? CandidateChoice.Choose(rule, context, availability, ref skipped)
            : null;
        var outcome = !rule.Rule.IsActive ? RuleOutcome.Inactive
            : !rule.Faults.IsEmpty ? RuleOutcome.Invalid
            : conditions.Any(condition => !condition.Held) ? RuleOutcome.ConditionsFailed
            : decision is null ? RuleOutcome.NoUsableIntegration
            : isDecided ? RuleOutcome.Outranked
            : RuleOutcome.Chosen;
        return new RuleExplanation(
            rule.Rule.Id, rule.Rule.Priority, rule.Rule.IsDefault, outcome, decision?.IntegrationId, conditions, skipped.First);
    }
}
