using Patchbay.Storage;

namespace Patchbay.Hub.PaymentLinks;

/// <summary>Names a payment link.</summary>
[TypedId("lnk")]
public readonly partial record struct LinkId : ITypedId<LinkId>;
