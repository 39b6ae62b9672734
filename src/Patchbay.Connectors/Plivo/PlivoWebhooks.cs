using System.Globalization;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Plivo;

/// <summary>Status callbacks of messages.</summary>
/// <remarks>Source: https://docs.plivo.com/docs/messaging/api/message/message-status-callbacks.</remarks>
[Provider("plivo")]
internal sealed class PlivoWebhooks : IReceiveWebhooks
{
    public bool IsGenuine(WebhookRequest request, Connection connection) =>
        PlivoSignature.IsGenuine(request, [.. connection.LiveSecrets("auth_token"), .. connection.LiveSecrets("main_auth_token")]);

    /// <summary>Callbacks have no id: a message reports each status once, and repeats it when it was not answered.</summary>
    public string? EventId(WebhookRequest request)
    {
        var fields = MessageCallback.Fields(request);
        return fields.Find("MessageUUID") is { } id && fields.Find("Status") is { } status ? $"{id}:{status}" : null;
    }

    public IReadOnlyList<ProviderEvent> Read(WebhookRequest request, Connection connection)
    {
        var fields = MessageCallback.Fields(request);
        if (fields.Find("MessageUUID") is not { Length: > 0 } id || fields.Find("Status") is not { } word || PlivoMapping.IsInbound(word))
            return [];
        if (PlivoMapping.Status(word) is not { } status)
            return [new UnmappedEvent($"Unknown message status '{word}'.")];

        int? units = int.TryParse(fields.Find("Units"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;
        var state = PlivoMapping.State(id, status, units, fields.Find("ErrorCode"), fields.Find("TotalAmount"));
        return [new MessageEvent(MessageCallback.Reference(request), state)];
    }
}
