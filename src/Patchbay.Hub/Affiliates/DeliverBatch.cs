using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Outbound;
using Patchbay.Platform.Api;
using Patchbay.Platform.Audit;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates;

/// <summary>The delivery of a batch to an affiliate's portal: at least once, the same bytes under the same id each time.</summary>
internal sealed class DeliverBatch(Database database, OpenAffiliates affiliates, OutboundSender sender, OutboundStats stats, DeliveryEvents events) : IDeliveryHandler, IReopen
{
    public const string Name = "deliver_affiliate_batch";

    public string Capability => Name;

    public bool MovesMoney => false;

    public async Task<IPreparedCall> PrepareAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var batch = await database.FindAsync(
            "SELECT * FROM affiliate_batches WHERE tenant_id = @TenantId AND id = @SubjectId", new { delivery.TenantId, delivery.SubjectId }, AffiliateBatchTable.Instance.ReadWhole,
            cancellationToken);
        var message = batch is null ? null : await affiliates.MessageAsync(EndpointOf(delivery), batch.Key.Id, batch.Body, cancellationToken);
        return new Call(sender, message);
    }

    public void Need(LedgerNeeds needs, Delivery delivery, CallReport? report)
    {
        stats.Need(needs, delivery.TenantId, delivery.Lane.Value, report);
        needs.Row(AffiliateBatchTable.Instance, BatchDeliveries.BatchOf(delivery));
        if (IsGone(report))
            EndpointChanges.Need(needs, EndpointOf(delivery), BatchDeliveries.AffiliateOf(delivery));
        else
            needs.Row(AffiliateOutboxTable.Instance, BatchDeliveries.AffiliateOf(delivery));
    }

    public void Apply(LedgerRows rows, StepTaken step)
    {
        var delivery = step.Delivery;
        stats.Count(rows, delivery.TenantId, delivery.Lane.Value, step.Report);
        var gone = IsGone(step.Report);
        if (gone && rows.Find(AffiliateEndpointTable.Instance, EndpointOf(delivery)) is { IsActive: true, DeletedAt: null } endpoint)
        {
            EndpointChanges.Write(
                rows, endpoint with { IsActive = false, DisabledReason = OutboundFailures.Gone, UpdatedAt = step.Now }, AuditLog.System, "affiliate_endpoint.disable",
                new { reason = OutboundFailures.Gone }, step.Now);
        }

        if (delivery.IsFinished && rows.Find(AffiliateOutboxTable.Instance, BatchDeliveries.AffiliateOf(delivery)) is { } outbox && Carries(outbox, delivery))
            End(rows, outbox, step, stays: gone);
        events.Tell(rows, step);
    }

    /// <summary>Only the last batch: what came after an older one has overtaken it, and may hold the last word on a lead.</summary>
    public Error? Reopen(LedgerRows rows, Delivery delivery, string actor, DateTimeOffset now)
    {
        var key = BatchDeliveries.BatchOf(delivery);
        if (rows.Find(AffiliateOutboxTable.Instance, BatchDeliveries.AffiliateOf(delivery)) is not { } outbox || rows.Find(AffiliateBatchTable.Instance, key) is not { } batch)
            return DeliveryErrors.NotRetryable.With("The batch is kept no more.");
        if (outbox.OpenDelivery == delivery.Id)
            return null;
        if (batch.Status != BatchStatus.GivenUp || outbox.OpenBatch is not null || outbox.LastBatch != key.Id || outbox.Endpoint?.Value != delivery.Lane.Value)
            return AffiliateErrors.BatchOvertaken.With(
                "Later batches have been made, or the endpoint is another one by now; nothing is sent out of order.");
        rows.Update(AffiliateBatchTable.Instance, batch with { Status = BatchStatus.Open, EndedAt = null });
        rows.Update(AffiliateOutboxTable.Instance, outbox with { OpenBatch = key.Id, OpenDelivery = delivery.Id });
        return null;
    }

    /// <summary>Also one whose endpoint was deleted meanwhile, if it was taken all the same and nothing else carries the batch yet.</summary>
    private static bool Carries(AffiliateOutbox outbox, Delivery delivery) =>
        outbox.OpenDelivery == delivery.Id
        || outbox.OpenDelivery is null && outbox.OpenBatch?.Value == delivery.SubjectId && delivery.Status == DeliveryStatus.Delivered;

    /// <param name="stays">It is sent again once the endpoint is active again, or there is another one.</param>
    private static void End(LedgerRows rows, AffiliateOutbox outbox, StepTaken step, bool stays)
    {
        rows.Update(AffiliateOutboxTable.Instance, outbox with { OpenBatch = stays ? outbox.OpenBatch : null, OpenDelivery = null });
        if (!stays && rows.Find(AffiliateBatchTable.Instance, BatchDeliveries.BatchOf(step.Delivery)) is { } batch)
        {
            rows.Update(AffiliateBatchTable.Instance, batch with
            {
                Status = step.Delivery.Status == DeliveryStatus.Delivered ? BatchStatus.Delivered : BatchStatus.GivenUp, EndedAt = step.Now,
            });
        }
    }

    private static AffiliateEndpointKey EndpointOf(Delivery delivery) => new(delivery.TenantId, new AffiliateEndpointId(delivery.Lane.Value));

    private static bool IsGone(CallReport? report) => report?.Failure?.Code == OutboundFailures.Gone;

    private sealed class Call(OutboundSender sender, OutboundMessage? message) : IPreparedCall
    {
        public DeliveryRules Rules => BatchDeliveries.Rules;

        public RepeatSafety Safety => RepeatSafety.AtLeastOnce;

        public Task<CallReport> CallAsync(CancellationToken cancellationToken) => message is null
            ? Task.FromResult(new CallReport(
                null, ProviderFailure.Rejected(FailureCause.Request, "endpoint_deleted", "The endpoint was deleted before the batch was sent."), []))
            : sender.PostAsync(message, cancellationToken);

        public Task<CallReport> LookUpAsync(CancellationToken cancellationToken) => CallAsync(cancellationToken);
    }
}
