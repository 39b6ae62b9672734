using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Engine.Tests.Support;

/// <summary>Deliveries with nothing special about them.</summary>
internal static class ADelivery
{
    public static readonly IdGenerator Ids = new(TimeProvider.System);

    public static LaneId NewLane() => new(Ids.NewGuid());

    public static Delivery On(LaneId lane, string capability = FakeHandler.Name) => On(lane, ManualTime.Noon, capability);

    public static Delivery On(LaneId lane, DateTimeOffset now, string capability = FakeHandler.Name) => new()
    {
        TenantId = FakeDestinations.Tenant,
        Id = Ids.New<DeliveryId>(),
        Capability = capability,
        Lane = lane,
        SubjectId = Ids.NewGuid(),
        Payload = [1, 2, 3],
        CreatedAt = now,
        UpdatedAt = now,
        ExpiresAt = now.AddHours(1),
    };
}
