namespace Patchbay.Integrations.Routing;

/// <summary>A decision with what every rule had to say to it, in the order the rules are tried.</summary>
public sealed record RoutingExplanation(RoutingDecision Decision, IReadOnlyList<RuleExplanation> Rules);
