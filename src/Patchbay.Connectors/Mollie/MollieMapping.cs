using System.Text.Json;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Mollie;

/// <summary>Mollie's objects as the hub sees them. Pure. An unknown status or currency is a failure, never a guess.</summary>
internal static class MollieMapping
{
    /// <summary>A payment stays <c>paid</c> after refunds and chargebacks: its amounts tell of them.</summary>
    public static Result<PaymentState, ProviderFailure> FromPayment(MolliePayment payment)
    {
        if (!TryRead(payment.Amount, out var amount) || !TryRead(payment.AmountCaptured, out var captured)
            || !TryRead(payment.AmountRefunded, out var refunded) || !TryRead(payment.AmountChargedBack, out var chargedBack))
            return ProviderFailure.Unreadable($"Mollie answered an amount of {payment.Id} that is none.");
        var isCaptured = captured is { MinorUnits: > 0 };
        if (Status(payment, isCaptured) is not { } status)
            return Unknown("payment", payment.Status);
        return new PaymentState(payment.Id, status)
        {
            // Only payments that are captured apart say how much was: of all others it is the whole.
            Captured = status != PaymentStatus.Succeeded ? null : isCaptured ? captured : amount,
            Refunded = refunded,
            Disputes = Disputes(payment, chargedBack),
            NextAction = payment is { Status: "open", Links.Checkout.Href: { } page } ? new NextAction("redirect", page) : null,
            Failure = status == PaymentStatus.Failed
                ? MollieFailures.Declines.Explain(payment.StatusReason?.Code ?? "failed", payment.StatusReason?.Message) : null,
        };
    }

    public static Result<PaymentState, ProviderFailure> FromCapture(MollieCapture capture, CaptureRequest request)
    {
        var payment = request.Payment.ProviderReference;
        return capture.Status switch
        {
            "succeeded" => new PaymentState(payment, PaymentStatus.Succeeded)
            {
                Captured = TryRead(capture.Amount, out var taken) && taken is not null ? taken : request.Amount,
            },
            "pending" => new PaymentState(payment, PaymentStatus.Processing),
            "failed" => MollieFailures.CaptureFailed(payment),
            _ => Unknown("capture", capture.Status),
        };
    }

    public static Result<RefundState, ProviderFailure> FromRefund(MollieRefund refund)
    {
        RefundStatus? status = refund.Status switch
        {
            "queued" or "pending" or "processing" => RefundStatus.Pending,
            "refunded" => RefundStatus.Succeeded,
            "failed" => RefundStatus.Failed,
            "canceled" => RefundStatus.Canceled,
            _ => null,
        };
        if (status is null)
            return Unknown("refund", refund.Status);
        return TryRead(refund.Amount, out var amount)
            ? new RefundState(refund.Id, status.Value, amount)
            : ProviderFailure.Unreadable($"Mollie answered {refund.Amount} as refunded amount.");
    }

    /// <summary>The hub's id; null for what was made outside of the hub.</summary>
    public static string? Reference(JsonElement? metadata) =>
        metadata is { ValueKind: JsonValueKind.Object } fields && fields.TryGetProperty("reference", out var reference)
            && reference.ValueKind == JsonValueKind.String
            ? reference.GetString() : null;

    /// <summary>What is left of a reservation after a part was captured says <c>authorized</c> until it is released.</summary>
    private static PaymentStatus? Status(MolliePayment payment, bool isCaptured) => payment.Status switch
    {
        "open" => PaymentStatus.RequiresAction,
        // The customer is through, the bank is not.
        "pending" => PaymentStatus.Processing,
        "authorized" when payment.Embedded?.Captures?.Any(capture => capture.Status == "pending") == true => PaymentStatus.Processing,
        "authorized" when isCaptured => PaymentStatus.Succeeded,
        "authorized" => PaymentStatus.Authorized,
        "paid" => PaymentStatus.Succeeded,
        "failed" => PaymentStatus.Failed,
        "canceled" => PaymentStatus.Canceled,
        "expired" => PaymentStatus.Expired,
        _ => null,
    };

    /// <summary>
    /// Whether chargebacks are embedded when asked for is unconfirmed. Without them their sum is one dispute, named as the payment, which
    /// stays open: whether the sum shrinks when one is reversed is unconfirmed, too.
    /// </summary>
    private static IReadOnlyList<DisputeReport> Disputes(MolliePayment payment, Money? chargedBack) =>
        payment.Embedded?.Chargebacks is { } chargebacks ? [.. chargebacks.Select(Report)]
        : chargedBack is { MinorUnits: > 0 } ? [new(payment.Id, DisputeKind.Chargeback, DisputeStatus.Open, chargedBack)]
        : [];

    private static DisputeReport Report(MollieChargeback chargeback) => new(
        chargeback.Id, DisputeKind.Chargeback, chargeback.ReversedAt is null ? DisputeStatus.Open : DisputeStatus.Won,
        TryRead(chargeback.Amount, out var amount) ? amount : null, chargeback.Reason?.Code);

    /// <summary>False when it is no amount of its currency; null for none.</summary>
    private static bool TryRead(MollieAmount? wire, out Money? money)
    {
        money = null;
        if (wire is null)
            return true;
        if (!Currency.TryParse(wire.Currency, out var currency) || !PlainDecimal.TryParse(wire.Value, out var value)
            || !Money.TryFromMajor(value, currency, out var read))
            return false;
        money = read;
        return true;
    }

    private static ProviderFailure Unknown(string what, string status) =>
        ProviderFailure.Unreadable($"Mollie answered the unknown {what} status '{status}'.");
}
