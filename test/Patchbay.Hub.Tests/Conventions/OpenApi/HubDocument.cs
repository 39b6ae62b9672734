using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Conventions.OpenApi;

/// <summary>An operation of the document, with what its references lead to.</summary>
internal sealed record DocumentedOperation(string Method, string Path, JsonElement Body)
{
    public string Id => Body.GetProperty("operationId").GetString()!;

    public override string ToString() => $"{Method.ToUpperInvariant()} {Path}";
}

/// <summary>An OpenAPI document of the hub, as a client reads it.</summary>
internal sealed partial class HubDocument
{
    private static readonly EvaluationOptions Whole = new() { OutputFormat = OutputFormat.List, RequireFormatValidation = true };

    private readonly JsonNode _definitions;
    private readonly Dictionary<string, JsonSchema> _schemas = [];

    private HubDocument(string text)
    {
        Text = text;
        Root = JsonElement.Parse(text);
        _definitions = JsonNode.Parse(Root.GetProperty("components").GetProperty("schemas").GetRawText()
            .Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal))!;
        Operations =
        [
            .. Root.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()
                .Where(member => member.Name is "get" or "post" or "put" or "patch" or "delete")
                .Select(member => new DocumentedOperation(member.Name, path.Name, member.Value))),
        ];
    }

    public string Text { get; }

    public JsonElement Root { get; }

    public IReadOnlyList<DocumentedOperation> Operations { get; }

    public static async Task<HubDocument> ReadAsync(HttpClient client, string name = "v1") =>
        new((await client.GetJsonAsync($"/openapi/{name}.json")).Body.GetRawText());

    public DocumentedOperation Operation(string id) => Operations.Single(operation => operation.Id == id);

    /// <summary>What a reference leads to; what is none stays.</summary>
    public JsonElement Resolve(JsonElement element) => element.TryGetProperty("$ref", out var reference)
        ? Resolve(reference.GetString()![2..].Split('/').Aggregate(Root, (at, step) => at.GetProperty(step)))
        : element;

    public IEnumerable<JsonElement> Parameters(DocumentedOperation operation) =>
        operation.Body.TryGetProperty("parameters", out var all) ? all.EnumerateArray().Select(Resolve) : [];

    public JsonElement? Answer(DocumentedOperation operation, int status) =>
        operation.Body.GetProperty("responses").TryGetProperty($"{status}", out var response) ? Resolve(response) : null;

    /// <summary>Null when the answer has no body.</summary>
    public JsonElement? Media(JsonElement? answer, string type) =>
        answer is { } given && given.TryGetProperty("content", out var content) && content.TryGetProperty(type, out var media)
            ? media : null;

    /// <summary>The codes that a status of the operation can come with.</summary>
    public IReadOnlyList<string> Codes(DocumentedOperation operation, int status) =>
        Media(Answer(operation, status), "application/problem+json") is { } media
            ? [.. Resolve(media.GetProperty("schema")).GetProperty("allOf")[1].GetProperty("properties").GetProperty("code")
                .GetProperty("enum").EnumerateArray().Select(code => code.GetString()!)]
            : [];

    /// <summary>What a body may look like: the example at the body itself, else those of the records that it is made of.</summary>
    public JsonElement? Example(JsonElement media) =>
        media.TryGetProperty("example", out var example) ? example
        : ExampleOf(media.GetProperty("schema")) is { } made ? JsonSerializer.SerializeToElement(made) : null;

    private JsonNode? ExampleOf(JsonElement schema)
    {
        var whole = Resolve(schema);
        if (whole.TryGetProperty("examples", out var examples))
            return JsonNode.Parse(examples[0].GetRawText());
        if (whole.TryGetProperty("oneOf", out var either))
            return ExampleOf(either[0]);
        if (!whole.TryGetProperty("properties", out var fields))
            return null;
        if (fields.TryGetProperty("has_more", out _) && fields.TryGetProperty("data", out var list))
            return ExampleOf(list.GetProperty("items")) is { } item
                ? new JsonObject { ["data"] = new JsonArray(item), ["next_cursor"] = null, ["has_more"] = false } : null;
        if (!fields.TryGetProperty("data", out var data) || ExampleOf(data) is not { } told)
            return null;
        return new JsonObject
        {
            ["id"] = "evt_01kanx0fv9e5vbr9b7xw6n4c2m", ["type"] = fields.GetProperty("type").GetProperty("enum")[0].GetString(),
            ["tenant_id"] = "ten_01kanx0fv9e5vbr9b7xw6n4c2m", ["occurred_at"] = "2026-11-21T14:03:00.000Z", ["data"] = told,
        };
    }

    /// <summary>What is wrong with a body, by its schema.</summary>
    public IReadOnlyList<string> Faults(JsonElement schema, JsonElement body)
    {
        var text = schema.GetRawText().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal);
        if (!_schemas.TryGetValue(text, out var read))
        {
            var whole = JsonNode.Parse(text)!.AsObject();
            whole["$defs"] = DefinitionsFor(text);
            read = _schemas[text] = JsonSchema.FromText(
                whole.ToJsonString(), new BuildOptions { Dialect = Dialect.Draft202012, SchemaRegistry = new SchemaRegistry() });
        }

        var found = read.Evaluate(body, Whole);
        return found.IsValid ? [] : [.. (found.Details ?? []).Where(part => part.Errors is not null)
            .SelectMany(part => part.Errors!.Select(error => $"{part.InstanceLocation} {error.Value}"))];
    }

    /// <summary>Those that it leads to and no others: there are hundreds, and each has to be read.</summary>
    private JsonObject DefinitionsFor(string schema)
    {
        var (found, left) = (new JsonObject(), new Stack<string>([schema]));
        while (left.TryPop(out var part))
        {
            foreach (var name in Definition().Matches(part).Select(match => match.Groups[1].Value))
            {
                if (found.ContainsKey(name))
                    continue;
                var definition = _definitions[name]!;
                found[name] = definition.DeepClone();
                left.Push(definition.ToJsonString());
            }
        }

        return found;
    }

    [GeneratedRegex(@"#/\$defs/([^""]+)""")]
    private static partial Regex Definition();
}
