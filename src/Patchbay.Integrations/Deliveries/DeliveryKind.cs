using Patchbay.Engine;

namespace Patchbay.Integrations.Deliveries;

/// <summary>
/// How the deliveries of one capability are shown. A feature registers one beside each of its <see cref="IDeliveryHandler"/>s.
/// </summary>
/// <param name="SubjectPrefix">Of the ids of what they act for, for example <c>pay</c>.</param>
/// <param name="Destination">The id of what a lane of theirs belongs to, as a TypeID.</param>
public sealed record DeliveryKind(string Capability, string SubjectPrefix, Func<LaneId, string> Destination);
