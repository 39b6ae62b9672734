using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Calls;
using Patchbay.Integrations.Deliveries;
using Patchbay.Platform.Audit;
using Patchbay.Storage;

namespace Patchbay.Hub.Payments;

/// <summary>A refund with the payment that it is of.</summary>
internal sealed record RefundOfPayment(Refund Refund, Payment Payment);

/// <summary>What the deliveries about a refund have in common.</summary>
internal abstract class RefundDelivery(ProviderCapability capability, PaymentChanges changes, ProviderServices hub)
    : ProviderDelivery<RefundKey, Refund, RefundOfPayment, RefundState>(capability, RefundTable.Instance, hub)
{
    protected PaymentChanges Changes => changes;

    protected override RefundKey KeyOf(Delivery delivery) => new(delivery.TenantId, new RefundId(delivery.SubjectId));

    protected override async ValueTask<RefundOfPayment> LoadAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var refund = await ReadAsync(delivery, cancellationToken);
        var payment = await Database.FindAsync(
            PaymentTable.Instance, new PaymentKey(delivery.TenantId, refund.PaymentId), cancellationToken)
            ?? throw new InvalidOperationException($"{refund.Id} has no payment.");
        return new RefundOfPayment(refund, payment);
    }

    protected override void NeedSubject(LedgerNeeds needs, Delivery delivery, RefundState? answer)
    {
        base.NeedSubject(needs, delivery, answer);
        changes.NeedRefund(needs, new PaymentKey(delivery.TenantId, RefundPayload.PaymentOf(delivery)));
    }

    protected override void Apply(LedgerRows rows, Refund refund, RefundState? answer, StepTaken step)
    {
        if (answer is not null)
            changes.WriteRefund(rows, refund, answer, AuditLog.System, step.Now);
    }
}

/// <summary>The payload of refund deliveries: the payment's id, so that its row can be locked without asking.</summary>
internal static class RefundPayload
{
    public static byte[] For(PaymentId payment) => payment.Value.ToByteArray(bigEndian: true);

    public static PaymentId PaymentOf(Delivery delivery) => new(new Guid(delivery.Payload, bigEndian: true));
}
