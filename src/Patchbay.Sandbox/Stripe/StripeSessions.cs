using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Stripe.Wire;
using Patchbay.Sandbox.Vendors;

namespace Patchbay.Sandbox.Stripe;

/// <summary><c>/v1/checkout/sessions</c>.</summary>
internal sealed class StripeSessions(SandboxWorld world, StripeBooks books, StripeCashier cashier, StripeCustomer customer)
{
    public Reply Create(StripeAccount account, Call call)
    {
        var form = call.Nested;
        if (StripeParameters.Refuse(form, StripeParameters.OfSession) is { } unknown)
            return unknown;
        if (form.TextAt("mode") is not "payment")
            return StripeErrors.Invalid("The sandbox plays sessions with mode=payment only.", param: "mode");
        if (form.TextAt("success_url") is not { Length: > 0 } successUrl)
            return StripeErrors.Missing("success_url");
        if (form.At("line_items") is null)
            return StripeErrors.Missing("line_items");
        if (StripeMagic.LineItemsTotal(form) is not { } amount)
            return StripeErrors.Invalid("Invalid integer in line_items.", "parameter_invalid_integer", "line_items");
        var currency = form.At("line_items")!.Children.Values.First().TextAt("price_data", "currency") ?? "";
        if (StripeAmounts.Refuse(amount, currency) is { } refusal)
            return refusal;

        var metadata = StripeParameters.Metadata(form.At("metadata"));
        var paymentMetadata = StripeParameters.Metadata(form.At("payment_intent_data", "metadata"));
        var code = world.Options.MagicValues ? StripeMagic.CodeOf(form, amount) : null;
        if (StripeParameters.RefuseByCode(code) is { } magic)
            return magic;

        var id = world.Ids.Letters(account.Livemode ? "cs_live_" : "cs_test_");
        var session = new StripeSession(account, id, amount, currency, world.Now.ToUnixTimeSeconds())
        {
            Url = $"{world.PublicUrl}stripe/pay/{id}",
            SuccessUrl = successUrl,
            CancelUrl = form.TextAt("cancel_url"),
            ClientReferenceId = form.TextAt("client_reference_id"),
            CustomerEmail = form.TextAt("customer_email"),
            Metadata = metadata,
            PaymentMetadata = paymentMetadata,
            PaymentDescription = form.TextAt("payment_intent_data", "description"),
            ManualCapture = form.TextAt("payment_intent_data", "capture_method") == "manual",
            Code = code,
        };
        books.Add(session);
        world.Ledger.CountPayment("stripe", session.Reference);
        customer.ComesFor(session);
        return StripeViews.Ok(StripeViews.Of(session, world));
    }

    public Reply Get(StripeAccount account, Call call)
    {
        if (books.Session(account, call.Route("id")) is not { } session)
            return NotFound(call);
        lock (session.Gate)
            return StripeViews.Ok(StripeViews.Of(session, world, StripeParameters.Expansions(call)));
    }

    public Reply List(StripeAccount account, Call call) => StripeLists.Page(
        call, "checkout.session", books.Sessions(account).Where(session =>
            (call.Query("payment_intent") is not { } payment || session.Payment?.Id == payment)
            && (call.Query("status") is not { } status || session.Status == status)),
        session => (session.Id, session.Created), Seen, StripeJson.Wire.SessionView);

    public Reply Update(StripeAccount account, Call call)
    {
        if (StripeParameters.Refuse(call.Nested, StripeParameters.OfUpdate) is { } unknown)
            return unknown;
        if (books.Session(account, call.Route("id")) is not { } session)
            return NotFound(call);
        lock (session.Gate)
        {
            session.Metadata = StripeParameters.Changed(session.Metadata, call.Nested.At("metadata"));
            return StripeViews.Ok(StripeViews.Of(session, world, StripeParameters.Expansions(call)));
        }
    }

    public Reply Expire(StripeAccount account, Call call)
    {
        if (books.Session(account, call.Route("id")) is not { } session)
            return NotFound(call);
        lock (session.Gate)
        {
            if (session.Status != "open")
                return StripeErrors.Impossible(
                    "Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout Session has a status of "
                        + $"`{session.Status}`.", "checkout_session_not_open");
            cashier.Expire(session);
            return StripeViews.Ok(StripeViews.Of(session, world, StripeParameters.Expansions(call)));
        }
    }

    private SessionView Seen(StripeSession session, IReadOnlySet<string> expand)
    {
        lock (session.Gate)
            return StripeViews.Of(session, world, expand);
    }

    private static Reply NotFound(Call call) => StripeErrors.NotFound("checkout.session", call.Route("id"), "session");
}
