using System.Text.Json;
using System.Text.Unicode;
using Patchbay.Storage;

namespace Patchbay.Platform.Api;

/// <summary>
/// Finds in a JSON document what can be read and not be kept or worked with: text that no database keeps (NUL, half a surrogate pair, bytes
/// that are no UTF-8), and null in a list whose entries are something.
/// </summary>
internal static class JsonText
{
    /// <summary>
    /// The path of the first such field, <c>customer.id</c>, and what is wrong; null when there is none. What is no JSON has none: others
    /// say so.
    /// </summary>
    public static (string Field, string Fault)? Find(ReadOnlySpan<byte> json, JsonShape shape)
    {
        // Text can only be so as an escape, or as bytes that are no UTF-8: most documents have neither.
        if (json.IndexOf("\\u"u8) < 0 && json.IndexOf("null"u8) < 0 && Utf8.IsValid(json))
            return null;
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = HubJson.MaxDepth });
        var path = new Stack<(string? Name, int Place)>();
        try
        {
            while (reader.Read())
            {
                if (IsFaulty(ref reader))
                    return (Path(path), Faults.NotStorable);
                if (reader.TokenType == JsonTokenType.Null && path.TryPeek(out var top) && top.Place >= 0
                    && shape.RefusesNullAt(path.Reverse().Select(step => step.Name)))
                    return (Path(path), "must not be null");
                Step(ref reader, path);
            }
        }
        catch (JsonException)
        {
            // Others say so.
        }

        return null;
    }

    private static bool IsFaulty(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName))
            return false;
        try
        {
            return !StorableText.IsStorable(reader.GetString());
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }

    /// <summary>The top of the stack is the field or the place in an array that comes next.</summary>
    private static void Step(ref Utf8JsonReader reader, Stack<(string? Name, int Place)> path)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                path.Push((null, -1));
                return;
            case JsonTokenType.StartArray:
                path.Push((null, 0));
                return;
            case JsonTokenType.PropertyName:
                path.Pop();
                path.Push((reader.GetString(), -1));
                return;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                path.Pop();
                break;
        }

        if (path.TryPeek(out var top) && top.Place >= 0)
        {
            path.Pop();
            path.Push((null, top.Place + 1));
        }
    }

    private static string Path(Stack<(string? Name, int Place)> path)
    {
        var text = string.Concat(
            path.Reverse().Select(step => step.Place >= 0 ? $"[{step.Place}]" : step.Name is null ? "" : "." + step.Name));
        return text.Length == 0 ? "body" : text.TrimStart('.');
    }
}
