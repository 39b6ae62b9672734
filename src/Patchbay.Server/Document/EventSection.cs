using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Patchbay.Platform.Events;

namespace Patchbay.Server.Document;

/// <summary>
/// Events with the type of their data, told apart by <c>type</c>: in the feed, and as what is posted to webhook endpoints.
/// </summary>
internal static class EventSection
{
    public static async Task AddAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        var schemas = document.Components!.Schemas!;
        var any = (OpenApiSchema)schemas[nameof(EventView)];
        any.Discriminator = new OpenApiDiscriminator { PropertyName = "type", Mapping = new Dictionary<string, OpenApiSchemaReference>() };
        any.OneOf = [];
        document.Webhooks = new Dictionary<string, IOpenApiPathItem>();
        var types = context.ApplicationServices.GetRequiredService<EventTypes>().All;
        foreach (var kind in types.GroupBy(type => type.Data))
        {
            var data = kind.Key.Name;
            var schema = await context.GetOrCreateSchemaAsync(kind.Key, null, cancellationToken);
            if (!schemas.ContainsKey(data))
                document.AddComponent(data, WithReferences(document, schema));
            var name = (data.EndsWith("View", StringComparison.Ordinal) ? data[..^"View".Length] : data) + "Event";
            document.AddComponent(name, Envelope(document, any, data, kind));
            document.AddComponent(name, new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["application/json"] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(name, document) },
                },
            });
            any.OneOf.Add(new OpenApiSchemaReference(name, document));
            foreach (var type in kind)
            {
                any.Discriminator.Mapping[type.Name] = new OpenApiSchemaReference(name, document);
                document.Webhooks[type.Name] = Webhook(document, type, name);
            }
        }

        (any.Type, any.Properties, any.Required) = (null, null, null);
        any.Description = "An event. Webhook endpoints get it so whose `payload_mode` is `full` and whose `content_mode` is `standard`, "
            + "signed by Standard Webhooks in the headers `webhook-id`, `webhook-timestamp` and `webhook-signature`.";
    }

    /// <summary>What it is made of, as components: the schema of a type that no endpoint answers comes in one piece.</summary>
    private static OpenApiSchema WithReferences(OpenApiDocument document, OpenApiSchema data)
    {
        foreach (var (name, field) in data.Properties?.ToList() ?? [])
        {
            if (field is not OpenApiSchema { Metadata: { } known } part
                || !known.TryGetValue("x-schema-id", out var id) || id is not string { Length: > 0 } component)
                continue;
            if (!document.Components!.Schemas!.ContainsKey(component))
                document.AddComponent(component, WithReferences(document, part));
            var reference = new OpenApiSchemaReference(component, document);
            data.Properties![name] = known.ContainsKey(SchemaForms.Nullable)
                ? new OpenApiSchema { OneOf = [new OpenApiSchema { Type = JsonSchemaType.Null }, reference] } : reference;
        }

        return data;
    }

    private static OpenApiSchema Envelope(OpenApiDocument document, OpenApiSchema any, string data, IEnumerable<EventType> types) => new()
    {
        Type = JsonSchemaType.Object,
        Required = any.Required,
        Properties = new Dictionary<string, IOpenApiSchema>(any.Properties!)
        {
            ["type"] = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. types.Select(type => (JsonNode)type.Name)] },
            ["data"] = new OpenApiSchemaReference(data, document),
        },
    };

    private static OpenApiPathItem Webhook(OpenApiDocument document, EventType type, string schema)
    {
        var item = new OpenApiPathItem();
        item.AddOperation(HttpMethod.Post, new OpenApiOperation
        {
            Summary = type.Description,
            OperationId = type.Name,
            Security = [],
            RequestBody = new OpenApiRequestBodyReference(schema, document),
            Responses = new OpenApiResponses { ["2XX"] = new OpenApiResponse { Description = "Taken" } },
        });
        return item;
    }

    /// <summary>The records that are published as data.</summary>
    public static IEnumerable<(string Name, OpenApiSchema Schema)> DataOf(OpenApiDocument document) =>
        (document.Components!.RequestBodies?.Keys ?? []).Select(name => document.Components.Schemas![name].Properties!["data"])
            .OfType<OpenApiSchemaReference>()
            .Select(data => (data.Reference.Id!, (OpenApiSchema)document.Components.Schemas![data.Reference.Id!]));
}
