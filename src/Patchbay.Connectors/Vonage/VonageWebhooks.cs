using System.Text.Json;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Vonage;

/// <summary>Status callbacks of messages. What somebody sent to us has no status.</summary>
/// <remarks>Source: https://developer.vonage.com/en/messages/concepts/messages-status-callbacks.</remarks>
[Provider("vonage")]
internal sealed class VonageWebhooks : IReceiveWebhooks
{
    public bool IsGenuine(WebhookRequest request, Connection connection) =>
        VonageSignature.IsGenuine(request, connection.LiveSecrets("signature_secret"));

    /// <summary>Callbacks have no id: a message reports each status once, and repeats it when it was not answered.</summary>
    public string? EventId(WebhookRequest request) =>
        Receipt(request) is { MessageUuid: { } id, Status: { } status } ? $"{id}:{status}" : null;

    public IReadOnlyList<ProviderEvent> Read(WebhookRequest request, Connection connection)
    {
        if (Receipt(request) is not { } receipt)
            return [new UnmappedEvent("The body is no callback of Vonage's Messages API.")];
        if (receipt is not { MessageUuid: { Length: > 0 } id, Status: { } word })
            return [];
        // The id in the body is signed, the one in the address is not.
        return VonageMapping.Status(word) is { } status
            ? [new MessageEvent(receipt.ClientRef, VonageMapping.FromReceipt(id, status, receipt))]
            : [new UnmappedEvent($"Unknown message status '{word}'.")];
    }

    private static VonageReceipt? Receipt(WebhookRequest request)
    {
        try
        {
            return JsonSerializer.Deserialize(request.Body.Span, VonageJson.Default.VonageReceipt);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
