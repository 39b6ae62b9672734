using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Patchbay.Platform.Events;

namespace Patchbay.Server.Document;

/// <summary>
/// An example for every body: what stands at the record (<c>&lt;example&gt;</c>), or what its type of event gives; else one made from the
/// schema, with the words below for fields whose name says what is in them.
/// </summary>
internal sealed class Examples
{
    public const string Decimal = @"^-?\d+(\.\d+)?$";
    private const string Hash = "5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9";
    private const string IdEnding = "01kanx0fv9e5vbr9b7xw6n4c2m";

    private static readonly Dictionary<string, JsonNode> Words = new(StringComparer.Ordinal)
    {
        ["action"] = "webhook.create", ["actor"] = "key_" + IdEnding, ["affiliate_id"] = "portal-7", ["affiliate_lead_id"] = "L-1042",
        ["amount"] = "125.50", ["body_hash"] = Hash, ["capability"] = "send_sms", ["code"] = "card_declined", ["concurrency"] = 16,
        ["country"] = "BR", ["currencies"] = new JsonArray("EUR", "USD"), ["currency"] = "EUR", ["customer_id"] = "cus_17",
        ["deposited"] = "125.50", ["description"] = "Orders", ["destination"] = "int_" + IdEnding, ["display_name"] = "Stripe",
        ["docs_url"] = "https://docs.example.com/", ["endpoint_url"] = "https://portal.example/batches", ["event"] = "lead.deposit",
        ["event_type"] = "payment.succeeded", ["field"] = "country", ["hash"] = Hash, ["hint"] = "ba_live_...4c2m", ["is_active"] = true,
        ["kind"] = "retry_deliveries", ["method"] = "POST", ["name"] = "Orders", ["ok"] = true, ["operator"] = "eq",
        ["permissions"] = new JsonArray("read:payments"), ["provider"] = "stripe", ["rate"] = "0.2", ["reason"] = "already_told",
        ["reference"] = "order-1042", ["reporting_currency"] = "USD", ["reversed"] = "0.00", ["rule"] = "after_ftd",
        ["status"] = "delivered", ["subject"] = "pay_" + IdEnding, ["subject_id"] = "pay_" + IdEnding, ["success"] = true,
        ["to"] = "+14155550123", ["type"] = "payment.succeeded", ["url"] = "https://shop.example/hooks", ["verify"] = "Reads the balance",
        ["version"] = "1", ["webhook_url"] = "https://hub.example.com/api/webhooks/stripe/int_" + IdEnding,
    };

    private readonly OpenApiDocument _document;
    private readonly Dictionary<string, JsonNode> _known = new(StringComparer.Ordinal);

    /// <summary>Takes note of the examples that records and types of events have.</summary>
    public Examples(OpenApiDocument document, IServiceProvider services)
    {
        _document = document;
        foreach (var type in services.GetRequiredService<EventTypes>().All)
            _known.TryAdd(type.Data.Name, type.Example);
        foreach (var (name, schema) in document.Components!.Schemas!)
        {
            if (schema.Examples is [var example, ..])
                _known[name] = example;
        }
    }

    /// <summary>What may stand in a path under this name.</summary>
    public static JsonNode? OfPath(IOpenApiSchema schema, string name) => OfId(schema) ?? OfWord(name);

    /// <summary>To the records themselves, since one stands in many bodies; a page has that of what it lists.</summary>
    public void AddToAll()
    {
        var bodies = ComponentForms.Operations(_document).SelectMany(operation =>
            operation.Responses!.Where(answer => answer.Key[0] == '2').SelectMany(answer => answer.Value.Content?.Values ?? [])
                .Concat((operation.RequestBody as OpenApiRequestBody)?.Content?.Values ?? []));
        foreach (var media in bodies.Where(media => media.Example is null && media.Schema is not OpenApiSchemaReference))
            media.Example = media.Schema is null ? null : Of(media.Schema, "");
        foreach (var (name, schema) in bodies.Select(media => media.Schema).OfType<OpenApiSchemaReference>().SelectMany(Records)
            .Concat(EventSection.DataOf(_document)).DistinctBy(record => record.Name))
            schema.Examples = [_known.TryGetValue(name, out var known) ? known.DeepClone() : OfFields(schema)];
    }

    /// <summary>What stands in a body, or is listed in a page that holds nothing else.</summary>
    private static IEnumerable<(string Name, OpenApiSchema Schema)> Records(OpenApiSchemaReference reference) =>
        reference.Target is not OpenApiSchema { OneOf: null } schema ? []
        : schema.Properties is not { Count: 3 } fields || !fields.ContainsKey("next_cursor") ? [(reference.Reference.Id!, schema)]
        : fields["data"].Items is OpenApiSchemaReference item ? Records(item)
        : [];

    private JsonNode? Of(IOpenApiSchema schema, string name)
    {
        if (schema is OpenApiSchemaReference { Reference.Id: { } id } && _known.TryGetValue(id, out var known))
            return known.DeepClone();
        if (schema.Type?.HasFlag(JsonSchemaType.Null) is true || schema.OneOf is [{ Type: JsonSchemaType.Null }, _])
            return schema.Type?.HasFlag(JsonSchemaType.Boolean) is true ? null : OfWord(name);
        if (schema.OneOf is [var first, ..])
            return Of(first, name);
        if (schema.Enum is [var word, ..])
            return word.DeepClone();
        if (OfId(schema) is { } made)
            return made;
        if (schema.Type != JsonSchemaType.Object && schema.Format != "date-time" && OfWord(name) is { } given)
            return given;
        return schema.Type switch
        {
            JsonSchemaType.Object => OfFields(schema),
            JsonSchemaType.Array => new JsonArray(Of(schema.Items!, name.TrimEnd('s'))),
            JsonSchemaType.Integer or JsonSchemaType.Number => 1,
            JsonSchemaType.Boolean => false,
            _ when schema.Format == "date-time" => "2026-11-21T14:03:00.000Z",
            _ => name.Replace('_', ' '),
        };
    }

    private static JsonNode? OfWord(string name) => Words.TryGetValue(name, out var word) ? word.DeepClone() : null;

    private static JsonNode? OfId(IOpenApiSchema schema) =>
        schema.Pattern is ['^', _, _, _, '_', ..] pattern ? pattern[1..5] + IdEnding : null;

    private JsonObject OfFields(IOpenApiSchema schema) => new((schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
        .Where(field => schema.Required?.Contains(field.Key) is true)
        .Select(field => KeyValuePair.Create(field.Key, Of(field.Value, field.Key))));
}
