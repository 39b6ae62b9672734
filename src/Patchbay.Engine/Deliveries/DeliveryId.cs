using Patchbay.Storage;

namespace Patchbay.Engine;

/// <summary>Names a delivery: one call to the outside with all its attempts.</summary>
[TypedId("dlv")]
public readonly partial record struct DeliveryId : ITypedId<DeliveryId>;
