using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Calls;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Integrations;
using Patchbay.Platform.Api;
using Patchbay.Platform.Audit;
using Patchbay.Storage;

namespace Patchbay.Hub.Payments;

/// <summary>Carries out a refund.</summary>
internal sealed class ProcessRefund(PaymentChanges changes, ProviderServices hub)
    : RefundDelivery(PaymentCapabilities.Refund, changes, hub)
{
    public override object Assumed(string providerReference) => new RefundState(providerReference, RefundStatus.Succeeded);

    protected override Task<Result<RefundState, ProviderFailure>> CallAsync(
        RefundOfPayment of, Delivery delivery, OpenIntegration at, CancellationToken cancellationToken) =>
        at.Make<IProcessRefund>().ProcessRefundAsync(RequestOf(of, delivery), at.Connection, cancellationToken);

    protected override Task<Result<RefundState?, ProviderFailure>> LookUpAsync(
        RefundOfPayment of, Delivery delivery, OpenIntegration at, CancellationToken cancellationToken) =>
        at.Make<ILookUpRefund>().LookUpRefundAsync(RequestOf(of, delivery), at.Connection, cancellationToken);

    protected override RefundState Ended(Refund refund, StepTaken step) => step.Delivery.Status == DeliveryStatus.Canceled
        ? new RefundState(refund.ProviderReference ?? "", RefundStatus.Canceled)
        : new RefundState(refund.ProviderReference ?? "", RefundStatus.Failed, null, step.Delivery.LastFailure);

    /// <summary>What a failed refund had reserved was given back, and may be refunded otherwise by now: it is reserved again.</summary>
    protected override Error? Reopen(LedgerRows rows, Refund refund, Delivery delivery, string actor, DateTimeOffset now)
    {
        if (refund.Status == RefundStatus.Pending)
            return null;
        if (refund.Status != RefundStatus.Failed)
            return DeliveryErrors.NotRetryable.With($"The refund is {refund.Status.ToWord()} already.");
        var payment = rows.Find(PaymentTable.Instance, new PaymentKey(refund.TenantId, refund.PaymentId))!;
        if ((CreateRefundWork.Refuse(payment, refund.Amount) ?? Changes.Reserve(rows, payment, refund.Amount, actor, now)) is { } error)
            return error;
        rows.Update(RefundTable.Instance, refund with
        {
            Status = RefundStatus.Pending, FailureReason = null, FailureCode = null, FailureMessage = null,
            VerifyAt = RefundFollowUp.Schedule.Begin(now), UpdatedAt = now,
        });
        AuditLog.Write(
            rows, refund.TenantId, actor, "refund.retry", refund.Id.ToString(),
            new { payment = refund.PaymentId, amount = refund.Amount.ToAmountString() }, now);
        return null;
    }

    private static RefundRequest RequestOf(RefundOfPayment of, Delivery delivery) =>
        new(of.Payment.Handle(), of.Refund.Id.ToString(), delivery.Id.ToString(), of.Refund.Amount, of.Refund.Reason);
}
