using System.Text.Json;
using Patchbay.Hub.Affiliates.Leads;
using Patchbay.Platform.Api;

namespace Patchbay.Hub.Affiliates.Batches;

/// <summary>Writes what a portal is sent: <c>{event, batch_at, leads:[...]}</c>.</summary>
internal static class AffiliateBatchBody
{
    /// <param name="events">Of one type, in their order.</param>
    public static byte[] Write(IReadOnlyList<AffiliateEvent> events, DateTimeOffset at)
    {
        var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = HubJson.Options.Encoder }))
        {
            writer.WriteStartObject();
            writer.WriteString("event", events[0].Type);
            writer.WritePropertyName("batch_at");
            JsonSerializer.Serialize(writer, at, HubJson.Options);
            writer.WriteStartArray("leads");
            foreach (var entry in events)
                writer.WriteRawValue(entry.Data);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
