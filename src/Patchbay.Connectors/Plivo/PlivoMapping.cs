using System.Globalization;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Plivo;

/// <summary>Plivo's messages as the hub sees them. Pure.</summary>
/// <remarks>Source: https://docs.plivo.com/docs/messaging/api/message/message-status-callbacks.</remarks>
internal static class PlivoMapping
{
    /// <summary>Null for a word that is not known. <c>sent</c> may be the last word: not every carrier reports delivery.</summary>
    public static MessageStatus? Status(string? word) => word?.ToLowerInvariant() switch
    {
        "queued" => MessageStatus.Queued,
        "sent" => MessageStatus.Sent,
        "delivered" => MessageStatus.Delivered,
        "read" => MessageStatus.Read,
        "undelivered" => MessageStatus.Undelivered,
        // "rejected" is an older word for a message that never reached the carrier.
        "failed" or "rejected" => MessageStatus.Failed,
        _ => null,
    };

    /// <summary>True for messages that somebody sent to us.</summary>
    public static bool IsInbound(string? word) => string.Equals(word, "received", StringComparison.OrdinalIgnoreCase);

    public static Result<MessageState, ProviderFailure> FromSent(PlivoSent sent) => sent.MessageUuid is [{ Length: > 0 } id, ..]
        ? new MessageState(id, MessageStatus.Queued)
        : ProviderFailure.Unreadable("Plivo took the message but named no message_uuid.");

    /// <summary>Plivo knows the message, so a state newer than this map still means that it was taken.</summary>
    public static MessageState FromRecord(PlivoRecord record) =>
        State(
            record.MessageUuid, Status(record.MessageState) ?? MessageStatus.Queued, record.Units, record.ErrorCode?.ToString(),
            record.TotalAmount);

    /// <param name="totalAmount">In US dollars; null when it is not known yet.</param>
    public static MessageState State(string id, MessageStatus status, int? units, string? errorCode, string? totalAmount) =>
        new MessageState(id, status, units is > 0 ? units : null) { Costs = CostLine.Read("message", totalAmount, "USD") }
            .Because(errorCode, PlivoFailures.Codes);

    /// <summary>Null when the time is missing or cannot be read.</summary>
    public static DateTimeOffset? CreatedAt(PlivoRecord record) => DateTimeOffset.TryParseExact(
        record.MessageTime, ["yyyy-MM-dd HH:mm:sszzz", "yyyy-MM-dd HH:mm:ss.FFFFFFzzz"], CultureInfo.InvariantCulture,
        DateTimeStyles.None, out var at) ? at : null;
}
