using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.TextLocal;

/// <summary>Receipts of messages, as forms. What somebody sent to us has a text and no status.</summary>
/// <remarks>Source: https://api.txtlocal.com/docs/handlingreceipts. The time is without its zone, and is not read.</remarks>
[Provider("textlocal")]
internal sealed class TextLocalWebhooks : IReceiveWebhooks
{
    public bool IsGenuine(WebhookRequest request, Connection connection) => TextLocalProof.Holds(request, connection);

    /// <summary>Receipts have no id: a message reports each status once.</summary>
    public string? EventId(WebhookRequest request) =>
        MessageCallback.Reference(request) is { } id && request.Form().Find("status") is { Length: > 0 } word ? $"{id}:{word}" : null;

    public IReadOnlyList<ProviderEvent> Read(WebhookRequest request, Connection connection)
    {
        var fields = request.Form();
        if (fields.Find("status") is not { Length: > 0 } word)
            return fields.Find("content") is null ? [new UnmappedEvent("The body is no receipt of TextLocal's.")] : [];
        // The id in the address is proved, the one in the body is not.
        if (MessageCallback.Reference(request) is not { } id || fields.Find("customID") is { Length: > 0 } custom && custom != id)
            return [new UnmappedEvent("The receipt is not about the message in its address.")];
        return TextLocalMapping.Status(word) is { } status
            ? [new MessageEvent(id, TextLocalMapping.FromReceipt(id, status, word))]
            : [new UnmappedEvent($"Unknown message status '{word}'.")];
    }
}
