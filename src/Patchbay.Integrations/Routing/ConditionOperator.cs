using System.Collections.Frozen;

namespace Patchbay.Integrations.Routing;

/// <summary>How a condition compares.</summary>
public enum ConditionOperator
{
    Eq,
    Neq,
    In,
    NotIn,
    Gt,
    Gte,
    Lt,
    Lte,

    /// <summary>Both ends belong to the range.</summary>
    Between,
    Prefix,
    Exists,
}

/// <summary>The operators' words.</summary>
internal static class ConditionOperators
{
    public const string Words = "eq, neq, in, not_in, gt, gte, lt, lte, between, prefix or exists";

    private static readonly FrozenDictionary<string, ConditionOperator> ByWord = new Dictionary<string, ConditionOperator>
    {
        ["eq"] = ConditionOperator.Eq,
        ["neq"] = ConditionOperator.Neq,
        ["in"] = ConditionOperator.In,
        ["not_in"] = ConditionOperator.NotIn,
        ["gt"] = ConditionOperator.Gt,
        ["gte"] = ConditionOperator.Gte,
        ["lt"] = ConditionOperator.Lt,
        ["lte"] = ConditionOperator.Lte,
        ["between"] = ConditionOperator.Between,
        ["prefix"] = ConditionOperator.Prefix,
        ["exists"] = ConditionOperator.Exists,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static bool TryParse(string? word, out ConditionOperator found)
    {
        found = default;
        return word is not null && ByWord.TryGetValue(word, out found);
    }
}
