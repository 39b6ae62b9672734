using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Stripe;

/// <summary>Stripe's payments as the hub sees them. Pure. An unknown status or currency is a failure, never a guess.</summary>
internal static class StripeMapping
{
    public const string SessionKey = "checkout_session";
    public const string IntentKey = "payment_intent";

    /// <summary>Of a payment by what the customer has saved; the value says nothing.</summary>
    public const string SavedKey = "saved_method";

    /// <summary>The intent decides once the customer is through; before that the session does.</summary>
    public static Result<PaymentState, ProviderFailure> FromSession(StripeSession session)
    {
        var state = session switch
        {
            { Status: "complete", PaymentIntent.Object: { } intent } => FromIntent(intent).Map(Closed),
            // Even "paid" does not tell whether money was taken or only reserved, nor how much: the intent's own events do.
            { Status: "complete", PaymentStatus: "paid" or "no_payment_required" or "unpaid" } =>
                new PaymentState(session.Id, PaymentStatus.Processing),
            { Status: "open" } => new PaymentState(session.Id, PaymentStatus.RequiresAction)
            {
                NextAction = session.Url is { } url ? new NextAction("redirect", url) : null,
            },
            { Status: "expired" } => new PaymentState(session.Id, PaymentStatus.Canceled),
            _ => Unknown("session", $"{session.Status}/{session.PaymentStatus}"),
        };
        return state.Map(known => known with
        {
            ProviderReference = session.PaymentIntent?.Id ?? session.Id,
            ProviderData = ProviderData.Of((SessionKey, session.Id), (IntentKey, session.PaymentIntent?.Id)),
        });
    }

    public static Result<PaymentState, ProviderFailure> FromIntent(StripeIntent intent)
    {
        if (Status(intent) is not { } status)
            return Unknown("payment intent", intent.Status);
        if (!Currency.TryParse(intent.Currency, out var currency))
            return ProviderFailure.Unreadable($"Stripe answered the unknown currency '{intent.Currency}'.");

        var state = new PaymentState(intent.Id, status)
        {
            ProviderData = ProviderData.Of((IntentKey, intent.Id)),
            // It stays there until the next try; what became of the payment since then is in its status.
            Failure = IsDeclined(intent) ? StripeFailures.Explain(intent.LastPaymentError) : null,
        };
        if (status == PaymentStatus.Succeeded && intent.AmountReceived is > 0 and var received)
        {
            if (!StripeAmounts.TryFromWire(received, currency, out var captured))
                return NotAnAmount(received, currency);
            state = state with { Captured = captured };
        }

        return intent.LatestCharge?.Object is { } charge ? WithCharge(state, charge) : state;
    }

    /// <summary>As <see cref="FromIntent"/>, for a payment that the customer completes in the caller's own page.</summary>
    public static Result<PaymentState, ProviderFailure> FromOwnPageIntent(StripeIntent intent, string? publishableKey) =>
        FromIntent(intent).Map(
            state => state.Status is PaymentStatus.Pending or PaymentStatus.RequiresAction && intent.ClientSecret is { } secret
            ? state with
            {
                Status = PaymentStatus.RequiresAction,
                NextAction = new NextAction("client_secret", ClientSecret: secret, PublishableKey: publishableKey),
            }
            : state);

    /// <summary>
    /// As <see cref="FromIntent"/>, for a payment by what the customer has saved: a decline ends it, since nobody is asked for another.
    /// </summary>
    public static Result<PaymentState, ProviderFailure> FromSavedMethodIntent(StripeIntent intent) => FromIntent(intent).Map(state =>
        Closed(state) with
        {
            NextAction = intent.NextAction?.RedirectToUrl?.Url is { } url ? new NextAction("redirect", url) : null,
            ProviderData = ProviderData.Of((IntentKey, intent.Id), (SavedKey, "true")),
        });

    /// <summary>
    /// What a charge alone tells: whether money was taken, given back or disputed. Of one that was never captured, nothing.
    /// </summary>
    public static Result<PaymentState, ProviderFailure> FromCharge(StripeCharge charge, string intent)
    {
        var state = new PaymentState(intent, PaymentStatus.Pending) { ProviderData = ProviderData.Of((IntentKey, intent)) };
        if (!charge.Captured)
            return state;
        if (!Currency.TryParse(charge.Currency, out var currency)
            || !StripeAmounts.TryFromWire(charge.AmountCaptured, currency, out var captured))
            return ProviderFailure.Unreadable($"Stripe answered {charge.AmountCaptured} '{charge.Currency}' as captured amount.");
        return WithCharge(state with { Status = PaymentStatus.Succeeded, Captured = captured }, charge);
    }

