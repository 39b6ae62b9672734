using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Integrations;
using Patchbay.Platform.Api;
using Patchbay.Platform.Audit;
using Patchbay.Storage;

namespace Patchbay.Hub.Payments;

/// <summary>What the deliveries about a refund have in common.</summary>
internal abstract class RefundDeliveryHandler(
    string capability, Database database, Connections connections, PaymentChanges changes, IntegrationFailures failures, DeliveryEvents deliveryEvents) : IDeliveryHandler, IReopen
{
    public string Capability => capability;

    protected PaymentChanges Changes => changes;

    public bool MovesMoney => PaymentRules.Of(capability).MovesMoney;

    public async Task<IPreparedCall> PrepareAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var refund = await database.FindAsync(
            "SELECT * FROM refunds WHERE tenant_id = @TenantId AND id = @SubjectId",
            new { delivery.TenantId, delivery.SubjectId }, RefundTable.Instance.Read, cancellationToken)
            ?? throw new InvalidOperationException($"{delivery.Id} has no refund.");
        var payment = await database.FindAsync(
            "SELECT * FROM payments WHERE tenant_id = @TenantId AND id = @PaymentId",
            new { delivery.TenantId, refund.PaymentId }, PaymentTable.Instance.Read, cancellationToken)
            ?? throw new InvalidOperationException($"{refund.Id} has no payment.");
        var open = await connections.OpenAsync(delivery.TenantId, new IntegrationId(delivery.Lane.Value), cancellationToken);
        return Prepare(refund, payment, delivery, open);
    }

    public void Need(LedgerNeeds needs, Delivery delivery, CallReport? report)
    {
        needs.Row(RefundTable.Instance, KeyOf(delivery));
        changes.Need(needs, new PaymentKey(delivery.TenantId, RefundPayload.PaymentOf(delivery)));
        failures.Need(needs, delivery, report);
    }

    public void Apply(LedgerRows rows, StepTaken step)
    {
        failures.Apply(rows, step);
        var refund = rows.Find(RefundTable.Instance, KeyOf(step.Delivery))!;
        if (step.Report?.Answer is RefundState state)
            changes.WriteRefund(rows, refund, state, AuditLog.System, step.Now);
        else
            ApplyEnd(rows, refund, step);
        deliveryEvents.Tell(rows, step);
    }

    public Error? Reopen(LedgerRows rows, Delivery delivery, string actor, DateTimeOffset now) =>
        Reopen(rows, rows.Find(RefundTable.Instance, KeyOf(delivery))!, actor, now);

    protected abstract IPreparedCall Prepare(Refund refund, Payment payment, Delivery delivery, OpenIntegration? open);

    /// <summary>What an end without an answer means to the refund.</summary>
    protected abstract void ApplyEnd(LedgerRows rows, Refund refund, StepTaken step);

    /// <summary>See <see cref="IReopen.Reopen"/>.</summary>
    protected virtual Error? Reopen(LedgerRows rows, Refund refund, string actor, DateTimeOffset now) => null;

    private static RefundKey KeyOf(Delivery delivery) => new(delivery.TenantId, new RefundId(delivery.SubjectId));
}

/// <summary>The payload of refund deliveries: the payment's id, so that its row can be locked without asking.</summary>
internal static class RefundPayload
{
    public static byte[] For(PaymentId payment) => payment.Value.ToByteArray(bigEndian: true);

    public static PaymentId PaymentOf(Delivery delivery) => new(new Guid(delivery.Payload, bigEndian: true));
}

/// <summary>Carries out a refund.</summary>
internal sealed class ProcessRefundHandler(Database database, Connections connections, PaymentChanges changes, IntegrationFailures failures, DeliveryEvents deliveryEvents)
    : RefundDeliveryHandler(Capabilities.ProcessRefund, database, connections, changes, failures, deliveryEvents)
{
    protected override IPreparedCall Prepare(Refund refund, Payment payment, Delivery delivery, OpenIntegration? open)
    {
        var request = new RefundRequest(PaymentCall.HandleOf(payment), refund.Id.ToString(), delivery.Id.ToString(), refund.Amount, refund.Reason);
        return new PaymentCall(
            open, Capability,
            async (integration, token) => PaymentCall.Report(await integration.Make<IProcessRefund>().ProcessRefundAsync(request, integration.Connection, token), integration),
            open?.Provider.Has<ILookUpRefund>() == true
                ? async (integration, token) => PaymentCall.Report(await integration.Make<ILookUpRefund>().LookUpRefundAsync(request, integration.Connection, token), integration)
                : null);
    }

    protected override void ApplyEnd(LedgerRows rows, Refund refund, StepTaken step)
    {
        var delivery = step.Delivery;
        if (delivery.Status == DeliveryStatus.Canceled)
            Changes.WriteRefund(rows, refund, new RefundState(refund.ProviderReference ?? "", RefundStatus.Canceled), AuditLog.System, step.Now);
        else if (delivery.Status == DeliveryStatus.Exhausted && delivery.Reason != ExhaustReason.Unresolved)
            Changes.WriteRefund(rows, refund, new RefundState(refund.ProviderReference ?? "", RefundStatus.Failed, null, delivery.LastCode, delivery.LastMessage), AuditLog.System, step.Now);
    }

    /// <summary>What a failed refund had reserved was given back, and may be refunded otherwise by now: it has to be reserved again.</summary>
    protected override Error? Reopen(LedgerRows rows, Refund refund, string actor, DateTimeOffset now)
    {
        if (refund.Status == RefundStatus.Pending)
            return null;
        if (refund.Status != RefundStatus.Failed)
            return DeliveryErrors.NotRetryable.With($"The refund is {refund.Status.ToWord()} already.");
        var payment = rows.Find(PaymentTable.Instance, new PaymentKey(refund.TenantId, refund.PaymentId))!;
        if (CreateRefundWork.Refuse(payment, refund.Amount) is { } error)
            return error;
        rows.Update(PaymentTable.Instance, payment with { RefundReserved = payment.RefundReserved + refund.Amount.MinorUnits, UpdatedAt = now });
        rows.Update(RefundTable.Instance, refund with
        {
            Status = RefundStatus.Pending, FailureCode = null, FailureMessage = null, VerifyAt = PaymentReconciler.FirstVerification(now), UpdatedAt = now,
        });
        AuditLog.Write(rows, refund.TenantId, actor, "refund.retry", refund.Id.ToString(), new { payment = refund.PaymentId, amount = refund.Amount.ToAmountString() }, now);
        return null;
    }
}

/// <summary>Asks the provider how a refund ended.</summary>
internal sealed class VerifyRefundHandler(Database database, Connections connections, PaymentChanges changes, IntegrationFailures failures, DeliveryEvents deliveryEvents)
    : RefundDeliveryHandler(PaymentRules.VerifyRefund, database, connections, changes, failures, deliveryEvents)
{
    protected override IPreparedCall Prepare(Refund refund, Payment payment, Delivery delivery, OpenIntegration? open) => new PaymentCall(
        open, Capability,
        async (integration, token) => PaymentCall.Report(
            await integration.Make<IProcessRefund>().VerifyRefundAsync(
                new RefundHandle(PaymentCall.HandleOf(payment), refund.Id.ToString(), refund.ProviderReference ?? ""), integration.Connection, token), integration),
        null);

    protected override void ApplyEnd(LedgerRows rows, Refund refund, StepTaken step)
    {
    }
}
