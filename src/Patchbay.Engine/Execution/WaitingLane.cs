using Patchbay.Storage;

namespace Patchbay.Engine;

/// <summary>A lane with work waiting in the database.</summary>
/// <param name="Due">Priorities that have something due now.</param>
public sealed record WaitingLane(TenantId Tenant, LaneId Lane, IReadOnlyList<DeliveryPriority> Due);
