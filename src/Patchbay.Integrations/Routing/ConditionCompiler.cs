using System.Collections.Frozen;
using System.Text.Json;
using Patchbay.Platform.Api;

namespace Patchbay.Integrations.Routing;

/// <summary>Turns the conditions of one rule into predicates, or says of each what is wrong with it.</summary>
public static class ConditionCompiler
{
    /// <summary>
    /// The predicates in the order of the conditions, without those that have faults. Conditions about which <paramref name="faults"/>
    /// already speaks are passed over.
    /// </summary>
    public static CompiledCondition[] Compile(IReadOnlyList<Condition> conditions, Faults faults) =>
        CompileAll(conditions, faults).Select(pair => pair.Compiled).ToArray();

    /// <summary>
    /// The conditions as they are stored and shown: codes in their case, numbers as decimal text. Faults as in <see cref="Compile"/>.
    /// </summary>
    public static IReadOnlyList<Condition> Normalize(IReadOnlyList<Condition> conditions, Faults faults) =>
        CompileAll(conditions, faults).Select(pair => pair.Normal).ToList();

    private static List<(CompiledCondition Compiled, Condition Normal)> CompileAll(IReadOnlyList<Condition> conditions, Faults faults)
    {
        var compiled = new List<(CompiledCondition, Condition)>(conditions.Count);
        for (var i = 0; i < conditions.Count; i++)
        {
            var path = $"conditions[{i}]";
            if (!faults.Concern(path) && CompileOne(conditions[i], path, faults) is { } pair && !faults.Concern(path))
                compiled.Add(pair);
        }

        RequireCurrencyForAmounts(conditions, faults);
        return compiled;
    }

    private static (CompiledCondition Compiled, Condition Normal)? CompileOne(Condition condition, string path, Faults faults)
    {
        var isField = RoutingField.TryParse(condition.Field, out var field);
        if (!isField)
            faults.Add($"{path}.field", $"must be {RoutingField.Words}");
        if (!ConditionOperators.TryParse(condition.Operator, out var comparison))
            faults.Add($"{path}.operator", $"must be {ConditionOperators.Words}");
        else if (isField && !Allows(field, comparison, out var why))
            faults.Add($"{path}.operator", why);
        if (faults.Concern(path))
            return null;

        var value = new ConditionValue(field, condition.Value, $"{path}.value", faults);
        return comparison switch
        {
            ConditionOperator.Exists => Pair(value.Flag(), wanted => CompiledCondition.Exists(field, wanted)),
            ConditionOperator.Gt => Pair(value.Number(), low => CompiledCondition.Above(field, low)),
            ConditionOperator.Gte => Pair(value.Number(), low => CompiledCondition.FromTo(field, low: low)),
            ConditionOperator.Lt => Pair(value.Number(), high => CompiledCondition.Below(field, high)),
            ConditionOperator.Lte => Pair(value.Number(), high => CompiledCondition.FromTo(field, high: high)),
            ConditionOperator.Between => Pair(value.Range(), range => CompiledCondition.FromTo(field, range[0], range[1])),
            ConditionOperator.Prefix => Pair(value.Text(), text => CompiledCondition.Starts(field, text)),
            ConditionOperator.Eq when field.Kind == RoutingFieldKind.Amount =>
                Pair(value.Number(), number => CompiledCondition.FromTo(field, number, number)),
            ConditionOperator.Neq when field.Kind == RoutingFieldKind.Amount =>
                Pair(value.Number(), number => CompiledCondition.IsNot(field, number)),
            ConditionOperator.In when field.Kind == RoutingFieldKind.Amount =>
                Pair(value.Numbers(), numbers => CompiledCondition.OneOf(field, numbers)),
            ConditionOperator.NotIn when field.Kind == RoutingFieldKind.Amount =>
                Pair(value.Numbers(), numbers => CompiledCondition.NoneOf(field, numbers)),
            ConditionOperator.Eq => Pair(value.Text(), text => CompiledCondition.Is(field, text)),
            ConditionOperator.Neq => Pair(value.Text(), text => CompiledCondition.IsNot(field, text)),
            ConditionOperator.In => Pair(value.Texts(), texts => CompiledCondition.OneOf(field, texts.ToFrozenSet(StringComparer.Ordinal))),
            _ => Pair(value.Texts(), texts => CompiledCondition.NoneOf(field, texts.ToFrozenSet(StringComparer.Ordinal))),
        };

        (CompiledCondition, Condition)? Pair<T>((T Value, JsonElement Normal)? read, Func<T, CompiledCondition> compile) =>
            read is { } found ? (compile(found.Value), condition with { Value = found.Normal }) : null;
    }

    private static bool Allows(RoutingField field, ConditionOperator comparison, out string why)
    {
        var comparesNumbers = comparison is ConditionOperator.Gt or ConditionOperator.Gte or ConditionOperator.Lt or ConditionOperator.Lte
            or ConditionOperator.Between;
        why = comparesNumbers
            ? "compares numbers, which only amount, customer.* and metadata.* have"
            : "compares the beginning of a text, which this field does not have";
        return comparesNumbers
            ? field.HasNumbers : comparison != ConditionOperator.Prefix || !(field.IsCode || field.Kind == RoutingFieldKind.Amount);
    }

    /// <summary>100 of what? An amount means something only next to a condition that leaves one currency.</summary>
    private static void RequireCurrencyForAmounts(IReadOnlyList<Condition> conditions, Faults faults)
    {
        if (conditions.Any(FixesCurrency))
            return;
        for (var i = 0; i < conditions.Count; i++)
        {
            if (conditions[i] is { Field: "amount", Operator: not "exists" } && !faults.Concern($"conditions[{i}]"))
                faults.Add(
                    $"conditions[{i}].field", "amount can be compared only in a rule that also fixes currency (eq, or in with one value)");
        }
    }

    private static bool FixesCurrency(Condition condition) =>
        condition is { Field: "currency", Operator: "eq" }
        || (condition is { Field: "currency", Operator: "in", Value.ValueKind: JsonValueKind.Array }
            && condition.Value.GetArrayLength() == 1);
}
