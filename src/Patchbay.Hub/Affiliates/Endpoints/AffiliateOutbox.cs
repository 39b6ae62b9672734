using Patchbay.Engine;
using Patchbay.Hub.Affiliates.Terms;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Endpoints;

/// <summary>
/// How far the events of an affiliate have gone. It outlives endpoints: what the one before was not told, or not told for certain, the next
/// one is.
/// </summary>
/// <param name="Endpoint">Where they go; null while the affiliate has none.</param>
/// <param name="BatchedSeq">The last event that is in a batch.</param>
/// <param name="LastBatch">The last batch that was made; null before the first.</param>
/// <param name="OpenBatch">The batch that is on its way, or has to be sent once there is somewhere to send it; the next one waits for its
/// end.</param>
/// <param name="OpenDelivery">What carries it; null while nothing does.</param>
public sealed record AffiliateOutbox(
    AffiliateKey Key, AffiliateEndpointId? Endpoint, long BatchedSeq, AffiliateBatchId? LastBatch, AffiliateBatchId? OpenBatch,
    DeliveryId? OpenDelivery);

/// <summary>The rows of <c>affiliate_outboxes</c>. Deposits do not touch them.</summary>
internal sealed class AffiliateOutboxTable : Table<AffiliateKey, AffiliateOutbox>
{
    public static readonly AffiliateOutboxTable Instance = new();

    private AffiliateOutboxTable()
        : base("affiliate_outboxes", outbox => outbox.Key)
    {
        Key("tenant_id", key => key.Tenant.Value);
        Key("affiliate_id", key => key.AffiliateId);
        Mutable("endpoint_id", outbox => outbox.Endpoint?.Value);
        Mutable("batched_seq", outbox => outbox.BatchedSeq);
        Mutable("last_batch", outbox => outbox.LastBatch?.Value);
        Mutable("open_batch", outbox => outbox.OpenBatch?.Value);
        Mutable("open_delivery", outbox => outbox.OpenDelivery?.Value);
    }

    public override AffiliateOutbox Read(Row row) => new(
        new AffiliateKey(row.Id<TenantId>("tenant_id"), row.Text("affiliate_id")), row.FindId<AffiliateEndpointId>("endpoint_id"), row.Long("batched_seq"),
        row.FindId<AffiliateBatchId>("last_batch"), row.FindId<AffiliateBatchId>("open_batch"), row.FindId<DeliveryId>("open_delivery"));
}
