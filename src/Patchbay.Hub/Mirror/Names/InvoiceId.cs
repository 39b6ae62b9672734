using Patchbay.Storage;

namespace Patchbay.Hub.Mirror.Names;

/// <summary>Names an invoice of the mirror.</summary>
[TypedId("inv")]
public readonly partial record struct InvoiceId : ITypedId<InvoiceId>;
