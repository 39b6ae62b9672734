using System.Collections.Frozen;

namespace Patchbay.Integrations.Routing;

/// <summary>
/// The rules of one tenant, compiled. Immutable and safe for any number of threads; when rules change, compile a new one.
/// </summary>
/// <remarks>
/// The order: active rules of the capability by priority, then by id; after them the default rules, whatever their priority, by the same
/// order. The first rule decides whose conditions all hold, whose integration is active, and that has a usable candidate: its integration,
/// or the first usable fallback when the integration is unavailable. A rule whose conditions hold but which has nobody usable
/// is passed over, with its reasons kept, and the next is tried. When none is left, there is no active provider.
/// </remarks>
public sealed class RoutingTable
{
    private static readonly RoutingDecision NoActiveProvider = new() { Reason = RoutingReason.NoActiveProvider };

    private readonly FrozenDictionary<string, CapabilityRules> _byCapability;

    private RoutingTable(FrozenDictionary<string, CapabilityRules> byCapability) => _byCapability = byCapability;

    /// <summary>No rules: nothing is ever chosen.</summary>
    public static RoutingTable Empty { get; } = Compile([]);

    /// <summary>
    /// Of rules in any order. A rule with a condition that cannot be understood never matches; <see cref="Explain"/> tells why.
    /// </summary>
    public static RoutingTable Compile(IEnumerable<RoutingRule> rules) =>
        new(rules.GroupBy(rule => rule.Capability, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => new CapabilityRules(group), StringComparer.Ordinal));

    /// <summary>Whether there is any rule for the capability, inactive ones included.</summary>
    public bool Covers(string capability) => _byCapability.ContainsKey(capability);

    /// <summary>Where an operation goes now. The same arguments always give the same answer.</summary>
    public RoutingDecision Decide(string capability, RoutingContext context, IIntegrationAvailability availability)
    {
        if (!_byCapability.TryGetValue(capability, out var rules))
            return NoActiveProvider;
        var skipped = new SkippedCandidates();
        var fields = new FieldReader(context);
        foreach (var position in rules.Index.For(context))
        {
            var rule = rules.TakingPart[position];
            if (rule.Holds(ref fields) && CandidateChoice.Choose(rule, context, availability, ref skipped) is { } decision)
                return decision;
        }

        return skipped.First.Count == 0 ? NoActiveProvider : NoActiveProvider with { Skipped = skipped.First, SkippedMore = skipped.More };
    }

    /// <summary>
    /// As <see cref="Decide"/>, with every rule of the capability, inactive ones too, in the order they are tried. For people: not fast.
    /// </summary>
    public RoutingExplanation Explain(string capability, RoutingContext context, IIntegrationAvailability availability)
    {
        var decision = Decide(capability, context, availability);
        if (!_byCapability.TryGetValue(capability, out var rules))
            return new RoutingExplanation(decision, []);
        var explanations = new List<RuleExplanation>(rules.All.Length);
        var isDecided = false;
        foreach (var rule in rules.All)
        {
            var explanation = RuleExplanation.Of(rule, context, availability, isDecided);
            isDecided |= explanation.Outcome == RuleOutcome.Chosen;
            explanations.Add(explanation);
        }

        return new RoutingExplanation(decision, explanations);
    }

    private sealed class CapabilityRules
    {
        public CapabilityRules(IEnumerable<RoutingRule> rules)
        {
            All = rules.OrderBy(rule => rule.IsDefault).ThenBy(rule => rule.Priority).ThenBy(rule => rule.Id.Value)
                .Select(rule => new CompiledRule(rule))
                .ToArray();
            TakingPart = Array.FindAll(All, rule => rule.TakesPart);
            Index = new RuleIndex(TakingPart);
        }

        public CompiledRule[] All { get; }

        public CompiledRule[] TakingPart { get; }

        public RuleIndex Index { get; }
    }
}
