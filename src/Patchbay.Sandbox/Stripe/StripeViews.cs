using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Stripe.Wire;
using Patchbay.Sandbox.Vendors;

namespace Patchbay.Sandbox.Stripe;

/// <summary>What the objects look like at this moment; the caller holds the gate.</summary>
internal static class StripeViews
{
    private const string LatestCharge = "latest_charge";
    private const string BalanceTransaction = "balance_transaction";

    /// <param name="expand">As Stripe does it, a path stands for those that lead to it.</param>
    public static PaymentIntentView Of(StripePayment payment, SandboxWorld world, IReadOnlySet<string>? expand = null) =>
        new(payment.Id, payment.Amount, payment.Currency, payment.Status, payment.Created, payment.Account.Livemode)
        {
            AmountCapturable = payment.AmountCapturable,
            AmountReceived = payment.AmountReceived,
            AutomaticPaymentMethods = payment.AutomaticMethods ? new AutomaticMethodsView(true) : null,
            CanceledAt = payment.CanceledAt,
            CancellationReason = payment.CancellationReason,
            CaptureMethod = payment.ManualCapture ? "manual" : "automatic",
            ClientSecret = payment.Id + "_secret_" + payment.Id[^16..],
            Description = payment.Description,
            LastPaymentError = payment.LastDecline is { } decline
                ? new ErrorDetail("card_error", decline.Message) { Code = decline.Code, DeclineCode = decline.DeclineCode,
                    Charge = payment.Charge?.Id }
                : null,
            LatestCharge = Under(LatestCharge, expand) is { } inside ? OfCharge(payment, inside) : payment.Charge?.Id,
            Metadata = payment.Metadata,
            NextAction = payment.Status == "requires_action"
                ? new NextActionView(new RedirectView($"{world.PublicUrl}stripe/pay/{payment.Id}", payment.ReturnUrl))
                : null,
            PaymentMethod = payment.PaymentMethod,
            ReceiptEmail = payment.ReceiptEmail,
        };

    public static ChargeView? OfCharge(StripePayment payment, IReadOnlySet<string>? expand = null) => payment.Charge is not { } charge
        ? null
        : new(charge.Id, payment.Amount, payment.Currency, charge.Created, payment.Account.Livemode)
        {
            AmountCaptured = charge.AmountCaptured,
            AmountRefunded = payment.Refunded,
            BalanceTransaction = Under(BalanceTransaction, expand) is null ? StripeLedger.Of(payment)?.Id : StripeLedger.Of(payment),
            Captured = charge.Captured,
            Description = payment.Description,
            Disputed = charge.Disputed,
            FailureCode = payment.LastDecline?.Code,
            FailureMessage = payment.LastDecline?.Message,
            Metadata = payment.Metadata,
            Paid = charge.Succeeded,
            PaymentIntent = payment.Id,
            PaymentMethod = payment.PaymentMethod,
            ReceiptEmail = payment.ReceiptEmail,
            Refunded = charge.Captured && payment.Refunded == charge.AmountCaptured,
            Status = charge.Succeeded ? "succeeded" : "failed",
        };

    public static SessionView Of(StripeSession session, SandboxWorld world, IReadOnlySet<string>? expand = null) =>
        new(session.Id, session.Amount, session.Currency, session.Status, session.PaymentStatus, session.Created, session.Account.Livemode)
        {
            CancelUrl = session.CancelUrl,
            ClientReferenceId = session.ClientReferenceId,
            CustomerDetails = session.Status == "complete" ? new CustomerDetailsView(session.CustomerEmail, null, null) : null,
            CustomerEmail = session.CustomerEmail,
            Metadata = session.Metadata,
            PaymentIntent = session.Payment is { } payment
                && Under("payment_intent", expand) is { } inside
                ? Of(payment, world, inside)
                : session.Payment?.Id,
            SuccessUrl = session.SuccessUrl,
            Url = session.Status == "open" ? session.Url : null,
        };

    public static DisputeView Of(StripeDispute dispute) => new(
        dispute.Id, dispute.Amount, dispute.Payment.Currency, dispute.Status, dispute.Created, dispute.Payment.Account.Livemode,
        dispute.Payment.Charge!.Id, dispute.Payment.Id)
    {
        BalanceTransactions = StripeLedger.Of(dispute), EvidenceDetails = new(dispute.EvidenceDueBy, false, false, 0),
        Metadata = new Dictionary<string, string>(),
    };

    public static RefundView Of(StripeRefund refund, SandboxWorld world, IReadOnlySet<string>? expand = null) =>
        new(refund.Id, refund.Amount, refund.Payment.Currency, refund.Status, refund.Created)
        {
            BalanceTransaction = Under(BalanceTransaction, expand) is null ? StripeLedger.Of(refund).Id : StripeLedger.Of(refund),
            Charge = Under("charge", expand) is { } inside ? OfCharge(refund.Payment, inside)! : refund.Payment.Charge!.Id,
            FailureReason = refund.Status == "failed" ? "expired_or_canceled_card" : null,
            Metadata = refund.Metadata,
            PaymentIntent = expand?.Contains("payment_intent") == true ? Of(refund.Payment, world) : refund.Payment.Id,
            Reason = refund.Reason,
        };

    public static PayoutView Of(StripePayout payout) =>
        new(payout.Id, payout.Amount, payout.Currency, payout.Status, payout.Created, payout.Account.Livemode)
        {
            ArrivalDate = payout.Created,
            BalanceTransaction = payout.Id.Replace("po_", "txn_", StringComparison.Ordinal),
            Description = payout.Description,
            Destination = payout.Destination,
            FailureBalanceTransaction = payout.PutBackBy,
            FailureCode = payout.FailureCode,
            FailureMessage = payout.FailureMessage,
            Metadata = payout.Metadata,
            Method = payout.Method,
            Type = payout.Destination.StartsWith("card_", StringComparison.Ordinal) ? "card" : "bank_account",
        };

    /// <summary>What is to be expanded of a field's object; null when the object itself is not.</summary>
    private static IReadOnlySet<string>? Under(string field, IReadOnlySet<string>? expand) =>
        expand?.Any(path => path == field || path.StartsWith(field + ".", StringComparison.Ordinal)) == true
            ? expand.Where(path => path.StartsWith(field + ".", StringComparison.Ordinal)).Select(path => path[(field.Length + 1)..])
                .ToHashSet()
            : null;

    public static Reply Ok(PaymentIntentView view) => Reply.Json(200, view, StripeJson.Wire.PaymentIntentView);

    public static Reply Ok(SessionView view) => Reply.Json(200, view, StripeJson.Wire.SessionView);

    public static Reply Ok(RefundView view) => Reply.Json(200, view, StripeJson.Wire.RefundView);
}
