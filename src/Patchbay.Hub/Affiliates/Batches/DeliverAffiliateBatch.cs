using Patchbay.Engine;
using Patchbay.Hub.Affiliates.Endpoints;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Outbound;
using Patchbay.Platform.Api;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Batches;

/// <summary>The delivery of a batch to an affiliate's portal: at least once, the same bytes under the same id each time.</summary>
internal sealed class DeliverAffiliateBatch(
    Database database, TenantConfigs configs, OpenEndpoints endpoints, OutboundSender sender, OutboundStats stats, DeliveryEvents events)
    : EndpointDelivery(stats), IReopen
{
    public const string Name = "deliver_affiliate_batch";

    public override string Capability => Name;

    public override async Task<IPreparedCall> PrepareAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var batch = await database.FindAsync(
            AffiliateBatchTable.Instance, new AffiliateBatchKey(delivery.TenantId, new(delivery.SubjectId)), cancellationToken);
        var config = await configs.GetAsync(delivery.TenantId, cancellationToken);
        if (batch is null || config.Part<AffiliateEndpointSet>().Find(EndpointOf(delivery).Id) is not { } endpoint)
            return EndpointCall.Refused(
                AffiliateBatchDeliveries.Rules, "endpoint_deleted", "The endpoint was deleted before the batch was sent.");
        var open = await endpoints.OpenAsync(endpoint, cancellationToken);
        return new EndpointCall(
            AffiliateBatchDeliveries.Rules,
            cancel => sender.PostAsync(open.Message(batch.Key.Id.ToString(), batch.Body, "application/json"), cancel));
    }

    protected override void Need(LedgerNeeds needs, Delivery delivery, CallReport? report, bool gone)
    {
        needs.Row(AffiliateBatchTable.Instance, AffiliateBatchDeliveries.BatchOf(delivery));
        if (gone)
            AffiliateEndpointChanges.Need(needs, EndpointOf(delivery), AffiliateBatchDeliveries.AffiliateOf(delivery));
        else
            needs.Row(AffiliateOutboxTable.Instance, AffiliateBatchDeliveries.AffiliateOf(delivery));
    }

    /// <param name="gone">The batch is sent again once the endpoint is active again, or there is another one.</param>
    protected override void Record(LedgerRows rows, StepTaken step, bool gone)
    {
        var delivery = step.Delivery;
        if (!delivery.IsFinished
            || rows.Find(AffiliateOutboxTable.Instance, AffiliateBatchDeliveries.AffiliateOf(delivery)) is not { } outbox
            || !Carries(outbox, delivery))
            return;
        rows.Update(AffiliateOutboxTable.Instance, outbox with { OpenBatch = gone ? outbox.OpenBatch : null, OpenDelivery = null });
        if (!gone && rows.Find(AffiliateBatchTable.Instance, AffiliateBatchDeliveries.BatchOf(delivery)) is { } batch)
        {
            rows.Update(AffiliateBatchTable.Instance, batch with
            {
                Status = delivery.Status == DeliveryStatus.Delivered ? AffiliateBatchStatus.Delivered : AffiliateBatchStatus.GivenUp,
                EndedAt = step.Now,
            });
        }
    }

    protected override void Disable(LedgerRows rows, StepTaken step) =>
        AffiliateEndpointChanges.Disable(rows, EndpointOf(step.Delivery), OutboundFailures.Gone, step.Now);

    protected override void Tell(LedgerRows rows, StepTaken step) => events.Tell(rows, step);

    /// <summary>Only the last batch: what came after an older one has overtaken it, and may hold the last word on a lead.</summary>
    public Error? Reopen(LedgerRows rows, Delivery delivery, string actor, DateTimeOffset now)
    {
        var key = AffiliateBatchDeliveries.BatchOf(delivery);
        if (rows.Find(AffiliateOutboxTable.Instance, AffiliateBatchDeliveries.AffiliateOf(delivery)) is not { } outbox
            || rows.Find(AffiliateBatchTable.Instance, key) is not { } batch)
            return Error.Conflict("delivery_not_retryable", "The batch is kept no more.");
        if (outbox.OpenDelivery == delivery.Id)
            return null;
        if (batch.Status != AffiliateBatchStatus.GivenUp || outbox.OpenBatch is not null || outbox.LastBatch != key.Id
            || outbox.Endpoint?.Value != delivery.Lane.Value)
            return Error.Conflict(
                "batch_overtaken", "Later batches have been made, or the endpoint is another one by now; nothing is sent out of order.");
        rows.Update(AffiliateBatchTable.Instance, batch with { Status = AffiliateBatchStatus.Open, EndedAt = null });
        rows.Update(AffiliateOutboxTable.Instance, outbox with { OpenBatch = key.Id, OpenDelivery = delivery.Id });
        return null;
    }

    /// <summary>
    /// Also one whose endpoint was deleted meanwhile, if it was taken all the same and nothing else carries the batch yet.
    /// </summary>
    private static bool Carries(AffiliateOutbox outbox, Delivery delivery) =>
        outbox.OpenDelivery == delivery.Id
        || outbox.OpenDelivery is null && outbox.OpenBatch?.Value == delivery.SubjectId && delivery.Status == DeliveryStatus.Delivered;

    private static AffiliateEndpointKey EndpointOf(Delivery delivery) =>
        new(delivery.TenantId, new AffiliateEndpointId(delivery.Lane.Value));
}
