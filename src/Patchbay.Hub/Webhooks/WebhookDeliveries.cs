using Patchbay.Engine;
using Patchbay.Platform.Events;
using Patchbay.Storage;

namespace Patchbay.Hub.Webhooks;

/// <summary>Makes the deliveries of events to endpoints.</summary>
internal static class WebhookDeliveries
{
    /// <param name="priority">Low for what is sent once more by hand: it does not delay what happens now, and no order waits for
    /// it.</param>
    public static Delivery New(Webhook webhook, Event entry, DeliveryPriority priority, IdGenerator ids, TimeProvider time)
    {
        var now = time.GetUtcNow();
        var ordered = webhook.Ordered && priority == DeliveryPriority.Normal;
        return new Delivery
        {
            TenantId = webhook.TenantId,
            Id = ids.New<DeliveryId>(),
            Capability = DeliverWebhook.Name,
            Lane = webhook.Lane,
            SubjectId = entry.Id.Value,
            Priority = priority,
            Payload = new WebhookPayload(entry.Type, webhook.PayloadMode, webhook.ContentMode, ordered).ToBytes(),
            TraceParent = entry.TraceParent,
            Companion = entry,
            CreatedAt = now,
            UpdatedAt = now,
            ExpiresAt = now + WebhookRules.Window,
        };
    }
}
