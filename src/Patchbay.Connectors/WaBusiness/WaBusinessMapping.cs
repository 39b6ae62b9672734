using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.WaBusiness;

/// <summary>Meta's messages as the hub sees them. Pure.</summary>
/// <remarks>Source: https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/reference/messages/status.</remarks>
internal static class WaBusinessMapping
{
    /// <summary>The word of an answer for a message whose template is paused.</summary>
    public const string Paused = "paused";

    private const string Undeliverable = "131026";

    /// <summary>Null for a word that is not known.</summary>
    public static MessageStatus? Status(string? word) => word switch
    {
        "sent" => MessageStatus.Sent,
        "delivered" => MessageStatus.Delivered,
        "read" or "played" => MessageStatus.Read,
        "failed" => MessageStatus.Failed,
        _ => null,
    };

    /// <summary>Meta took the message, so a status word newer than this map still means that.</summary>
    public static Result<MessageState, ProviderFailure> FromSent(WaBusinessSent sent) => sent.Messages is [{ Id.Length: > 0 } message, ..]
        ? message.MessageStatus == Paused
            ? new MessageState(message.Id, MessageStatus.Failed).Because(Paused, WaBusinessFailures.Codes)
            : new MessageState(message.Id, MessageStatus.Queued)
        : ProviderFailure.Unreadable("Meta took the message but named no id.");

    /// <summary>What it costs is not told: only which category it is billed as.</summary>
    public static MessageState FromStatus(string id, MessageStatus status, WaBusinessStatus told)
    {
        var error = told.Errors is [var first, ..] ? first : null;
        var code = WaBusinessFailures.CodeOf(error);
        var state = new MessageState(
            id, status == MessageStatus.Failed && code == Undeliverable ? MessageStatus.Undelivered : status);
        return state.Because(code, WaBusinessFailures.Codes, WaBusinessFailures.TextOf(code, error));
    }
}
