using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Patchbay.Connectors.Tests;

internal enum SchemaMode
{
    /// <summary>Scalars are texts that have to read as the type the schema wants; unknown fields are faults.</summary>
    Form,

    /// <summary>Types as they are; unknown fields are faults.</summary>
    Json,

    /// <summary>
    /// Types as they are; a provider may answer more than its specification says, and a whole object where it lists an id.
    /// </summary>
    Reply,
}

/// <summary>
/// Checks a value against the part of JSON Schema that the vendors' files and the manifests use, and lists what is wrong.
/// </summary>
/// <param name="root">Where <c>$ref</c> points into.</param>
internal sealed class SchemaCheck(JsonObject root, SchemaMode mode)
{
    private readonly List<string> _faults = [];

    public static IReadOnlyList<string> Faults(JsonNode? value, JsonObject schema, JsonObject root, SchemaMode mode, string path = "$")
    {
        var check = new SchemaCheck(root, mode);
        check.Check(value, schema, path);
        return check._faults;
    }

    private void Check(JsonNode? value, JsonObject schema, string path)
    {
        while (schema["$ref"]?.GetValue<string>() is { } reference)
            schema = Resolve(reference);
        if (value is null)
        {
            if (schema["nullable"]?.GetValue<bool>() != true)
                _faults.Add($"{path}: may not be null");
            return;
        }

        CheckAlternatives(value, schema, path);
        if (schema["enum"] is JsonArray words && !words.Any(word => word?.ToString() == value.ToString()))
            _faults.Add($"{path}: '{value}' is not one of {words.ToJsonString()}");
        var type = schema["type"]?.GetValue<string>();
        switch (type)
        {
            case "object":
                CheckObject(value, schema, path);
                break;
            case "array":
                CheckArray(value, schema, path);
                break;
            case "string":
                CheckText(value, schema, path);
                break;
            case "integer" or "number" or "boolean":
                CheckScalar(value, schema, type, path);
                break;
            case null when value is JsonObject fields:
                CheckRequired(fields, schema, path);
                break;
        }
    }

    private void CheckAlternatives(JsonNode value, JsonObject schema, string path)
    {
        foreach (var part in Parts(schema, "allOf"))
            Check(value, part, path);
        foreach (var word in new[] { "anyOf", "oneOf" })
        {
            var alternatives = Parts(schema, word).Select(part => Faults(value, part, root, mode, path)).ToList();
            var fitting = alternatives.Count(faults => faults.Count == 0);
            if (alternatives.Count > 0 && (fitting == 0 || (word == "oneOf" && fitting > 1)))
                _faults.Add($"{path}: fits {fitting} of {word}: {string.Join(" | ", alternatives.SelectMany(faults => faults))}");
        }
    }

    private void CheckObject(JsonNode value, JsonObject schema, string path)
    {
        var properties = schema["properties"] as JsonObject ?? [];
        var isOpen = schema["additionalProperties"] is JsonValue flag && flag.GetValue<bool>();
        // The trimmed files made arrays of objects open objects.
        if (mode == SchemaMode.Reply && value is JsonArray && isOpen)
            return;
        if (value is not JsonObject fields)
        {
            _faults.Add($"{path}: must be an object");
            return;
        }

        CheckRequired(fields, schema, path);
        foreach (var (name, field) in fields)
        {
            if (properties[name] is JsonObject known)
                Check(field, known, $"{path}.{name}");
            else if (schema["additionalProperties"] is JsonObject others)
                Check(field, others, $"{path}.{name}");
            else if (!isOpen && mode != SchemaMode.Reply)
                _faults.Add($"{path}: unknown field '{name}'");
        }
    }

    private void CheckRequired(JsonObject fields, JsonObject schema, string path)
    {
        foreach (var name in (schema["required"] as JsonArray ?? []).Select(name => name!.ToString())
            .Where(name => !fields.ContainsKey(name)))
            _faults.Add($"{path}: '{name}' is required");
    }

    private void CheckArray(JsonNode value, JsonObject schema, string path)
    {
        IEnumerable<JsonNode?>? items = value switch
        {
            JsonArray array => array,
            JsonObject indexed when mode == SchemaMode.Form => indexed.Select(pair => pair.Value),
            JsonValue one when mode == SchemaMode.Form => [one],
            _ => null,
        };
        if (items is null)
        {
            _faults.Add($"{path}: must be an array");
            return;
        }

        var index = 0;
        foreach (var item in items)
            Check(item, schema["items"] as JsonObject ?? [], $"{path}[{index++}]");
    }

    private void CheckText(JsonNode value, JsonObject schema, string path)
    {
        if (mode == SchemaMode.Reply && value is JsonObject { } expanded && expanded.ContainsKey("id"))
            return;
        if (value.GetValueKind() != JsonValueKind.String)
        {
            _faults.Add($"{path}: must be a text");
            return;
        }

        var text = value.ToString();
        if (text.Length > Number(schema, "maxLength") || text.Length < Number(schema, "minLength"))
            _faults.Add($"{path}: has {text.Length} characters");
        if (schema["pattern"]?.GetValue<string>() is { } pattern && !Regex.IsMatch(text, pattern, RegexOptions.ECMAScript))
            _faults.Add($"{path}: does not match {pattern}");
    }

    private void CheckScalar(JsonNode value, JsonObject schema, string type, string path)
    {
        var kind = value.GetValueKind();
        var text = value.ToString();
        var number = 0m;
        var fits = (type, kind) switch
        {
            ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
            ("boolean", JsonValueKind.String) => mode == SchemaMode.Form && text is "true" or "false",
            (not "boolean", JsonValueKind.Number) or (not "boolean", JsonValueKind.String) =>
                (kind == JsonValueKind.Number || mode == SchemaMode.Form)
                && decimal.TryParse(text, NumberStyles.Number & ~NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out number)
                && (type == "number" || number == decimal.Truncate(number)),
            _ => false,
        };
        if (!fits)
            _faults.Add($"{path}: '{text}' is not {type}");
        else if (number < Number(schema, "minimum") || number > Number(schema, "maximum"))
            _faults.Add($"{path}: {number} is out of range");
    }

    private JsonObject Resolve(string reference)
    {
        JsonNode? node = root;
        foreach (var part in reference.Split('/').Skip(1))
            node = node?[part];
        return node as JsonObject ?? throw new InvalidOperationException($"{reference} points nowhere.");
    }

    private static IEnumerable<JsonObject> Parts(JsonObject schema, string word) => (schema[word] as JsonArray ?? []).OfType<JsonObject>();

    private static decimal? Number(JsonObject schema, string word) => schema[word] is { } node
        ? decimal.Parse(node.ToString(), CultureInfo.InvariantCulture)
        : null;
}
