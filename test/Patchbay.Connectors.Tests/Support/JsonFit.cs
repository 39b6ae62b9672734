using System.Text.Json;
using System.Text.Json.Nodes;

namespace Patchbay.Connectors.Tests;

/// <summary>Compares what came with as much of it as a recording names.</summary>
internal static class JsonFit
{
    /// <summary>Fields that are not named do not matter; lists have the same length; null also stands for what is not there.</summary>
    public static void Assert(JsonNode? expected, JsonNode? actual, string path)
    {
        switch (expected)
        {
            case JsonObject fields:
                foreach (var (name, value) in fields)
                    Assert(value, (actual as JsonObject)?[name], $"{path}.{name}");
                break;
            case JsonArray items:
                Xunit.Assert.True(
                    actual is JsonArray all && all.Count == items.Count, $"{path}: {items.Count} expected, came: {actual?.ToJsonString()}");
                for (var i = 0; i < items.Count; i++)
                    Assert(items[i], actual![i], $"{path}[{i}]");
                break;
            default:
                Xunit.Assert.True(
                    Text(expected) == Text(actual), $"{path}: '{Text(expected)}' expected, came: {Text(actual) ?? "nothing"}");
                break;
        }
    }

    /// <summary>Lays fields over others, object by object.</summary>
    public static void Merge(JsonObject into, JsonObject changes)
    {
        foreach (var (name, value) in changes)
        {
            if (into[name] is JsonObject inner && value is JsonObject changed)
                Merge(inner, changed);
            else
                into[name] = value?.DeepClone();
        }
    }

    public static bool Same(JsonNode? expected, string actual) =>
        JsonElement.DeepEquals(JsonElement.Parse(expected?.ToJsonString() ?? "null"), JsonElement.Parse(actual));

    private static string? Text(JsonNode? node) => node switch
    {
        null => null,
        JsonValue value when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False => value.ToJsonString(),
        _ => node.ToString(),
    };
}
