using Patchbay.Integrations.Deliveries;

namespace Patchbay.Integrations.Routing;

/// <summary>Chooses among the candidates of one rule whose conditions hold.</summary>
internal static class CandidateChoice
{
    private const int MaxOnStack = RoutingRuleValidation.MaxSplit + RoutingRuleValidation.MaxFallbacks;

    /// <summary>
    /// The first usable candidate, or null: then the next rule is tried. Fallbacks stand in for whoever cannot take work, whatever the
    /// reason.
    /// </summary>
    public static RoutingDecision? Choose(
        CompiledRule rule, RoutingContext context, IIntegrationAvailability availability, ref SkippedCandidates skipped)
    {
        var room = rule.CandidateCount <= MaxOnStack ? stackalloc IntegrationId[MaxOnStack] : new IntegrationId[rule.CandidateCount];
        var candidates = rule.CandidatesFor(context, room);
        for (var i = 0; i < candidates.Length; i++)
        {
            var state = availability.StateOf(candidates[i], rule.Rule.Capability);
            if (state == IntegrationState.Usable)
                return Decision(rule, candidates, i, skipped);
            skipped.Add(new SkippedCandidate(rule.Rule.Id, candidates[i], state));
        }

        return null;
    }

    private static RoutingDecision Decision(
        CompiledRule rule, ReadOnlySpan<IntegrationId> candidates, int chosen, SkippedCandidates skipped) => new()
        {
            Reason = chosen > 0 ? RoutingReason.Fallback : rule.Rule.IsDefault ? RoutingReason.Default : RoutingReason.Rule,
            IntegrationId = candidates[chosen],
            RuleId = rule.Rule.Id,
            Fallbacks = candidates[(chosen + 1)..].ToArray(),
            Conditions = rule.Lines,
            Skipped = skipped.First,
            SkippedMore = skipped.More,
        };
}
