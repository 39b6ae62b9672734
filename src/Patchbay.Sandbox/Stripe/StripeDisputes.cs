using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Stripe.Wire;
using Patchbay.Sandbox.Vendors;

namespace Patchbay.Sandbox.Stripe;

/// <summary><c>/v1/disputes</c>, and the bank that opens disputes and decides them.</summary>
internal sealed class StripeDisputes(SandboxWorld world, StripeBooks books, StripeEvents events)
{
    private static readonly HashSet<string> Closed = ["won", "lost", "prevented", "warning_closed"];

    public Reply List(StripeAccount account, Call call) => StripeLists.OfPayment(
        books, account, call, payment => StripeLists.Page(
            call, "dispute", payment.Disputes, dispute => (dispute.Id, dispute.Created), (dispute, _) => StripeViews.Of(dispute),
            StripeJson.Wire.DisputeView));

    /// <summary>
    /// The customer's bank opens a dispute about a payment that was charged, or takes one of its own further; its id, or null when there
    /// is nothing to dispute.
    /// </summary>
    /// <param name="paymentId">Of a payment intent or a session.</param>
    /// <param name="disputeId">Null for a new one.</param>
    /// <param name="amount">Null for all of the payment.</param>
    public string? Move(string paymentId, string? disputeId, long? amount, string status)
    {
        if ((books.Session(paymentId)?.Payment ?? books.Payment(paymentId)) is not { } payment)
            return null;
        lock (payment.Gate)
        {
            if (payment.Charge is not { Succeeded: true } charge)
                return null;
            var isNew = disputeId is null;
            var dispute = isNew
                ? new StripeDispute(payment, world.Ids.Letters("dp_"), amount ?? payment.Amount, world.Now.ToUnixTimeSeconds())
                : payment.Disputes.Find(known => known.Id == disputeId);
            if (dispute is null)
                return null;
            if (isNew)
                payment.Disputes.Add(dispute);
            (dispute.Status, charge.Disputed) = (status, true);
            var what = isNew ? "created" : Closed.Contains(status) ? "closed" : "updated";
            events.Tell(payment.Account, payment.Code, ("charge.dispute." + what, StripeViews.Of(dispute)));
            return dispute.Id;
        }
    }
}
