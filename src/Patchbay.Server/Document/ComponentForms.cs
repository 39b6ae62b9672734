using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.OpenApi;

namespace Patchbay.Server.Document;

/// <summary>The last hand on components, once all of them are there.</summary>
internal static partial class ComponentForms
{
    private const string OfRequests = "Request";

    public static void Tidy(OpenApiDocument document)
    {
        foreach (var (name, schema) in document.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>())
        {
            var isRequest = name.EndsWith(OfRequests, StringComparison.Ordinal);
            if (isRequest)
                Demand(schema);
            if (schema is OpenApiSchema component)
                AllowNoNull(component);
            foreach (var part in Parts(schema).OfType<OpenApiSchema>())
            {
                part.Description = part.Description is { } text ? Space().Replace(text, " ") : null;
                part.AdditionalPropertiesAllowed |= !isRequest;   // answers leave room for fields to come
            }
        }

        foreach (var body in Operations(document).Select(operation => operation.RequestBody).OfType<OpenApiRequestBody>())
        {
            body.Required = body.Content?.Values
                .Any(media => media.Schema is { Required.Count: > 0 } or { Type: JsonSchemaType.String }) is true;
        }
    }

    public static IEnumerable<OpenApiOperation> Operations(OpenApiDocument document) =>
        document.Paths.Values.Concat(document.Webhooks?.Values ?? [])
            .SelectMany(path => path.Operations?.Values ?? Enumerable.Empty<OpenApiOperation>());

    /// <summary>It, and what it is made of, up to other components.</summary>
    public static IEnumerable<IOpenApiSchema> Parts(IOpenApiSchema schema) => schema is OpenApiSchemaReference
        ? [schema]
        : new[] { schema.Items, schema.AdditionalProperties }.OfType<IOpenApiSchema>()
            .Concat(schema.Properties?.Values ?? []).Concat(schema.OneOf ?? []).Concat(schema.AllOf ?? [])
            .SelectMany(Parts).Prepend(schema);

    /// <summary>That it may be null is said where it is used.</summary>
    private static void AllowNoNull(OpenApiSchema component)
    {
        component.Type &= ~JsonSchemaType.Null;
        component.Enum = component.Enum?.Where(word => word is not null && word.GetValueKind() == JsonValueKind.String).ToList();
    }

    /// <summary>What a request demands cannot be null either.</summary>
    private static void Demand(IOpenApiSchema request)
    {
        foreach (var name in request.Required ?? new HashSet<string>())
        {
            if (request.Properties![name] is OpenApiSchema { OneOf: [_, var present] })
                request.Properties[name] = present;
            else if (request.Properties[name] is OpenApiSchema field)
                field.Type &= ~JsonSchemaType.Null;
        }
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
