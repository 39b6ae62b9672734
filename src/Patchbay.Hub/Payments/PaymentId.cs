using Patchbay.Storage;

namespace Patchbay.Hub.Payments;

/// <summary>Names a payment.</summary>
[TypedId("pay")]
public readonly partial record struct PaymentId : ITypedId<PaymentId>;
