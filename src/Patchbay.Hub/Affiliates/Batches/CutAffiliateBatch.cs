using Patchbay.Engine;
using Patchbay.Hub.Affiliates.Endpoints;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Batches;

/// <summary>
/// Fixes a batch, or sends the open one on its way once more: with the delivery that carries it, and only while the outbox is as it was
/// seen. So two nodes cannot make two batches of the same events, and one that has not heard yet that the endpoint was disabled makes none.
/// </summary>
/// <param name="batch">A new one, or the open one.</param>
internal sealed class CutAffiliateBatch(AffiliateOutbox seen, AffiliateBatch batch, Delivery placed, DeliveryEngine engine)
    : LedgerWork<bool>
{
    private AffiliateEndpointKey Endpoint => new(seen.Key.Tenant, new AffiliateEndpointId(placed.Lane.Value));

    public override void Need(LedgerNeeds needs)
    {
        needs.Row(AffiliateOutboxTable.Instance, seen.Key);
        needs.Row(AffiliateEndpointTable.Instance, Endpoint);
        if (seen.OpenBatch is not null)
            needs.Row(AffiliateBatchTable.Instance, batch.Key);
    }

    /// <summary>False when another node was faster, or the endpoint is not active any more.</summary>
    public override bool Decide(LedgerRows rows)
    {
        if (rows.Find(AffiliateOutboxTable.Instance, seen.Key) is not { } outbox || outbox != seen
            || rows.Find(AffiliateEndpointTable.Instance, Endpoint) is not { IsActive: true, DeletedAt: null })
            return false;
        if (!engine.StillHas(placed))
            throw new LeaseLostException();
        if (seen.OpenBatch is null)
            rows.Insert(AffiliateBatchTable.Instance, batch);
        else
            rows.Update(AffiliateBatchTable.Instance, rows.Find(AffiliateBatchTable.Instance, batch.Key)! with { Delivery = placed.Id });
        rows.Insert(DeliveryTable.Instance, placed);
        rows.Update(AffiliateOutboxTable.Instance, outbox with
        {
            BatchedSeq = Math.Max(outbox.BatchedSeq, batch.LastSeq), LastBatch = batch.Key.Id, OpenBatch = batch.Key.Id,
            OpenDelivery = placed.Id,
        });
        return true;
    }
}
