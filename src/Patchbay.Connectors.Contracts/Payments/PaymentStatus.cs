namespace Patchbay.Connectors.Contracts;

/// <summary>Where a payment stands. How one follows another is decided by the hub, not by connectors.</summary>
public enum PaymentStatus
{
    Pending,
    RequiresAction,
    Processing,
    Authorized,
    Failed,
    Canceled,
    Expired,
    Succeeded,
    PartiallyRefunded,
    Refunded,
    Disputed,
    ChargedBack,
}
