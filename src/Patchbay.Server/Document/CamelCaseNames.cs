using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.OpenApi;

namespace Patchbay.Server.Document;

/// <summary>Spells the fields of bodies as the paths in camelCase do.</summary>
internal static partial class CamelCaseNames
{
    public static void Apply(OpenApiDocument document)
    {
        foreach (var schema in document.Components!.Schemas!.Values.SelectMany(ComponentForms.Parts).OfType<OpenApiSchema>())
        {
            schema.Properties = schema.Properties?.ToDictionary(field => Of(field.Key), field => field.Value);
            schema.Required = schema.Required?.Select(Of).ToHashSet();
            schema.Examples = schema.Examples?.Select(example => Of(example)!).ToList();
        }
    }

    private static string Of(string name) => WordStart().Replace(name, match => match.Groups[1].Value.ToUpperInvariant());

    private static JsonNode? Of(JsonNode? value) => value switch
    {
        JsonObject fields => new JsonObject(fields.Select(field => KeyValuePair.Create(Of(field.Key), Of(field.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Of)]),
        _ => value?.DeepClone(),
    };

    [GeneratedRegex("_([a-z0-9])")]
    private static partial Regex WordStart();
}
