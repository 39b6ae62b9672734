using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Stripe.Wire;
using Patchbay.Sandbox.Vendors;

namespace Patchbay.Sandbox.Stripe;

/// <summary><c>/v1/payment_intents</c>.</summary>
internal sealed class StripePayments(
    SandboxWorld world, StripeBooks books, StripeCashier cashier, StripeCustomer customer, StripeEvents events)
{
    private const string UnexpectedState = "payment_intent_unexpected_state";

    public Reply Create(StripeAccount account, Call call)
    {
        var form = call.Nested;
        if (StripeParameters.Refuse(form, StripeParameters.OfPayment) is { } unknown)
            return unknown;
        if (StripeParameters.ReadSum(form, StripeAmounts.Refuse, out var amount, out var currency) is { } refusal)
            return refusal;
        var confirm = form.TextAt("confirm") == "true";
        if (confirm && form.TextAt("payment_method") is null)
            return StripeErrors.Missing("payment_method");

        var metadata = StripeParameters.Metadata(form.At("metadata"));
        var code = world.Options.MagicValues ? StripeMagic.CodeOf(form, amount) : null;
        if (StripeParameters.RefuseByCode(code) is { } magic)
            return magic;

        var payment = new StripePayment(account, world.Ids.Letters("pi_"), amount, currency, world.Now.ToUnixTimeSeconds(), new Lock())
        {
            ManualCapture = form.TextAt("capture_method") == "manual",
            SettlesLater = form.TextAt("capture_method") is null or "automatic_async",
            Metadata = metadata,
            Description = form.TextAt("description"),
            ReceiptEmail = form.TextAt("receipt_email"),
            AutomaticMethods = form.TextAt("automatic_payment_methods", "enabled") == "true",
            Code = code,
        };
        books.Add(payment);
        world.Ledger.CountPayment("stripe", payment.Reference);
        lock (payment.Gate)
        {
            events.Tell(account, code, ("payment_intent.created", StripeViews.Of(payment, world)));
            if (confirm)
                return Attempt(payment, call);
            customer.ComesFor(payment);
            return Ok(payment, call);
        }
    }

    public Reply Get(StripeAccount account, Call call) => With(account, call, payment => Ok(payment, call));

    public Reply List(StripeAccount account, Call call) => StripeLists.Page(
        call, "payment_intent", books.Payments(account), payment => (payment.Id, payment.Created), Seen, StripeJson.Wire.PaymentIntentView);

    public Reply Update(StripeAccount account, Call call) =>
        StripeParameters.Refuse(call.Nested, StripeParameters.OfPaymentUpdate) ?? With(account, call, payment =>
        {
            var form = call.Nested;
            if (form.TextAt("amount") is { } text)
            {
                if (!payment.AwaitsCustomer || payment.Session is not null)
                    return Unexpected(payment, "The amount of this PaymentIntent cannot be changed any more.");
                if (StripeMagic.Number(text) is not { } amount)
                    return StripeErrors.Invalid($"Invalid integer: {text}", "parameter_invalid_integer", "amount");
                if (StripeAmounts.Refuse(amount, payment.Currency) is { } refusal)
                    return refusal;
                payment.Amount = amount;
            }

            payment.Description = form.TextAt("description") ?? payment.Description;
            payment.ReceiptEmail = form.TextAt("receipt_email") ?? payment.ReceiptEmail;
            payment.Metadata = StripeParameters.Changed(payment.Metadata, form.At("metadata"));
            return Ok(payment, call);
        });

    public Reply Confirm(StripeAccount account, Call call) =>
        StripeParameters.Refuse(call.Nested, StripeParameters.OfConfirm) ?? With(account, call, payment =>
        {
            if (!payment.AwaitsCustomer)
                return Unexpected(payment, $"You cannot confirm this PaymentIntent because it has a status of {payment.Status}.");
            if (call.Nested.TextAt("payment_method") is null && payment.PaymentMethod is null)
                return Unexpected(payment, "You cannot confirm this PaymentIntent because it's missing a payment method.");
            return Attempt(payment, call);
        });

    public Reply Capture(StripeAccount account, Call call) =>
        StripeParameters.Refuse(call.Nested, StripeParameters.OfCapture) ?? With(account, call, payment =>
        {
            if (payment.Status != "requires_capture")
                return Unexpected(
                    payment,
                    "This PaymentIntent could not be captured because it has a status "
                        + $"of {payment.Status}. Only a PaymentIntent with one of the following statuses may be captured: "
                        + "requires_capture.");
            var amount = payment.Amount;
            if (call.Nested.TextAt("amount_to_capture") is { } text)
            {
                if (StripeMagic.Number(text) is not { } asked || asked == 0)
                    return StripeErrors.Invalid($"Invalid integer: {text}", "parameter_invalid_integer", "amount_to_capture");
                amount = asked;
            }

            if (amount > payment.AmountCapturable)
                return StripeErrors.Impossible("The amount_to_capture must be less than or equal to the amount that can be captured.",
                    "amount_too_large", "amount_to_capture");
            cashier.Capture(payment, amount);
            return Ok(payment, call);
        });

    public Reply Cancel(StripeAccount account, Call call) =>
        StripeParameters.Refuse(call.Nested, StripeParameters.OfCancel) ?? With(account, call, payment =>
        {
            if (!payment.CanBeCanceled)
                return Unexpected(payment, $"You cannot cancel this PaymentIntent because it has a status of {payment.Status}.");
            if (payment.Session is { Status: "open" })
                return Unexpected(
                    payment,
                    "You cannot cancel this PaymentIntent because it belongs to an open Checkout Session. Expire the Checkout Session "
                        + "instead.");
            cashier.Cancel(payment, call.Nested.TextAt("cancellation_reason"));
            return Ok(payment, call);
        });

    private PaymentIntentView Seen(StripePayment payment, IReadOnlySet<string> expand)
    {
        lock (payment.Gate)
            return StripeViews.Of(payment, world, expand);
    }

    private Reply Attempt(StripePayment payment, Call call)
    {
        var method = call.Nested.TextAt("payment_method") ?? payment.PaymentMethod!;
        switch (StripeBank.Ask(payment.Code, method))
        {
            case BankAnswer.Declined:
                return Decline(payment, StripeDecline.Generic);
            case BankAnswer.InsufficientFunds:
                return Decline(payment, StripeDecline.InsufficientFunds);
            case BankAnswer.NeedsCustomer when call.Nested.TextAt("off_session") == "true":
                return Decline(payment, StripeDecline.AuthenticationRequired);
            case BankAnswer.NeedsCustomer:
                cashier.RequireAction(payment, method, call.Nested.TextAt("return_url"));
                customer.ComesFor(payment);
                break;
            case BankAnswer.Later:
                cashier.Process(payment, method);
                break;
            default:
                cashier.Approve(payment, method);
                break;
        }

        return Ok(payment, call);
    }

    private Reply Decline(StripePayment payment, StripeDecline decline)
    {
        cashier.Decline(payment, decline);
        return StripeErrors.Declined(decline, payment.Charge!.Id, StripeViews.Of(payment, world));
    }

    private Reply With(StripeAccount account, Call call, Func<StripePayment, Reply> work)
    {
        if (books.Payment(account, call.Route("id")) is not { } payment)
            return StripeErrors.NotFound("payment_intent", call.Route("id"), "intent");
        lock (payment.Gate)
            return work(payment);
    }

    private Reply Ok(StripePayment payment, Call call) =>
        StripeViews.Ok(StripeViews.Of(payment, world, StripeParameters.Expansions(call)));

    private Reply Unexpected(StripePayment payment, string message) =>
        StripeErrors.Impossible(message, UnexpectedState, payment: StripeViews.Of(payment, world));
}
