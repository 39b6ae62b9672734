using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Patchbay.Storage;

namespace Patchbay.Platform.Events;

/// <summary>An event as it is told: the envelope.</summary>
/// <param name="Type">For example <c>payment.succeeded</c>; see <c>GET /api/v1/event-types</c>.</param>
/// <param name="Data">What it happened to, as the API showed it at that moment.</param>
public sealed record EventView(EventId Id, string Type, TenantId TenantId, DateTimeOffset OccurredAt, JsonElement Data)
{
    public static EventView From(Event entry) => new(entry.Id, entry.Type, entry.TenantId, entry.OccurredAt, JsonElement.Parse(entry.Data));
}

/// <summary>
/// An event in the form of CloudEvents 1.0, structured mode:
/// https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md
/// </summary>
/// <param name="Source"><c>/tenants/TENANT_ID</c>; together with <c>id</c> it names the event among all.</param>
/// <param name="Subject">Id of what it happened to.</param>
public sealed record CloudEvent(
    [property: JsonPropertyName("specversion")] string SpecVersion, EventId Id, string Source, string Type, string Subject,
    DateTimeOffset Time, [property: JsonPropertyName("datacontenttype")] string DataContentType, JsonElement Data)
{
    public const string ContentType = "application/cloudevents+json";

    public const string BatchContentType = "application/cloudevents-batch+json";

    public static CloudEvent From(Event entry) => new(
        "1.0", entry.Id, $"/tenants/{entry.TenantId}", entry.Type, entry.Subject, entry.OccurredAt, "application/json",
        JsonElement.Parse(entry.Data));
}

/// <summary>A kind of event that may be published.</summary>
/// <param name="Description">When it is published.</param>
/// <param name="Schema">JSON Schema 2020-12 of <c>data</c>; fields may be added to it.</param>
/// <param name="Example">What <c>data</c> may look like.</param>
public sealed record EventTypeView(string Type, string Description, JsonNode Schema, JsonNode Example)
{
    public static EventTypeView From(EventType type) => new(type.Name, type.Description, type.Schema, type.Example);
}
