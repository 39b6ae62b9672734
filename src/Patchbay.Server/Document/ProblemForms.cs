using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Patchbay.Platform.Api;

namespace Patchbay.Server.Document;

/// <summary>Refusals as components: one <c>Problem</c>, and of it one for each set of codes that can come with a status.</summary>
internal static class ProblemForms
{
    public const string Name = "Problem";

    /// <summary>The answers for all statuses that an operation may refuse with.</summary>
    public static IEnumerable<(int Status, IOpenApiResponse Response)> Of(OpenApiDocument document, IReadOnlyList<RefusalGroup> groups)
    {
        foreach (var status in groups.SelectMany(group => group.Codes).Select(code => code.Status).Distinct().Order())
        {
            var at = groups.Select(group => group with { Codes = [.. group.Codes.Where(code => code.Status == status)] })
                .Where(group => group.Codes.Count > 0).ToList();
            IReadOnlyList<ErrorCode> codes = [.. at.SelectMany(group => group.Codes).Distinct()];
            var name = NameOf(document, status, at, codes);
            if (document.Components?.Responses?.ContainsKey(name) is not true)
                Add(document, name, status, codes);
            yield return (status, new OpenApiResponseReference(name, document));
        }
    }

    /// <summary>By what all such operations have in common, and as many of their own codes as tell it from others.</summary>
    private static string NameOf(
        OpenApiDocument document, int status, IReadOnlyList<RefusalGroup> at, IReadOnlyList<ErrorCode> codes)
    {
        var common = status + string.Concat(at.Select(group => group.Trait).Distinct());
        var own = at.Where(group => group.Trait is null).SelectMany(group => group.Codes).Distinct().ToList();
        for (var count = Math.Min(1, own.Count); ; count++)
        {
            var name = common + Pascal(own.Take(count));
            if (count == own.Count || document.Components?.Schemas?.TryGetValue(Name + name, out var present) is not true
                || Words(present).SequenceEqual(codes.Select(code => code.Word)))
                return name;
        }
    }

    private static IEnumerable<string?> Words(IOpenApiSchema problem) =>
        problem.AllOf![1].Properties!["code"].Enum!.Select(word => word?.GetValue<string>());

    private static void Add(OpenApiDocument document, string name, int status, IReadOnlyList<ErrorCode> codes)
    {
        var words = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. codes.Select(code => (JsonNode)code.Word)] };
        document.AddComponent(Name + name, new OpenApiSchema
        {
            AllOf =
            [
                new OpenApiSchemaReference(Name, document),
                new OpenApiSchema
                {
                    Type = JsonSchemaType.Object, Properties = new Dictionary<string, IOpenApiSchema> { ["code"] = words },
                },
            ],
        });
        document.AddComponent(name, new OpenApiResponse
        {
            Description = codes[0].Title,
            Headers = status switch
            {
                401 => SharedParts.Headers(document, "WWW-Authenticate"),
                429 => SharedParts.Headers(document, "Retry-After", "RateLimit", "RateLimit-Policy"),
                409 or 503 => SharedParts.Headers(document, "Retry-After"),
                _ => null,
            },
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [Problems.ContentType] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(Name + name, document) },
            },
        });
    }

    /// <summary>The component that all of them are made from.</summary>
    public static OpenApiSchema Whole(OpenApiSchema problem)
    {
        problem.Examples = [new JsonObject
        {
            ["type"] = Problems.TypeBase + ApiErrors.NotFound.Word, ["title"] = ApiErrors.NotFound.Title,
            ["status"] = ApiErrors.NotFound.Status, ["detail"] = "There is no such payment.", ["code"] = ApiErrors.NotFound.Word,
            ["errors"] = null, ["trace_id"] = "4bf92f3577b34da6a3ce929d0e0e4736",
        }];
        return problem;
    }

    private static string Pascal(IEnumerable<ErrorCode> codes) => string.Concat(
        codes.SelectMany(code => code.Word.Split('_')).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
