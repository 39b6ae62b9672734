using System.Text.Json;
using Patchbay.Integrations.Deliveries;

namespace Patchbay.Integrations.Routing;

/// <summary>Where an operation goes, and why: kept on its delivery.</summary>
public sealed record RoutingDecision
{
    public required RoutingReason Reason { get; init; }

    /// <summary>The integration chosen; null when there is none (<see cref="RoutingReason.NoActiveProvider"/>).</summary>
    public IntegrationId? IntegrationId { get; init; }

    /// <summary>The rule that chose; null when the caller did, or nobody.</summary>
    public RuleId? RuleId { get; init; }

    /// <summary>
    /// Who may stand in when the chosen one fails without having done anything: the rest of the rule's candidates in order, whatever their
    /// state was at the time of the decision. Ask again before using one.
    /// </summary>
    public IReadOnlyList<IntegrationId> Fallbacks { get; init; } = [];

    /// <summary>The rule's conditions, a line each, for example <c>country in [BR, AR]</c>. Long ones are shortened.</summary>
    public IReadOnlyList<string> Conditions { get; init; } = [];

    /// <summary>
    /// Candidates of this and earlier matching rules that could not take the operation, in the order they were tried; the first 16.
    /// When it names the chosen integration too, with an open breaker, nobody was usable and the operation waits there.
    /// </summary>
    public IReadOnlyList<SkippedCandidate> Skipped { get; init; } = [];

    /// <summary>How many more were skipped than <see cref="Skipped"/> tells.</summary>
    public int SkippedMore { get; init; }

    /// <summary>The caller named the integration: no rule was asked and nobody stands in.</summary>
    public static RoutingDecision Explicit(IntegrationId integrationId) =>
        new() { Reason = RoutingReason.Explicit, IntegrationId = integrationId };

    /// <summary>No rule for the capability, and one integration that has it.</summary>
    public static RoutingDecision OnlyProvider(IntegrationId integrationId) =>
        new() { Reason = RoutingReason.OnlyProvider, IntegrationId = integrationId };

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    public static RoutingDecision FromJson(string json) =>
        JsonSerializer.Deserialize(json, RoutingJson.Stored.RoutingDecisionView)!.ToDecision();

    /// <summary>For the delivery's row: usually some hundred bytes, at most 16 KiB.</summary>
    public string ToJson() => JsonSerializer.Serialize(RoutingDecisionView.From(this), RoutingJson.Stored.RoutingDecisionView);
}
