using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Deliveries;
using Patchbay.Platform.Api;
using Patchbay.Platform.Audit;
using Patchbay.Storage;

namespace Patchbay.Hub.Payments;

/// <summary>Inserts a new payment with the delivery that starts it.</summary>
internal sealed class CreatePaymentWork(Payment payment, Delivery delivery, PaymentChanges changes, string actor, DateTimeOffset now)
    : LedgerWork<Result<Reply, Error>>
{
    public override void Need(LedgerNeeds needs) => changes.NeedNew(needs, payment);

    public override Result<Reply, Error> Decide(LedgerRows rows)
    {
        if (changes.Refuse(rows, payment) is { } refusal)
            return refusal;
        changes.WriteNew(rows, payment, actor, now);
        rows.Insert(DeliveryTable.Instance, delivery);
        return Reply.Accepted(PaymentView.From(payment), $"/api/v1/payments/{payment.Id}");
    }
}

/// <summary>
/// Reserves a part of what was captured and inserts the refund with its delivery. The payment's row is locked meanwhile, so of two
/// racing refunds that do not both fit, one is refused.
/// </summary>
internal sealed class CreateRefundWork(Refund refund, bool all, Delivery delivery, PaymentChanges changes, string actor, DateTimeOffset now)
    : LedgerWork<Result<Reply, Error>>
{
    public override void Need(LedgerNeeds needs) => changes.NeedRefund(needs, new PaymentKey(refund.TenantId, refund.PaymentId));

    public override Result<Reply, Error> Decide(LedgerRows rows)
    {
        if (rows.Find(PaymentTable.Instance, new PaymentKey(refund.TenantId, refund.PaymentId)) is not { } payment)
            return Error.NotFound("payment");
        var wanted = all ? refund with { Amount = payment.InMinorUnits(payment.Refundable) } : refund;
        if ((Refuse(payment, wanted.Amount) ?? changes.Reserve(rows, payment, wanted.Amount, actor, now)) is { } error)
            return error;
        rows.Insert(RefundTable.Instance, wanted);
        rows.Insert(DeliveryTable.Instance, delivery);
        AuditLog.Write(
            rows, refund.TenantId, actor, "refund.create", refund.Id.ToString(),
            new { payment = payment.Id, amount = wanted.Amount.ToAmountString(), currency = wanted.Amount.Currency.Code }, now);
        return Reply.Accepted(RefundView.From(wanted), $"/api/v1/refunds/{refund.Id}");
    }

    /// <summary>Why so much cannot be refunded now; null when it can.</summary>
    public static Error? Refuse(Payment payment, Money amount)
    {
        if (payment.Facts.Phase != PaymentPhase.Succeeded)
        {
            return PaymentErrors.NotRefundable.With(
                $"The payment is {payment.Status.ToWord()}; only a captured payment can be refunded.");
        }

        if (payment is { Refundable: 0 } and not { Disputed: 0, ChargedBack: 0 })
        {
            return PaymentErrors.NotRefundable.With(
                $"The payment is {payment.Status.ToWord()}: disputes hold or took all that is left; "
                + $"see /api/v1/payments/{payment.Id}/disputes.");
        }

        if (amount.MinorUnits > payment.Refundable || amount.MinorUnits <= 0)
        {
            return PaymentErrors.RefundExceedsCaptured.With(
                $"At most {payment.InMinorUnits(payment.Refundable)} can still be refunded; "
                + "pending refunds and disputed amounts count as refunded.");
        }
        return null;
    }
}

/// <summary>Inserts the delivery that captures or cancels a payment; only one of them may be under way.</summary>
internal sealed class ClosePaymentWork(PaymentKey key, Money? captured, Delivery delivery, PaymentChanges changes, string actor,
    DateTimeOffset now) : LedgerWork<Result<Reply, Error>>
{
    public override void Need(LedgerNeeds needs) => changes.Need(needs, key);

    public override Result<Reply, Error> Decide(LedgerRows rows)
    {
        if (rows.Find(PaymentTable.Instance, key) is not { } payment)
            return Error.NotFound("payment");
        var claimed = Claim(payment, delivery, now);
        if (!claimed.IsSuccess)
            return claimed.Error;
        rows.Update(PaymentTable.Instance, claimed.Value);
        rows.Insert(DeliveryTable.Instance, delivery);
        AuditLog.Write(
            rows, key.Tenant, actor, Captures(delivery) ? "payment.capture" : "payment.cancel", key.Id.ToString(),
            new { amount = captured?.ToAmountString() }, now);
        return Reply.Accepted(PaymentView.From(payment), $"/api/v1/payments/{key.Id}");
    }

    /// <summary>
    /// The payment in the hands of the delivery that closes it; an error when it cannot be closed so, or another delivery has it.
    /// </summary>
    public static Result<Payment, Error> Claim(Payment payment, Delivery delivery, DateTimeOffset now)
    {
        if (Refuse(payment, delivery.Capability) is { } refusal)
            return refusal;
        if (payment.ClosingAction is not null && payment.ClosingAction != delivery.Id.ToString())
            return PaymentErrors.Closing.With($"The payment is already being completed, captured or canceled by {payment.ClosingAction}.");
        return payment with { ClosingAction = delivery.Id.ToString(), UpdatedAt = now };
    }

    /// <summary>Why it cannot be done to a payment that stands so; null when it can.</summary>
    private static Error? Refuse(Payment payment, string capability) => capability switch
    {
        Capabilities.CapturePayment => payment.Facts.Phase == PaymentPhase.Authorized
            ? null
            : PaymentErrors.NotCapturable.With($"The payment is {payment.Status.ToWord()}; only an authorized one can be captured."),
        Capabilities.CompletePayment => payment.Status == PaymentStatus.Processing
            ? null
            : DeliveryErrors.NotRetryable.With(
                $"The payment is {payment.Status.ToWord()}; only one that its customer has agreed to can be completed."),
        _ => payment.ProviderReference is not null && payment.Facts.Phase is PaymentPhase.Pending or PaymentPhase.RequiresAction
            or PaymentPhase.Processing or PaymentPhase.Authorized
            ? null
            : PaymentErrors.NotCancelable.With(
                $"The payment is {payment.Status.ToWord()}; only one that the provider knows and has not captured can be canceled."),
    };

    private static bool Captures(Delivery delivery) => delivery.Capability == Capabilities.CapturePayment;
}

/// <summary>Inserts the delivery that asks how a payment stands.</summary>
internal sealed class VerifyPaymentWork(PaymentKey key, Delivery delivery) : LedgerWork<Result<Reply, Error>>
{
    public override void Need(LedgerNeeds needs) => needs.Row(PaymentTable.Instance, key);

    public override Result<Reply, Error> Decide(LedgerRows rows)
    {
        if (rows.Find(PaymentTable.Instance, key) is not { } payment)
            return Error.NotFound("payment");
        if (payment.ProviderReference is null)
            return PaymentErrors.NotStarted.With("The provider does not know the payment yet; look at its delivery.");
        rows.Insert(DeliveryTable.Instance, delivery);
        return Reply.Accepted(PaymentView.From(payment), $"/api/v1/payments/{key.Id}");
    }
}
