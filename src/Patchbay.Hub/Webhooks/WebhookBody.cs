using System.Text.Json;
using System.Text.Json.Serialization;
using Patchbay.Platform.Api;
using Patchbay.Platform.Events;
using Patchbay.Storage;

namespace Patchbay.Hub.Webhooks;

/// <summary>An event without its data.</summary>
/// <param name="Subject">Id of what it happened to.</param>
/// <param name="Path">Where the whole event is: <c>GET</c> it with an API key.</param>
public sealed record ThinEvent(EventId Id, string Type, TenantId TenantId, DateTimeOffset OccurredAt, string Subject, string Path)
{
    internal static string PathOf(Event entry) => $"/api/v1/events/{entry.Id}";

    internal static ThinEvent From(Event entry) =>
        new(entry.Id, entry.Type, entry.TenantId, entry.OccurredAt, entry.Subject, PathOf(entry));
}

/// <summary>The same as a CloudEvent.</summary>
internal sealed record ThinCloudEvent(
    [property: JsonPropertyName("specversion")] string SpecVersion, EventId Id, string Source, string Type, string Subject,
    DateTimeOffset Time,
    [property: JsonPropertyName("dataref")] string DataReference);

/// <summary>Writes events as they are sent. The same event always gives the same bytes.</summary>
internal static class WebhookBody
{
    private const string Json = "application/json";

    public static (byte[] Body, string ContentType) Of(Event entry, PayloadMode mode, ContentMode content) => (mode, content) switch
    {
        (PayloadMode.Full, ContentMode.Standard) => (Write(EventView.From(entry)), Json),
        (PayloadMode.Thin, ContentMode.Standard) => (Write(ThinEvent.From(entry)), Json),
        (PayloadMode.Full, _) => (Write(CloudEvent.From(entry)), CloudEvent.ContentType),
        _ => (
            Write(
                new ThinCloudEvent(
                    "1.0", entry.Id, $"/tenants/{entry.TenantId}", entry.Type, entry.Subject, entry.OccurredAt, ThinEvent.PathOf(entry))),
            CloudEvent.ContentType),
    };

    private static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, HubJson.Options);
}
