using Patchbay.Sandbox.Faults;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Stripe.Wire;
using Patchbay.Sandbox.Vendors;

namespace Patchbay.Sandbox.Stripe;

/// <summary><c>/v1/refunds</c>. Never gives back more than was captured and not yet refunded.</summary>
internal sealed class StripeRefunds(SandboxWorld world, StripeBooks books, StripeEvents events)
{
    public Reply Create(StripeAccount account, Call call)
    {
        var form = call.Nested;
        if (StripeParameters.Refuse(form, StripeParameters.OfRefund) is { } unknown)
            return unknown;
        var paymentId = form.TextAt("payment_intent");
        var chargeId = form.TextAt("charge");
        if (paymentId is null && chargeId is null)
            return StripeErrors.Invalid("One of the following params should be provided for this request: payment_intent or charge.",
                "parameter_missing", "payment_intent");
        if (form.TextAt("reason") is { } reason and not ("duplicate" or "fraudulent" or "requested_by_customer"))
            return StripeErrors.Invalid(
                $"Invalid reason: must be one of duplicate, fraudulent, or requested_by_customer; not {reason}", param: "reason");
        if (form.TextAt("amount") is { } text && StripeMagic.Number(text) is not > 0)
            return StripeErrors.Invalid($"Invalid integer: {text}", "parameter_invalid_integer", "amount");

        if (paymentId is not null)
            return books.Payment(account, paymentId) is { } payment
                ? Refund(payment, call) : StripeErrors.NotFound("payment_intent", paymentId, "payment_intent");
        return books.PaymentOfCharge(account, chargeId!) is { } charged
            ? Refund(charged, call) : StripeErrors.NotFound("charge", chargeId!, "charge");
    }

    public Reply Get(StripeAccount account, Call call)
    {
        if (books.Refund(account, call.Route("id")) is not { } refund)
            return StripeErrors.NotFound("refund", call.Route("id"), "refund");
        lock (refund.Payment.Gate)
            return StripeViews.Ok(StripeViews.Of(refund, world, StripeParameters.Expansions(call)));
    }

    public Reply Update(StripeAccount account, Call call)
    {
        if (StripeParameters.Refuse(call.Nested, StripeParameters.OfUpdate) is { } unknown)
            return unknown;
        if (books.Refund(account, call.Route("id")) is not { } refund)
            return StripeErrors.NotFound("refund", call.Route("id"), "refund");
        lock (refund.Payment.Gate)
        {
            refund.Metadata = StripeParameters.Changed(refund.Metadata, call.Nested.At("metadata"));
            events.Tell(account, code: null, ("refund.updated", StripeViews.Of(refund, world)));
            return StripeViews.Ok(StripeViews.Of(refund, world, StripeParameters.Expansions(call)));
        }
    }

    /// <summary>Of one payment when the call names one, else of the account.</summary>
    public Reply List(StripeAccount account, Call call) => call.Query("payment_intent") is null
        ? Page(call, books.Refunds(account))
        : StripeLists.OfPayment(books, account, call, payment => Page(call, books.Refunds(payment)));

    private Reply Page(Call call, IEnumerable<StripeRefund> refunds) => StripeLists.Page(
        call, "refund", refunds, refund => (refund.Id, refund.Created), Seen, StripeJson.Wire.RefundView);

    private RefundView Seen(StripeRefund refund, IReadOnlySet<string> expand)
    {
        lock (refund.Payment.Gate)
            return StripeViews.Of(refund, world, expand);
    }

    private Reply Refund(StripePayment payment, Call call)
    {
        var form = call.Nested;
        lock (payment.Gate)
        {
            if (payment.Charge is not { Captured: true } charge)
                return StripeErrors.Impossible($"This PaymentIntent ({payment.Id}) does not have a successful charge to refund.",
                    "payment_intent_unexpected_state", payment: StripeViews.Of(payment, world));
            if (payment.Refundable == 0)
                return StripeErrors.Impossible($"Charge {charge.Id} has already been refunded.", "charge_already_refunded");
            var amount = StripeMagic.Number(form.TextAt("amount")) ?? payment.Refundable;
            if (amount > payment.Refundable)
                return StripeErrors.Impossible(
                    $"Refund amount ({amount}) is greater than unrefunded amount on charge ({payment.Refundable}).",
                    "amount_too_large", "amount");

            var metadata = StripeParameters.Metadata(form.At("metadata"));
            var reference = metadata.GetValueOrDefault("reference");
            // Only an amount that was asked for carries a code: the rest of a payment is nobody's choice.
            var code = world.Options.MagicValues ? StripeMagic.CodeOf(form, StripeMagic.Number(form.TextAt("amount"))) : null;
            if (code == MagicCodes.Invalid)
                return StripeParameters.RefuseByCode(code)!;

            var refund = new StripeRefund(payment, world.Ids.Letters("re_"), amount, world.Now.ToUnixTimeSeconds())
            {
                Reason = form.TextAt("reason"),
                Metadata = metadata,
                Status = code is MagicCodes.RefundPending or MagicCodes.RefundFailsLater ? "pending" : "succeeded",
            };
            books.Add(refund);
            payment.Refund(amount);
            world.Ledger.CountRefund("stripe", payment.Id, reference, amount);
            events.Tell(payment.Account, code, ("refund.created", StripeViews.Of(refund, world)),
                ("charge.refunded", StripeViews.OfCharge(payment)));
            if (refund.Status == "pending")
                world.Agenda.After(world.Options.CustomerDelay, () => Settle(refund, code));
            return StripeViews.Ok(StripeViews.Of(refund, world, StripeParameters.Expansions(call)));
        }
    }

    private void Settle(StripeRefund refund, string? code)
    {
        lock (refund.Payment.Gate)
        {
            if (code == MagicCodes.RefundPending)
            {
                refund.Status = "succeeded";
                events.Tell(refund.Payment.Account, code, ("refund.updated", StripeViews.Of(refund, world)));
                return;
            }

            Fail(refund, code);
        }
    }

    /// <summary>The customer's bank sends the money back, days after it went out; false when there is no such refund.</summary>
    public bool Return(string id)
    {
        if (books.Refund(id) is not { } refund)
            return false;
        lock (refund.Payment.Gate)
        {
            if (refund.Status != "succeeded")
                return false;
            Fail(refund, code: null);
            return true;
        }
    }

    private void Fail(StripeRefund refund, string? code)
    {
        refund.Status = "failed";
        refund.Payment.Refund(-refund.Amount);
        world.Ledger.CountFailedRefund(refund.Payment.Id, refund.Amount);
        events.Tell(refund.Payment.Account, code, ("refund.updated", StripeViews.Of(refund, world)),
            ("refund.failed", StripeViews.Of(refund, world)));
    }
}
