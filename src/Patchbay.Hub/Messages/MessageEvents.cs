using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Deliveries;
using Patchbay.Platform.Events;

namespace Patchbay.Hub.Messages;

/// <summary>What is told of messages. The data is the message.</summary>
internal static class MessageEvents
{
    public static readonly EventType Queued = Of("queued", "A message was accepted and waits to be sent", MessageStatus.Queued);

    public static readonly EventType Sent = Of("sent", "The provider has taken it", MessageStatus.Sent);

    public static readonly EventType Delivered = Of("delivered", "It has arrived", MessageStatus.Delivered);

    public static readonly EventType Read = Of("read", "The recipient has read it", MessageStatus.Read);

    public static readonly EventType Failed = Of("failed", "It could not be sent", MessageStatus.Failed);

    public static readonly EventType Undelivered = Of("undelivered", "The carrier could not deliver it", MessageStatus.Undelivered);

    public static readonly EventType Bounced = Of("bounced", "The recipient's mail server gave it back", MessageStatus.Bounced);

    public static readonly EventType Suppressed =
        Of("suppressed", "It was not sent: the recipient does not want any", MessageStatus.Suppressed);

    public static readonly EventType Expired = Of("expired", "It was not sent in time", MessageStatus.Expired);

    public static readonly EventType Canceled = Of("canceled", "It was taken back before it was sent", MessageStatus.Canceled);

    /// <summary>What tells of a new status.</summary>
    public static EventType Became(MessageStatus status) => status switch
    {
        MessageStatus.Queued => Queued,
        MessageStatus.Sent => Sent,
        MessageStatus.Delivered => Delivered,
        MessageStatus.Read => Read,
        MessageStatus.Failed => Failed,
        MessageStatus.Undelivered => Undelivered,
        MessageStatus.Bounced => Bounced,
        MessageStatus.Suppressed => Suppressed,
        MessageStatus.Canceled => Canceled,
        _ => Expired,
    };

    private static EventType Of(string name, string description, MessageStatus status)
    {
        var at = new DateTimeOffset(2026, 11, 21, 14, 3, 0, TimeSpan.Zero);
        var wentOut = status is MessageStatus.Sent or MessageStatus.Delivered or MessageStatus.Read or MessageStatus.Undelivered
            or MessageStatus.Bounced;
        var (reason, code, why) = status switch
        {
            MessageStatus.Failed or MessageStatus.Undelivered =>
                (FailureReason.Unreachable, "30003", "Unreachable destination handset"),
            MessageStatus.Bounced => (FailureReason.InvalidDestination, "5.1.1", "No such user here"),
            MessageStatus.Suppressed => (FailureReason.OptedOut, "21610", "Attempt to send to unsubscribed recipient"),
            _ => ((FailureReason?)null, (string?)null, (string?)null),
        };
        return EventType.Of("message." + name, description, new MessageView(
            MessageId.Parse("msg_01kanx5t2ze0f8c4s6wqv3h7ba", null), IntegrationMode.Live, MessageChannel.Sms, status, "+18765550123",
            "+14155550100", "Your order is on its way.", null, null, null, null, 1, "gsm7",
            IntegrationId.Parse("int_01kanwzq3se8fbx0t2d7j4m9rk", null),
            wentOut ? "SM0123456789abcdef0123456789abcdef" : null, reason, code, why, "cus_17", null,
            new Dictionary<string, string> { ["order"] = "1042" }, null, at,
            status == MessageStatus.Queued ? at : at.AddSeconds(3)));
    }
}
