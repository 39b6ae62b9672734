using System.Text.Json;

namespace Patchbay.Integrations.Routing;

/// <summary>One condition and what it met.</summary>
/// <param name="Expected">The condition's value.</param>
/// <param name="Actual">What the operation has; null when the field is missing.</param>
/// <param name="Fault">Why this version does not understand the condition; null when it does. In a rule with a fault nothing holds.</param>
public sealed record ConditionExplanation(string Field, string Operator, JsonElement Expected, string? Actual, bool Held, string? Fault)
{
    internal static ConditionExplanation Of(CompiledRule rule, int position, RoutingContext context)
    {
        var condition = rule.Rule.Conditions[position];
        var actual = RoutingField.TryParse(condition.Field, out var field) ? context.TextOf(field) : null;
        var held = rule.Faults.IsEmpty && rule.Conditions[position].Holds(context);
        return new ConditionExplanation(
            condition.Field, condition.Operator, condition.Value, actual, held, rule.Faults.About($"conditions[{position}]"));
    }
}
