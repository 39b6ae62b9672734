using Patchbay.Engine;
using Patchbay.Hub.Events;
using Patchbay.Storage;

namespace Patchbay.Hub.Deliveries;

/// <summary>The events every delivery has in common, whatever its subject.</summary>
public sealed class DeliveryEvents(EventLog events, DeliveryViews views)
{
    /// <summary>Tells that a delivery was given up, and raises an alert when a person has to find out what happened.</summary>
    public void Tell(LedgerRows rows, StepTaken step)
    {
        var delivery = step.Delivery;
        if (step.Step is DeliveryStep.Exhaust)
            events.Publish(rows, delivery.TenantId, "delivery.exhausted", delivery.Id.ToString(), views.Of(delivery), step.Now);
        if (step.Step is DeliveryStep.Hold or DeliveryStep.Exhaust { Reason: ExhaustReason.Unresolved })
        {
            events.Publish(
                rows, delivery.TenantId, "alert.raised", delivery.Id.ToString(),
                new
                {
                    code = "delivery_unresolved",
                    message = "It is not known whether this was carried out. Look it up at the provider, then resolve it with POST /api/v1/deliveries/{id}/resolve.",
                    subject = delivery.Id.ToString(),
                },
                step.Now);
        }
    }
}
