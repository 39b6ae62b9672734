using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Api;

namespace Patchbay.Integrations.Routing;

/// <summary>Where an operation would go now, and why.</summary>
/// <param name="Decision">Null when the operation would be refused.</param>
/// <param name="Refusal">What it would be refused with; null when it would not.</param>
/// <param name="Rules">Every rule of the capability in the order they are tried, and what became of it.</param>
public sealed record EvaluationView(RoutingDecisionView? Decision, RefusalView? Refusal, IReadOnlyList<RuleExplanation> Rules)
{
    internal static EvaluationView From(Result<RoutedTo, Error> result, IReadOnlyList<RuleExplanation> rules) => new(
        result.IsSuccess ? RoutingDecisionView.From(result.Value.Decision) : null,
        result.IsSuccess ? null : new RefusalView(result.Error.Code, result.Error.Detail),
        rules);
}

public sealed record RefusalView(string Code, string Detail);
