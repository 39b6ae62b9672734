using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.SendGrid;

/// <summary>SendGrid's events as the hub sees them. Pure.</summary>
/// <remarks>Source: https://docs.sendgrid.com/for-developers/tracking-events/event.</remarks>
internal static class SendGridMapping
{
    /// <summary>What one event says; null when that is nothing the hub follows, such as that a message was opened.</summary>
    public static ProviderEvent? Read(SendGridEvent told) => told.Event switch
    {
        "processed" or "deferred" => Became(told, MessageStatus.Sent),
        "delivered" => Became(told, MessageStatus.Delivered),
        "bounce" => Became(told, told.Type == "blocked" ? MessageStatus.Undelivered : MessageStatus.Bounced, told.Status),
        "dropped" => Became(told, MessageStatus.Failed, told.Reason),
        "spamreport" => new MessageFeedbackEvent(told.HubReference, IdOf(told), MessageFeedback.Complained),
        "unsubscribe" or "group_unsubscribe" => new MessageFeedbackEvent(told.HubReference, IdOf(told), MessageFeedback.OptedOut),
        "open" or "click" or "group_resubscribe" => null,
        _ => new UnmappedEvent($"Unknown event '{told.Event}'."),
    };

    private static MessageEvent Became(SendGridEvent told, MessageStatus status, string? code = null) => new(
        told.HubReference, new MessageState(IdOf(told), status).Because(code ?? told.Type, SendGridFailures.Codes, told.Reason));

    /// <summary>As the answer to the request named it: events have more behind it.</summary>
    private static string IdOf(SendGridEvent told)
    {
        var id = told.SgMessageId ?? "";
        var end = id.IndexOf(".filter", StringComparison.Ordinal) is >= 0 and var filter ? filter
            : id.IndexOf(".recvd", StringComparison.Ordinal);
        return end < 0 ? id : id[..end];
    }
}
