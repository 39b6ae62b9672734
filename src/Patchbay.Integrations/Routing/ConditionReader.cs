using System.Text.Json;
using Patchbay.Platform.Api;

namespace Patchbay.Integrations.Routing;

/// <summary>
/// Reads <c>conditions</c> as sent by a caller. Looks at the shape only; the meaning is for <see cref="ConditionCompiler"/>.
/// </summary>
public static class ConditionReader
{
    /// <summary>
    /// One condition per element, in order. An element of the wrong shape leaves a fault and an empty condition in its place, so that
    /// later faults carry the caller's own indexes. A missing or null list has no conditions.
    /// </summary>
    public static IReadOnlyList<Condition> Read(JsonElement conditions, Faults faults)
    {
        if (conditions.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
            return [];
        if (conditions.ValueKind != JsonValueKind.Array)
        {
            faults.Add("conditions", "must be a list");
            return [];
        }

        return conditions.EnumerateArray().Select((element, i) => ReadOne(element, $"conditions[{i}]", faults)).ToList();
    }

    /// <summary>
    /// Null for what is no text, also for one with half a surrogate pair, which JSON lets through and .NET refuses to read.
    /// </summary>
    internal static string? TextOf(JsonElement element)
    {
        try
        {
            return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static Condition ReadOne(JsonElement element, string path, Faults faults)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            faults.Add(path, "must be an object with field, operator and value");
            return new Condition("", "", default);
        }

        JsonElement? field = null, word = null, value = null;
        foreach (var property in element.EnumerateObject())
        {
            if (property.NameEquals("field"))
                field = property.Value;
            else if (property.NameEquals("operator"))
                word = property.Value;
            else if (property.NameEquals("value"))
                value = property.Value.Clone();
            else
                faults.Add(path, "has a property that is not known; a condition has field, operator and value");
        }

        if (value is null)
            faults.Add($"{path}.value", "is required");
        return new Condition(Word(field, $"{path}.field", faults), Word(word, $"{path}.operator", faults), value.GetValueOrDefault());
    }

    private static string Word(JsonElement? element, string path, Faults faults)
    {
        if (element is null)
            faults.Add(path, "is required");
        else if (TextOf(element.Value) is { } word)
            return word;
        else
            faults.Add(path, "must be a text");
        return "";
    }
}
