using Patchbay.Sandbox.Faults;
using Patchbay.Sandbox.Vendors;

namespace Patchbay.Sandbox.Stripe;

/// <summary>Takes a payment from one state to the next, with its session, and tells of it. The caller holds the gate.</summary>
internal sealed class StripeCashier(SandboxWorld world, StripeEvents events, StripeDisputes disputes)
{
    public const string Card = "pm_card_visa";

    public void Approve(StripePayment payment, string paymentMethod = Card, bool isNew = false)
    {
        payment.Approve(paymentMethod, Seconds());
        world.Ledger.CountCharge("stripe", ReferenceOf(payment));
        var paid = payment.ManualCapture ? "payment_intent.amount_capturable_updated" : "payment_intent.succeeded";
        Tell(payment, isNew, ["charge.succeeded", paid], CompleteSession(payment, "paid"));
        if (payment is { SettlesLater: true, ManualCapture: false })
            world.Agenda.After(world.Options.CustomerDelay, () => SettleBalance(payment));
        if (payment.Code == MagicCodes.Disputed)
            world.Agenda.After(world.Options.CustomerDelay, () => disputes.Move(payment.Id, null, null, "needs_response"));
    }

    public void Decline(StripePayment payment, StripeDecline decline, bool isNew = false)
    {
        payment.Decline(decline, Seconds());
        Tell(payment, isNew, ["charge.failed", "payment_intent.payment_failed"], sessionEvent: null);
    }

    public void RequireAction(StripePayment payment, string paymentMethod, string? returnUrl)
    {
        payment.RequireAction(paymentMethod, returnUrl);
        Tell(payment, isNew: false, ["payment_intent.requires_action"], sessionEvent: null);
    }

    /// <summary>The customer has done everything, the money comes or fails later.</summary>
    public void Process(StripePayment payment, string paymentMethod = Card, bool isNew = false)
    {
        payment.Process(paymentMethod);
        Tell(payment, isNew, ["payment_intent.processing"], CompleteSession(payment, "unpaid"));
        world.Agenda.After(world.Options.CustomerDelay, () => Settle(payment));
    }

    public void Capture(StripePayment payment, long amount)
    {
        payment.Capture(amount);
        world.Ledger.CountDone("stripe", "captures");
        Tell(payment, isNew: false, ["charge.captured", "payment_intent.succeeded"], sessionEvent: null);
    }

    public void Cancel(StripePayment payment, string? reason)
    {
        payment.Cancel(reason, Seconds());
        world.Ledger.CountDone("stripe", "cancellations");
        Tell(payment, isNew: false, ["payment_intent.canceled"], sessionEvent: null);
    }

    public void Expire(StripeSession session)
    {
        session.Status = "expired";
        world.Ledger.CountDone("stripe", "expirations");
        if (session.Payment is { CanBeCanceled: true } payment)
            payment.Cancel("abandoned", Seconds());
        events.Tell(session.Account, session.Code, ("checkout.session.expired", StripeViews.Of(session, world)));
    }

    private void Settle(StripePayment payment)
    {
        lock (payment.Gate)
        {
            if (payment.Status != "processing")
                return;
            var succeeds = payment.Code != MagicCodes.FailsLater;
            if (succeeds)
            {
                payment.Approve(payment.PaymentMethod!, Seconds());
                world.Ledger.CountCharge("stripe", ReferenceOf(payment));
                payment.Session?.PaymentStatus = "paid";
            }
            else
            {
                payment.Decline(StripeDecline.InsufficientFunds, Seconds());
            }

            Tell(payment, isNew: false,
                succeeds ? ["charge.succeeded", "payment_intent.succeeded"] : ["charge.failed", "payment_intent.payment_failed"],
                payment.Session is null
                    ? null : succeeds ? "checkout.session.async_payment_succeeded" : "checkout.session.async_payment_failed");
        }
    }

    private void SettleBalance(StripePayment payment)
    {
        lock (payment.Gate)
        {
            payment.Charge!.IsSettled = true;
            events.TellSettled(payment.Account, payment.Code, StripeViews.OfCharge(payment)!);
        }
    }

    /// <summary>The event to tell of it; null when there is no session, or it was completed before.</summary>
    private static string? CompleteSession(StripePayment payment, string paymentStatus)
    {
        if (payment.Session is not { Status: "open" } session)
            return null;
        (session.Status, session.PaymentStatus) = ("complete", paymentStatus);
        return "checkout.session.completed";
    }

    private void Tell(StripePayment payment, bool isNew, ReadOnlySpan<string> paymentEvents, string? sessionEvent)
    {
        if (payment.Account.Endpoints.Count == 0)
            return;
        var view = StripeViews.Of(payment, world);
        var happened = new List<(string, object?)>();
        if (isNew)
            happened.Add(("payment_intent.created", view));
        foreach (var name in paymentEvents)
            happened.Add((name, name.StartsWith("charge.", StringComparison.Ordinal) ? StripeViews.OfCharge(payment) : view));
        if (sessionEvent is not null)
            happened.Add((sessionEvent, StripeViews.Of(payment.Session!, world)));
        events.Tell(payment.Account, payment.Code, [.. happened]);
    }

    private static string? ReferenceOf(StripePayment payment) => payment.Session is { } session ? session.Reference : payment.Reference;

    private long Seconds() => world.Now.ToUnixTimeSeconds();
}
