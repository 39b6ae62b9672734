using Patchbay.Connectors.Contracts;

namespace Patchbay.Hub.Messages;

/// <summary>
/// How one message status may follow another: forward only, so that receipts may come twice, late or in any order. A receipt that it
/// arrived outranks one that it did not, because carriers correct the latter.
/// </summary>
public static class MessageProgress
{
    /// <summary>True when a report of <paramref name="next"/> moves a message that is <paramref name="present"/>.</summary>
    public static bool Advances(MessageStatus present, MessageStatus next) => Rank(next) > Rank(present);

    private static int Rank(MessageStatus status) => status switch
    {
        MessageStatus.Queued => 0,
        MessageStatus.Sent => 1,
        MessageStatus.Expired => 2,
        MessageStatus.Failed or MessageStatus.Undelivered or MessageStatus.Suppressed or MessageStatus.Canceled => 3,
        MessageStatus.Delivered => 4,
        MessageStatus.Bounced => 5,   // a mail server that took it may give it back later
        _ => 6,
    };
}
