using System.Text.Json;
using System.Text.Json.Nodes;

namespace Patchbay.Hub.Tests.Conventions.Fuzz;

/// <summary>An operation as the OpenAPI document describes it.</summary>
/// <param name="Body">The schema of its body; null when it takes none.</param>
internal sealed record ApiOperation(
    string Method, string Path, IReadOnlyList<string> PathNames, IReadOnlyList<string> QueryNames, string? ContentType, JsonElement? Body);

/// <summary>The OpenAPI document, read as a client reads it: which operations there are, and what a good body looks like.</summary>
internal sealed class ApiDocument(JsonElement root)
{
    private const int MaxDepth = 4;

    /// <summary>What a field of this name holds when it is right; others hold a word.</summary>
    private static readonly Dictionary<string, string> Good = new()
    {
        ["amount"] = "10.00", ["currency"] = "EUR", ["country"] = "DE", ["to"] = "+14155550123", ["capability"] = "send_sms",
        ["provider"] = "twilio", ["url"] = "https://example.com/hook", ["endpoint_url"] = "https://example.com/hook",
        ["return_url"] = "https://example.com/", ["cancel_url"] = "https://example.com/", ["events"] = "payment.*",
        ["permissions"] = "read:payments", ["field"] = "country", ["operator"] = "eq", ["email"] = "ann@example.com",
        ["phone"] = "+14155550123", ["minimum"] = "10.00", ["rate"] = "1.1",
    };

    public IReadOnlyList<ApiOperation> Operations { get; } =
    [
        .. root.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()
            .Where(method => method.Name is "get" or "post" or "put" or "patch" or "delete")
            .Select(method => Operation(root, path.Name, method))),
    ];

    /// <summary>A body with every field of the schema.</summary>
    public JsonNode? Sample(JsonElement schema) => Sample(schema, "", 0);

    /// <summary>Where the fields of a sample are, the parts of fields included: <c>["conditions", 0, "value"]</c>.</summary>
    public static IEnumerable<IReadOnlyList<object>> PlacesIn(JsonNode? sample)
    {
        var parts = sample switch
        {
            JsonObject fields => fields.Select(field => (Step: (object)field.Key, field.Value)),
            JsonArray items => items.Select((item, place) => (Step: (object)place, Value: item)),
            _ => [],
        };
        foreach (var (step, value) in parts)
        {
            yield return [step];
            foreach (var below in PlacesIn(value))
                yield return [step, .. below];
        }
    }

    private static ApiOperation Operation(JsonElement root, string path, JsonProperty method)
    {
        var parameters = method.Value.TryGetProperty("parameters", out var all)
            ? all.EnumerateArray().Select(parameter => parameter.TryGetProperty("$ref", out var shared)
                ? root.GetProperty("components").GetProperty("parameters").GetProperty(shared.GetString()!.Split('/')[^1])
                : parameter).ToList()
            : [];
        var content = method.Value.TryGetProperty("requestBody", out var body)
            ? body.GetProperty("content").EnumerateObject().First() : default(JsonProperty?);
        return new ApiOperation(
            method.Name.ToUpperInvariant(), path, Names("path"), Names("query"), content?.Name,
            content?.Value.TryGetProperty("schema", out var schema) == true ? schema : null);

        List<string> Names(string place) => [.. parameters.Where(parameter => parameter.GetProperty("in").GetString() == place)
            .Select(parameter => parameter.GetProperty("name").GetString()!)];
    }

    private JsonNode? Sample(JsonElement schema, string name, int depth)
    {
        if (schema.TryGetProperty("$ref", out var reference))
            return Sample(root.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]), name,
                depth);
        if (schema.TryGetProperty("oneOf", out var either) || schema.TryGetProperty("anyOf", out either))
            return Sample(either.EnumerateArray().Last(), name, depth);
        if (schema.TryGetProperty("enum", out var words))
            return words[0].GetString();
        if (schema.TryGetProperty("pattern", out var pattern) && pattern.GetString() is ['^', _, _, _, '_', ..] id)
            return id[1..4] + "_01h455vb4pex5vsknk084sn02q";
        return TypeOf(schema) switch
        {
            "object" when depth < MaxDepth => Object(schema, depth),
            "array" when depth < MaxDepth && schema.TryGetProperty("items", out var items) => new JsonArray(Sample(items, name, depth + 1)),
            "integer" or "number" => 5,
            "boolean" => true,
            "string" when schema.TryGetProperty("format", out var format) && format.GetString() == "date-time" => "2999-01-01T00:00:00Z",
            "object" or "array" => null,
            _ => Good.GetValueOrDefault(name, "word"),
        };
    }

    private JsonObject Object(JsonElement schema, int depth)
    {
        var sample = new JsonObject();
        if (schema.TryGetProperty("properties", out var fields))
        {
            foreach (var field in fields.EnumerateObject())
                sample[field.Name] = Sample(field.Value, field.Name, depth + 1);
        }
        else
        {
            sample["key"] = schema.TryGetProperty("additionalProperties", out var values) && values.ValueKind == JsonValueKind.Object
                ? Sample(values, "key", depth + 1) : "word";
        }

        return sample;
    }

    /// <summary>The one that is not null; amounts are texts first.</summary>
    private static string TypeOf(JsonElement schema) =>
        !schema.TryGetProperty("type", out var type) ? schema.TryGetProperty("properties", out _) ? "object" : "any"
        : type.ValueKind == JsonValueKind.String ? type.GetString()!
        : type.EnumerateArray().Select(one => one.GetString()!).Where(one => one != "null")
            .OrderBy(one => one is "integer" or "number" or "boolean" or "object" or "array" ? 0 : 1).First();
}
