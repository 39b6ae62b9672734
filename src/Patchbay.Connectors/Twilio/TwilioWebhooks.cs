using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Twilio;

/// <summary>Status callbacks of messages. They may arrive out of order; the hub keeps what is further along.</summary>
/// <remarks>Source: https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks.</remarks>
[Provider("twilio")]
internal sealed class TwilioWebhooks : IReceiveWebhooks
{
    public bool IsGenuine(WebhookRequest request, Connection connection) =>
        TwilioSignature.IsGenuine(request, [.. connection.LiveSecrets("auth_token")]);

    /// <summary>Callbacks have no id: a message reports each status once, and repeats it when it was not answered.</summary>
    public string? EventId(WebhookRequest request)
    {
        var fields = MessageCallback.Fields(request);
        return Sid(fields) is { } sid && Status(fields) is { } status ? $"{sid}:{status}" : null;
    }

    public IReadOnlyList<ProviderEvent> Read(WebhookRequest request, Connection connection)
    {
        var fields = MessageCallback.Fields(request);
        if (Sid(fields) is not { } sid || Status(fields) is not { } word || TwilioMapping.IsInbound(word))
            return [];
        var ours = connection.Value("account_sid");
        if (fields.Find("AccountSid") is { } account && account != ours)
            return [new ForeignEvent($"The message is of the account {account}, the integration is for {ours}.")];
        if (TwilioMapping.Status(word) is not { } status)
            return [new UnmappedEvent($"Unknown message status '{word}'.")];

        var state = new MessageState(sid, status).Because(fields.Find("ErrorCode"), TwilioFailures.Codes);
        return [new MessageEvent(MessageCallback.Reference(request), state)];
    }

    // The Sms... names are older and come beside the Message... ones.
    private static string? Sid(IReadOnlyList<KeyValuePair<string, string>> fields) => fields.Find("MessageSid") ?? fields.Find("SmsSid");

    private static string? Status(IReadOnlyList<KeyValuePair<string, string>> fields) =>
        fields.Find("MessageStatus") ?? fields.Find("SmsStatus");
}
