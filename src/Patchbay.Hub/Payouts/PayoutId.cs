using Patchbay.Storage;

namespace Patchbay.Hub.Payouts;

/// <summary>Names a payout.</summary>
[TypedId("pyo")]
public readonly partial record struct PayoutId : ITypedId<PayoutId>;
