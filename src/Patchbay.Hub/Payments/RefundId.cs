using Patchbay.Storage;

namespace Patchbay.Hub.Payments;

/// <summary>Names a refund.</summary>
[TypedId("ref")]
public readonly partial record struct RefundId : ITypedId<RefundId>;
