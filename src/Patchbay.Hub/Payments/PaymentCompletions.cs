using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Integrations;
using Patchbay.Platform.Audit;
using Patchbay.Storage;

namespace Patchbay.Hub.Payments;

/// <summary>
/// Begins what a customer's consent asks for at some providers: that the payment is completed. Whoever hears of the consent (a webhook, an
/// answer, a look-up) places the delivery in the transaction that joins the fact.
/// </summary>
/// <remarks>
/// It is placed once, however often and in whatever order the fact is told, because the payment is in its hands from then on
/// (<see cref="Payment.ClosingAction"/>): completing, capturing and canceling exclude each other. A canceled payment is not processing any
/// more, so it is not completed either. When the customer's means of payment was declined, the payment is theirs again, and only what they
/// agree to later counts; see <see cref="CompletePayment"/>.
/// </remarks>
public sealed class PaymentCompletions(IdGenerator ids)
{
    /// <param name="payment">With the state joined.</param>
    public Payment Begin(LedgerRows rows, Payment payment, PaymentState state, DateTimeOffset now)
    {
        if (!state.ToBeCompleted || payment is not { Status: PaymentStatus.Processing, ClosingAction: null })
            return payment;
        var delivery = new Placement(
            PaymentCapabilities.Complete, payment.TenantId, payment.Id.Value, Integration.LaneOf(payment.IntegrationId))
            .New(ids, now) with { DueAt = now };   // any node may make it
        rows.Insert(DeliveryTable.Instance, delivery);
        AuditLog.Write(
            rows, payment.TenantId, AuditLog.System, "payment.complete", payment.Id.ToString(), new { delivery = delivery.Id }, now);
        return payment with
        {
            ClosingAction = delivery.Id.ToString(), VerifyAt = payment.VerifyAt ?? PaymentFollowUp.Schedule.Begin(now), UpdatedAt = now,
        };
    }
}
