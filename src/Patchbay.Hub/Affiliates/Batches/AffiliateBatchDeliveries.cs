using System.Text;
using Patchbay.Engine;
using Patchbay.Hub.Affiliates.Endpoints;
using Patchbay.Hub.Affiliates.Terms;

namespace Patchbay.Hub.Affiliates.Batches;

/// <summary>
/// The deliveries that carry batches. Their payload is the affiliate's name, so that its outbox can be locked without asking.
/// </summary>
internal static class AffiliateBatchDeliveries
{
    /// <summary>10 tries in 75 hours, as for webhooks; each delay give or take a fifth.</summary>
    public static readonly DeliveryRules Rules = new(10, TimeSpan.FromDays(30), TimeSpan.FromSeconds(5), 1, MovesMoney: false)
    {
        Schedule =
        [
            TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
            TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
        ],
    };

    public static Delivery New(AffiliateEndpoint endpoint, AffiliateBatchId batch, DeliveryId id, DateTimeOffset now) => new()
    {
        TenantId = endpoint.Key.Tenant,
        Id = id,
        Capability = DeliverAffiliateBatch.Name,
        Lane = endpoint.Lane,
        SubjectId = batch.Value,
        Payload = Encoding.UTF8.GetBytes(endpoint.AffiliateId),
        DueAt = now,
        CreatedAt = now,
        UpdatedAt = now,
        ExpiresAt = now + Rules.Window,
    };

    public static AffiliateKey AffiliateOf(Delivery delivery) => new(delivery.TenantId, Encoding.UTF8.GetString(delivery.Payload));

    public static AffiliateBatchKey BatchOf(Delivery delivery) => new(delivery.TenantId, new AffiliateBatchId(delivery.SubjectId));
}
