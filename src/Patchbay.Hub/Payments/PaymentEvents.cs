using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Calls;
using Patchbay.Integrations.Deliveries;
using Patchbay.Platform.Events;

namespace Patchbay.Hub.Payments;

/// <summary>What is told of payments. The data is the payment.</summary>
internal static class PaymentEvents
{
    private static readonly DateTimeOffset At = new(2026, 11, 21, 14, 3, 0, TimeSpan.Zero);

    public static readonly EventType Created =
        Of("created", "A payment was accepted; the provider has not answered yet", PaymentStatus.Pending);

    public static readonly EventType RequiresAction =
        Of("requires_action", "The customer has something to do", PaymentStatus.RequiresAction);

    public static readonly EventType Processing = Of("processing", "The money is on its way", PaymentStatus.Processing);

    public static readonly EventType Authorized =
        Of("authorized", "The money is reserved and waits to be captured", PaymentStatus.Authorized);

    public static readonly EventType Succeeded =
        Of("succeeded", "The money was taken, or came back: a dispute was won, a refund failed after all", PaymentStatus.Succeeded);

    public static readonly EventType AttemptFailed = Of(
        "attempt_failed", "A try of the customer was declined, and another one may follow: see last_failure", PaymentStatus.RequiresAction,
        new PaymentFailureView(FailureReason.CardDeclined, "do_not_honor", "Your card was declined.", At));

    public static readonly EventType Failed = Of("failed", "The payment was refused; nothing was taken", PaymentStatus.Failed);

    public static readonly EventType Canceled = Of("canceled", "The payment was canceled; nothing was taken", PaymentStatus.Canceled);

    public static readonly EventType Expired = Of("expired", "The customer did not pay in time", PaymentStatus.Expired);

    public static readonly EventType Refunded =
        Of("refunded", "Money was given back, in part or in full, also outside the hub", PaymentStatus.PartiallyRefunded);

    public static readonly EventType RefundReturned = Of(
        "refund_returned", "Money that had been given back is the payment's again: a refund failed after all", PaymentStatus.Succeeded);

    public static readonly EventType Disputed =
        Of("disputed", "A dispute holds money of the payment back: see payment.dispute_opened", PaymentStatus.Disputed);

    public static readonly EventType ChargedBack = Of("charged_back", "A dispute was lost, and none is open", PaymentStatus.ChargedBack);

    /// <summary>What tells of a new status; null when something else does: creation, or a refund.</summary>
    public static EventType? Became(PaymentStatus status) => status switch
    {
        PaymentStatus.RequiresAction => RequiresAction,
        PaymentStatus.Processing => Processing,
        PaymentStatus.Authorized => Authorized,
        PaymentStatus.Succeeded => Succeeded,
        PaymentStatus.Failed => Failed,
        PaymentStatus.Canceled => Canceled,
        PaymentStatus.Expired => Expired,
        PaymentStatus.Disputed => Disputed,
        PaymentStatus.ChargedBack => ChargedBack,
        _ => null,
    };

    private static EventType Of(string name, string description, PaymentStatus status, PaymentFailureView? lastFailure = null)
    {
        var (at, failed) = (At, status == PaymentStatus.Failed);
        var taken = status is PaymentStatus.Succeeded or PaymentStatus.PartiallyRefunded or PaymentStatus.Disputed
            or PaymentStatus.ChargedBack;
        return EventType.Of("payment." + name, description, new PaymentView(
            PaymentId.Parse("pay_01kanx0fv9e5vbr9b7xw6n4c2m", null), IntegrationMode.Live, status, "125.50", "JMD",
            taken ? "125.50" : "0.00", status == PaymentStatus.PartiallyRefunded ? "25.00" : "0.00",
            status == PaymentStatus.Disputed ? "25.00" : "0.00", status == PaymentStatus.ChargedBack ? "25.00" : "0.00",
            "ord_1042", "Order 1042", null,
            new Customer("cus_17", "Ada Byron", "ada@example.com", null), "JM", CaptureMethod.Automatic,
            IntegrationId.Parse("int_01kanwzq3se8fbx0t2d7j4m9rk", null), status == PaymentStatus.Pending ? null : "pi_3QK9dE2eZvKYlo2C",
            status == PaymentStatus.RequiresAction
                ? new NextActionView(
                    "redirect", new Uri("https://checkout.example.com/pay/cs_test_a1"), null, null, null, null, null, null, null)
                : null,
            failed ? FailureReason.CardDeclined : null, failed ? "do_not_honor" : null, failed ? "Your card was declined." : null,
            lastFailure, new Dictionary<string, string> { ["cart"] = "77" }, at, status == PaymentStatus.Pending ? at : at.AddSeconds(4)));
    }
}

/// <summary>What is told of refunds. The data is the refund.</summary>
internal static class RefundEvents
{
    public static readonly EventType Succeeded = Of("succeeded", "A refund was carried out", RefundStatus.Succeeded);

    public static readonly EventType Failed =
        Of("failed", "A refund was refused or canceled, or came back after it had succeeded", RefundStatus.Failed);

    private static EventType Of(string name, string description, RefundStatus status)
    {
        var at = new DateTimeOffset(2026, 11, 21, 15, 0, 0, TimeSpan.Zero);
        var failed = status == RefundStatus.Failed;
        return EventType.Of("refund." + name, description, new RefundView(
            RefundId.Parse("ref_01kanz3c8te3ntk5y7rj0q9w4h", null), PaymentId.Parse("pay_01kanx0fv9e5vbr9b7xw6n4c2m", null),
            IntegrationMode.Live, status, "25.00", "JMD", "damaged", "re_3QK9dE2eZvKYlo2C",
            failed ? FailureReason.InsufficientBalance : null, failed ? "insufficient_funds" : null,
            failed ? "The balance does not suffice." : null, at, at.AddSeconds(2)));
    }
}
