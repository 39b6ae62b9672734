using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Sandbox.Http;

/// <summary>One request to one operation of a vendor, its body read.</summary>
public sealed class Call(HttpContext http, string operation, string body)
{
    private static readonly JsonNodeOptions AnyCase = new() { PropertyNameCaseInsensitive = true };

    private IReadOnlyList<KeyValuePair<string, string>>? _form;
    private FormNode? _nested;
    private JsonObject? _json;

    /// <summary>For example <c>refunds.create</c>; the name faults and the ledger use.</summary>
    public string Operation { get; } = operation;

    public string Body { get; } = body;

    public HttpRequest Request => http.Request;

    public Credentials? Credentials { get; } = Credentials.Read(http.Request.Headers.Authorization.ToString());

    public IReadOnlyList<KeyValuePair<string, string>> Form => _form ??= FormFields.Parse(Body);

    /// <summary>The body as a JSON object; null when it is none.</summary>
    public JsonObject? Json => _json ??= Parse(Body);

    public FormNode Nested => _nested ??= FormNode.Of(Form);

    public string Route(string name) => (string)http.Request.RouteValues[name]!;

    public string? Query(string name) => http.Request.Query.TryGetValue(name, out var value) ? value.ToString() : null;

    /// <summary>A field of the JSON body when it is a text; else null.</summary>
    public string? Text(string name) => Json?[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    /// <summary>A whole number of the query; the other one when there is none that can be read.</summary>
    public int Number(string name, int otherwise) =>
        int.TryParse(Query(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    /// <summary>A time of the query, in UTC unless it says otherwise; null when there is none that can be read.</summary>
    public DateTimeOffset? Time(string name) =>
        DateTimeOffset.TryParse(Query(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    /// <summary>The path below the vendor's base address.</summary>
    public string Path => http.Request.Path.Value is { } path && path.IndexOf('/', 1) is > 0 and var slash ? path[slash..] : "/";

    public static async Task<Call> ReadAsync(HttpContext http, string operation, CancellationToken cancellationToken)
    {
        if (HttpMethods.IsGet(http.Request.Method))
            return new Call(http, operation, "");
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        return new Call(http, operation, await reader.ReadToEndAsync(cancellationToken));
    }

    private static JsonObject? Parse(string body)
    {
        try
        {
            return JsonNode.Parse(body, AnyCase) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
