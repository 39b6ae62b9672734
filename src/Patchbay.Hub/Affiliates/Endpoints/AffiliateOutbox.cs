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
[LedgerTable("affiliate_outboxes")]
public sealed partial record AffiliateOutbox(
    [Key] AffiliateKey Key, [Column("endpoint_id")] AffiliateEndpointId? Endpoint, long BatchedSeq, AffiliateBatchId? LastBatch,
    AffiliateBatchId? OpenBatch, DeliveryId? OpenDelivery);
