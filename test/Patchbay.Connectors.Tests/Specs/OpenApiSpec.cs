using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Patchbay.Connectors.Tests;

/// <summary>A vendor's OpenAPI file, to hold requests and answers against.</summary>
internal sealed class OpenApiSpec(JsonObject document)
{
    private static readonly ConcurrentDictionary<string, OpenApiSpec?> Known = new();

    /// <summary><c>Specs/NAME.yaml</c>; null when the vendor publishes none.</summary>
    public static OpenApiSpec? Find(string provider) => Known.GetOrAdd(provider, static name =>
        SpecFile.Exists(name + ".yaml") ? new OpenApiSpec(SpecFile.ReadYaml(name + ".yaml")) : null);

    /// <summary>What is wrong with a request: path, method, parameters, content type, body. Empty when nothing is.</summary>
    public IReadOnlyList<string> CheckRequest(HttpMethod method, Uri uri, string? mediaType, string body)
    {
        if (Find(method, uri) is not { } found)
            return [$"{method} {uri.AbsolutePath} does not exist"];
        var parameters = (found.Operation["parameters"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        return
        [
            .. parameters.Where(parameter => In(parameter, "path"))
                .SelectMany(parameter => CheckValue(parameter, found.Path[Name(parameter)])),
            .. CheckQuery(parameters.Where(parameter => In(parameter, "query")).ToList(), FormTree.Parse(uri.Query.TrimStart('?'))),
            .. CheckBody(found.Operation["requestBody"] as JsonObject, mediaType, body),
        ];
    }

    /// <summary>What is wrong with an answer; fields the file does not know are no fault.</summary>
    public IReadOnlyList<string> CheckReply(HttpMethod method, Uri uri, int status, string body)
    {
        if (Find(method, uri) is not { } found)
            return [$"{method} {uri.AbsolutePath} does not exist"];
        var replies = (JsonObject)found.Operation["responses"]!;
        var reply = replies[status.ToString(System.Globalization.CultureInfo.InvariantCulture)] ?? replies["default"];
        if (reply is JsonObject { Count: > 0 } bodiless && bodiless["content"] is null)
            return body.Length == 0 ? [] : [$"{status} to {method} {uri.AbsolutePath} has no body"];
        return reply?["content"]?["application/json"]?["schema"] is JsonObject schema
            ? SchemaCheck.Faults(JsonNode.Parse(body), schema, document, SchemaMode.Reply)
            : [$"{status} is not an answer to {method} {uri.AbsolutePath}"];
    }

    private (JsonObject Operation, JsonObject Path)? Find(HttpMethod method, Uri uri)
    {
        foreach (var (template, item) in (JsonObject)document["paths"]!)
        {
            var pattern = "^" + Regex.Replace(Regex.Escape(template), @"\\\{(\w+)}", "(?<$1>[^/]+)") + "$";
            var match = Regex.Match(uri.AbsolutePath, pattern);
            if (match.Success && item?[method.Method.ToLowerInvariant()] is JsonObject operation)
            {
                var values = match.Groups.Values.Where(group => !char.IsDigit(group.Name[0]))
                    .Select(group => KeyValuePair.Create(group.Name, (JsonNode?)Uri.UnescapeDataString(group.Value)));
                return (operation, new JsonObject(values));
            }
        }

        return null;
    }

    private IEnumerable<string> CheckQuery(List<JsonObject> parameters, JsonObject query)
    {
        foreach (var unknown in query.Select(pair => pair.Key).Except(parameters.Select(Name)))
            yield return $"query: unknown parameter '{unknown}'";
        foreach (var parameter in parameters)
        {
            var isThere = query.ContainsKey(Name(parameter));
            if (!isThere && parameter["required"]?.GetValue<bool>() == true)
                yield return $"query: '{Name(parameter)}' is required";
            if (!isThere)
                continue;
            foreach (var fault in CheckValue(parameter, query[Name(parameter)]))
                yield return fault;
        }
    }

    private IReadOnlyList<string> CheckValue(JsonObject parameter, JsonNode? value) =>
        SchemaCheck.Faults(value, (JsonObject)parameter["schema"]!, document, SchemaMode.Form, Name(parameter));

    private IReadOnlyList<string> CheckBody(JsonObject? declared, string? mediaType, string body)
    {
        if (mediaType is null || (declared is null && body.Length == 0))
            return declared?["required"]?.GetValue<bool>() == true ? ["body: is required"] : [];
        if (declared?["content"]?[mediaType]?["schema"] is not JsonObject schema)
            return [$"body: {mediaType} is not taken"];
        var isForm = mediaType == "application/x-www-form-urlencoded";
        return SchemaCheck.Faults(
            isForm ? FormTree.Parse(body) : JsonNode.Parse(body), schema, document, isForm ? SchemaMode.Form : SchemaMode.Json, "body");
    }

    private static bool In(JsonObject parameter, string place) => parameter["in"]?.ToString() == place;

    private static string Name(JsonObject parameter) => parameter["name"]!.ToString();
}
