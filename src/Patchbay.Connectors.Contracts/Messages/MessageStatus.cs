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
    Bounced,
    Suppressed,
    Expired,
}
