using Patchbay.Storage;

namespace Patchbay.Hub.Payments;

/// <summary>Names a dispute.</summary>
[TypedId("dsp")]
public readonly partial record struct DisputeId : ITypedId<DisputeId>;
