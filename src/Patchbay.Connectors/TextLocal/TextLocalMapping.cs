using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.TextLocal;

/// <summary>TextLocal's messages as the hub sees them. Pure.</summary>
/// <remarks>
/// Receipts do not carry TextLocal's id of a message but only the hub's, so that this one is the provider's reference, too.
/// Source: https://api.txtlocal.com/docs/helpfulinfo.
/// </remarks>
internal static class TextLocalMapping
{
    /// <summary>Null for a word that is not known.</summary>
    public static MessageStatus? Status(string word) => word switch
    {
        // Four days without a word of the network: nothing more will be known.
        "P" or "?" => MessageStatus.Sent,
        "D" => MessageStatus.Delivered,
        "U" or "E" => MessageStatus.Undelivered,
        "I" or "B" => MessageStatus.Failed,
        _ => null,
    };

    /// <summary>What it costs is told in credits, which are no currency.</summary>
    public static Result<MessageState, ProviderFailure> FromSent(string messageId, TextLocalAnswer answer) =>
        answer.Messages is { Count: > 0 }
            ? new MessageState(messageId, MessageStatus.Queued, answer.Message?.NumParts is > 0 and var parts ? parts : null)
            : ProviderFailure.Unreadable("TextLocal took the request but named no message.");

    public static MessageState FromReceipt(string messageId, MessageStatus status, string word) =>
        new MessageState(messageId, status).Because(word, TextLocalFailures.Codes);
}
