using System.Text.Json;

namespace Patchbay.Integrations.Routing;

/// <summary>A condition as the API shows it and the database keeps it.</summary>
public sealed record ConditionView(string Field, string Operator, JsonElement Value)
{
    public static ConditionView From(Condition condition) => new(condition.Field, condition.Operator, condition.Value);

    public Condition ToCondition() => new(Field, Operator, Value);
}