    /// <summary>A dispute says nothing about how much was captured, so the state's status claims nothing.</summary>
    public static Result<PaymentState, ProviderFailure> FromDispute(StripeDispute dispute, string intent) =>
        Report(dispute).Map(report => new PaymentState(intent, PaymentStatus.Pending)
        {
            Disputes = [report], ProviderData = ProviderData.Of((IntentKey, intent)),
        });

    /// <summary>An amount in another currency than the payment's, as banks may dispute, counts as all of the payment.</summary>
    public static Result<DisputeReport, ProviderFailure> Report(StripeDispute dispute)
    {
        DisputeStatus? status = dispute.Status switch
        {
            "needs_response" or "under_review" or "warning_needs_response" or "warning_under_review" => DisputeStatus.Open,
            "won" or "prevented" or "warning_closed" => DisputeStatus.Won,
            "lost" => DisputeStatus.Lost,
            _ => null,
        };
        if (status is null)
            return Unknown("dispute", dispute.Status);
        Money? amount = Currency.TryParse(dispute.Currency, out var currency)
            && StripeAmounts.TryFromWire(dispute.Amount, currency, out var disputed) ? disputed : null;
        var kind = dispute.Status.StartsWith("warning_", StringComparison.Ordinal) ? DisputeKind.Inquiry : DisputeKind.Chargeback;
        return new DisputeReport(dispute.Id, kind, status.Value, amount, dispute.Reason)
        {
            EvidenceDueBy = dispute.EvidenceDetails?.DueBy is > 0 and var due ? DateTimeOffset.FromUnixTimeSeconds(due) : null,
        };
    }

    public static Result<RefundState, ProviderFailure> FromRefund(StripeRefund refund)
    {
        RefundStatus? status = refund.Status switch
        {
            "pending" or "requires_action" => RefundStatus.Pending,
            "succeeded" => RefundStatus.Succeeded,
            "failed" => RefundStatus.Failed,
            "canceled" => RefundStatus.Canceled,
            _ => null,
        };
        if (status is null)
            return Unknown("refund", refund.Status);
        if (!Currency.TryParse(refund.Currency, out var currency) || !StripeAmounts.TryFromWire(refund.Amount, currency, out var amount))
            return ProviderFailure.Unreadable($"Stripe answered {refund.Amount} '{refund.Currency}' as refunded amount.");
        return new RefundState(
            refund.Id, status.Value, amount, refund.FailureReason is { } why ? StripeRefundFailures.Codes.Explain(why) : null)
        {
            Costs = StripeFees.Of(refund.BalanceTransaction),
        };
    }

    /// <summary>Nobody can try again on a page that is closed.</summary>
    private static PaymentState Closed(PaymentState state) =>
        state is { Status: PaymentStatus.RequiresAction, Failure: not null } ? state with { Status = PaymentStatus.Failed } : state;

    private static bool IsDeclined(StripeIntent intent) =>
        intent is { Status: "requires_payment_method", LastPaymentError: not null };

    private static PaymentStatus? Status(StripeIntent intent) => intent.Status switch
    {
        // After a declined try the intent waits for another payment method; without one it is new.
        "requires_payment_method" => IsDeclined(intent) ? PaymentStatus.RequiresAction : PaymentStatus.Pending,
        "requires_confirmation" => PaymentStatus.Pending,
        "requires_action" => PaymentStatus.RequiresAction,
        "processing" => PaymentStatus.Processing,
        "requires_capture" => PaymentStatus.Authorized,
        "succeeded" => PaymentStatus.Succeeded,
        "canceled" => PaymentStatus.Canceled,
        _ => null,
    };

    private static Result<PaymentState, ProviderFailure> WithCharge(PaymentState state, StripeCharge charge)
    {
        if (!charge.Captured)
            return state;
        // What a partial capture leaves over is "automatically refunded" and so part of amount_refunded, though it never was the
        // customer's money. https://docs.stripe.com/api/payment_intents/capture#capture_payment_intent-amount_to_capture
        var released = Math.Max(0, charge.Amount - charge.AmountCaptured);
        var wire = Math.Max(0, charge.AmountRefunded - released);
        if (!Currency.TryParse(charge.Currency, out var currency) || !StripeAmounts.TryFromWire(wire, currency, out var refunded))
            return ProviderFailure.Unreadable($"Stripe answered {wire} '{charge.Currency}' as refunded amount.");
        return state with { Refunded = refunded, Costs = StripeFees.Of(charge.BalanceTransaction) };
    }

    private static ProviderFailure Unknown(string what, string? status) =>
        ProviderFailure.Unreadable($"Stripe answered the unknown {what} status '{status}'.");

    private static ProviderFailure NotAnAmount(long wire, Currency currency) =>
        ProviderFailure.Unreadable($"Stripe answered {wire} {currency}, which is not an amount.");
}
