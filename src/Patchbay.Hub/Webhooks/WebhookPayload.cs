using System.Text.Json;
using Patchbay.Engine;
using Patchbay.Platform.Api;

namespace Patchbay.Hub.Webhooks;

/// <summary>
/// What a delivery remembers of its making, so that every try sends the same bytes; the event itself is read when it is sent.
/// </summary>
/// <param name="Type">Of the event.</param>
/// <param name="Ordered">The endpoint waits for its end before the next is made.</param>
internal sealed record WebhookPayload(string Type, PayloadMode Mode, ContentMode Content, bool Ordered)
{
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, HubJson.Stored);

    public static WebhookPayload Of(Delivery delivery) => JsonSerializer.Deserialize<WebhookPayload>(delivery.Payload, HubJson.Stored)!;
}
