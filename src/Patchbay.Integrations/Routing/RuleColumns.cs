using System.Text.Json;
using Patchbay.Integrations.Deliveries;
using Patchbay.Storage;

namespace Patchbay.Integrations.Routing;

/// <summary>Conditions, split and fallbacks are JSON, as the API shows them: they are only ever read together with their rule.</summary>
internal sealed class StoredConditions : IStoredAs<IReadOnlyList<Condition>, string>
{
    public static string Write(IReadOnlyList<Condition> value) =>
        JsonSerializer.Serialize(value.Select(ConditionView.From).ToArray(), RoutingJson.Stored.ConditionViewArray);

    public static IReadOnlyList<Condition> Read(Row row, string column) =>
        Array.ConvertAll(JsonSerializer.Deserialize(row.Text(column), RoutingJson.Stored.ConditionViewArray)!, view => view.ToCondition());
}

internal sealed class StoredSplit : IStoredAs<IReadOnlyList<SplitShare>, string>
{
    public static string Write(IReadOnlyList<SplitShare> value) =>
        JsonSerializer.Serialize(value.Select(SplitView.From).ToArray(), RoutingJson.Stored.SplitViewArray);

    public static IReadOnlyList<SplitShare> Read(Row row, string column) =>
        Array.ConvertAll(JsonSerializer.Deserialize(row.Text(column), RoutingJson.Stored.SplitViewArray)!, view => view.ToShare());
}

internal sealed class StoredFallbacks : IStoredAs<IReadOnlyList<IntegrationId>, string>
{
    public static string Write(IReadOnlyList<IntegrationId> value) =>
        JsonSerializer.Serialize(value.Select(id => id.ToString()).ToArray(), RoutingJson.Stored.StringArray);

    public static IReadOnlyList<IntegrationId> Read(Row row, string column) =>
        Array.ConvertAll(JsonSerializer.Deserialize(row.Text(column), RoutingJson.Stored.StringArray)!, TypeId.Parse<IntegrationId>);
}
