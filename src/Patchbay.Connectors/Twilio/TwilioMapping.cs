using System.Globalization;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Twilio;

/// <summary>Twilio's messages as the hub sees them. Pure.</summary>
/// <remarks>Source: https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks.</remarks>
internal static class TwilioMapping
{
    /// <summary>Null for a word that is not known.</summary>
    public static MessageStatus? Status(string? word) => word switch
    {
        "accepted" or "scheduled" or "queued" => MessageStatus.Queued,
        "sending" or "sent" => MessageStatus.Sent,
        "delivered" or "partially_delivered" => MessageStatus.Delivered,
        "read" => MessageStatus.Read,
        "undelivered" => MessageStatus.Undelivered,
        "failed" => MessageStatus.Failed,
        "canceled" => MessageStatus.Canceled,
        _ => null,
    };

    /// <summary>True for messages that somebody sent to us.</summary>
    public static bool IsInbound(string? word) => word is "receiving" or "received";

    /// <summary>Twilio knows the message, so a status word newer than this map still means that it was taken.</summary>
    public static MessageState FromMessage(TwilioSentMessage message) =>
        new MessageState(message.Sid, Status(message.Status) ?? MessageStatus.Queued, Segments(message.NumSegments))
        {
            Costs = [.. CostLine.Read("message", message.Price, message.PriceUnit).Select(line => line with { Amount = -line.Amount })],
        }.Because(message.ErrorCode?.ToString(CultureInfo.InvariantCulture), TwilioFailures.Codes, message.ErrorMessage);

    /// <summary>Null when the time is missing or not RFC 2822.</summary>
    public static DateTimeOffset? CreatedAt(TwilioSentMessage message) => DateTimeOffset.TryParseExact(
        message.DateCreated, "ddd, dd MMM yyyy HH:mm:ss zzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? at : null;

    private static int? Segments(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 ? count : null;
}
