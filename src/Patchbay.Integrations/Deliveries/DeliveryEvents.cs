using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Platform.Alerts;
using Patchbay.Platform.Events;
using Patchbay.Storage;

namespace Patchbay.Integrations.Deliveries;

/// <summary>The events every delivery has in common, whatever its subject.</summary>
public sealed class DeliveryEvents(EventLog events, DeliveryViews views)
{
    public static readonly EventType Exhausted =
        EventType.Of("delivery.exhausted", "A delivery was given up; its reason says why", Example());

    /// <summary>Tells that a delivery was given up, and raises an alert when a person has to find out what happened.</summary>
    public void Tell(LedgerRows rows, StepTaken step)
    {
        var delivery = step.Delivery;
        if (step.Step is DeliveryStep.Exhaust)
            events.Publish(rows, delivery.TenantId, Exhausted, delivery.Id.ToString(), views.Of(delivery), step.Now);
        var vain = step.Step is DeliveryStep.LookUpAt && delivery.LookUps == Delivery.PatientLookUps;
        if (vain || step.Step is DeliveryStep.Hold or DeliveryStep.Exhaust { Reason: ExhaustReason.Unresolved })
        {
            events.Publish(
                rows, delivery.TenantId, Alert.Raised, delivery.Id.ToString(),
                new Alert(
                    "delivery_unresolved",
                    "It is not known whether this was carried out. Look it up at the provider, then resolve it with POST "
                        + "/api/v1/deliveries/{id}/resolve.",
                    delivery.Id.ToString()),
                step.Now);
        }
    }

    private static DeliveryView Example()
    {
        var at = new DateTimeOffset(2026, 11, 21, 14, 3, 0, TimeSpan.Zero);
        return new DeliveryView(
            DeliveryId.Parse("dlv_01kanx0fv9e5vbr9b7xw6n4c2m", null), "send_sms", "msg_01kanx5t2ze0f8c4s6wqv3h7ba",
            "int_01kanwzq3se8fbx0t2d7j4m9rk", IntegrationId.Parse("int_01kanwzq3se8fbx0t2d7j4m9rk", null), IntegrationMode.Live,
            DeliveryStatus.Exhausted, ExhaustReason.AttemptsUsed, DeliveryPriority.Normal, 6, null, false,
            FailureReason.ProviderUnavailable, "http_503",
            "Service unavailable", [], at, at.AddMinutes(31), at.AddHours(1), null, null);
    }
}
