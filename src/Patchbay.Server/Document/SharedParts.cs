using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Patchbay.Platform.Api;
using Patchbay.Platform.Operations;

namespace Patchbay.Server.Document;

/// <summary>Parameters and headers that many operations have, each once among the components of a document that has need of it.</summary>
internal static class SharedParts
{
    public const string IdempotencyKey = "Idempotency-Key";

    private static readonly Dictionary<string, (string Text, string Example)> AnswerHeaders = new(StringComparer.Ordinal)
    {
        ["Location"] = ("Address of the resource.", "/api/v1/payments/pay_01kanx0fv9e5vbr9b7xw6n4c2m"),
        ["Retry-After"] = ("Seconds to wait before it makes sense to try again.", "1"),
        ["Idempotency-Replay"] = ("`true` when this is the first answer under the Idempotency-Key once more; else left out.", "true"),
        ["RateLimit"] = ("What is left of the key's rate on this node, and in how many seconds it is whole again.", "\"default\";r=99;t=1"),
        ["RateLimit-Policy"] = ("The key's rate: calls at once, and the seconds in which as many come back.", "\"default\";q=100;w=2"),
        ["WWW-Authenticate"] = ("The scheme that is asked for.", "Bearer"),
    };

    // Where a list has one of these, it is the same as elsewhere.
    private static readonly string[] Common = ["mode", "integration_id", "created_after", "created_before"];

    public static Dictionary<string, IOpenApiHeader> Headers(OpenApiDocument document, params IEnumerable<string> names)
    {
        var headers = new Dictionary<string, IOpenApiHeader>();
        foreach (var name in names)
        {
            if (document.Components?.Headers?.ContainsKey(name) is not true)
                document.AddComponent(name, new OpenApiHeader { Description = AnswerHeaders[name].Text, Schema = Text(name) });
            headers[name] = new OpenApiHeaderReference(name, document);
        }

        return headers;

        static OpenApiSchema Text(string name) => name == "Retry-After"
            ? new OpenApiSchema { Type = JsonSchemaType.Integer, Examples = [1] }
            : new OpenApiSchema { Type = JsonSchemaType.String, Examples = [AnswerHeaders[name].Example] };
    }

    /// <param name="required">It moves money.</param>
    public static IOpenApiParameter KeyOf(OpenApiDocument document, bool required) =>
        Once(document, required ? "RequiredIdempotencyKey" : "IdempotencyKey", () => new OpenApiParameter
        {
            Name = IdempotencyKey, In = ParameterLocation.Header, Required = required,
            Description = "The same key with the same body gets the first answer again.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = ApiRequest.MaxKey },
            Example = "order-1042",
        });

    public static IOpenApiParameter Prefer(OpenApiDocument document) => Once(document, "Prefer", () => new OpenApiParameter
    {
        Name = "Prefer", In = ParameterLocation.Header,
        Description = $"wait=N waits up to N (at most {ApiRequest.MaxWait.TotalSeconds}) seconds for the first outcome.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = "^wait=[0-9]+$" },
        Example = "wait=10",
    });

    public static IOpenApiParameter Query(OpenApiDocument document, QueryParameter parameter) =>
        PageRequest.Parameters.Contains(parameter) || Common.Contains(parameter.Name)
            ? Once(document, parameter.Name, () => Of(parameter))
            : Of(parameter);

    public static IOpenApiParameter Once(OpenApiDocument document, string name, Func<OpenApiParameter> make)
    {
        if (document.Components?.Parameters?.ContainsKey(name) is not true)
            document.AddComponent(name, make());
        return new OpenApiParameterReference(name, document);
    }

    private static OpenApiParameter Of(QueryParameter parameter)
    {
        var isNumber = parameter.Format == "int32";
        var schema = new OpenApiSchema
        {
            Type = isNumber ? JsonSchemaType.Integer : JsonSchemaType.String, Format = parameter.Format, Pattern = parameter.Pattern,
            Enum = parameter.Words.Count == 0 ? null : [.. parameter.Words.Select(word => (JsonNode)word)],
        };
        return new OpenApiParameter
        {
            Name = parameter.Name, In = ParameterLocation.Query, Description = parameter.Description,
            Schema = parameter.Repeats ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = schema } : schema,
        };
    }
}
