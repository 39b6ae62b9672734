namespace Patchbay.Engine;

/// <summary>Where a delivery stands. Delivered, exhausted and canceled are final unless a person retries.</summary>
public enum DeliveryStatus
{
    /// <summary>Accepted, not called yet.</summary>
    Pending,

    /// <summary>A call that must not happen twice is being made; made durable before it.</summary>
    InProgress,

    /// <summary>The last attempt failed; the next one has its time.</summary>
    Retrying,

    /// <summary>The last attempt ended in doubt: being looked up, or waiting for a person.</summary>
    Failed,

    /// <summary>Carried out: the provider said so.</summary>
    Delivered,

    /// <summary>Given up; <see cref="Delivery.Reason"/> says why.</summary>
    Exhausted,

    /// <summary>Somebody canceled it before it was called, or between two calls without doubt.</summary>
    Canceled,
}

/// <summary>The order within a lane: a bulk run never delays a one-time password.</summary>
public enum DeliveryPriority
{
    High,
    Normal,
    Low,
}

/// <summary>Why a delivery was given up.</summary>
public static class ExhaustReason
{
    public const string AttemptsUsed = "attempts_used";
    public const string Rejected = "rejected";

    /// <summary>By the one who pays or is written to: a card was declined, a number does not exist. Usual, and nobody's fault.</summary>
    public const string Declined = "declined";

    public const string Expired = "expired";

    /// <summary>It may have been carried out: a person has to find out and resolve it.</summary>
    public const string Unresolved = "unresolved";
}
