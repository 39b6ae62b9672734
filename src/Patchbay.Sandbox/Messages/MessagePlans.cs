namespace Patchbay.Sandbox.Messages;

/// <summary>The way of a message from accepted to its last receipt.</summary>
public static class MessagePlans
{
    public static IReadOnlyList<Receipt> Arrives(TimeSpan step, bool isRead) => isRead
        ? [new(step, "sent"), new(step * 2, "delivered"), new(step * 3, "read")]
        : [new(step, "sent"), new(step * 2, "delivered")];

    public static IReadOnlyList<Receipt> StaysSent(TimeSpan step) => [new(step, "sent")];

    public static IReadOnlyList<Receipt> Undelivered(TimeSpan step, int errorCode) =>
        [new(step, "sent"), new(step * 2, "undelivered", errorCode)];

    public static IReadOnlyList<Receipt> Fails(TimeSpan step, int errorCode) => [new(step, "failed", errorCode)];
}
