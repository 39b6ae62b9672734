namespace Patchbay.Connectors.Contracts;

/// <summary>Where a message stands.</summary>
public enum MessageStatus
{
    Queued,
    Sent,
    Delivered,
    Read,
    Failed,
    Undelivered,

    /// <summary>The recipient's mail server gave it back, for good.</summary>
    Bounced,

    /// <summary>Not sent, because the recipient wants no messages.</summary>
    Suppressed,

    Expired,

    /// <summary>Taken back before it was sent.</summary>
    Canceled,
}
