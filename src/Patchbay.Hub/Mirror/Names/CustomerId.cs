using Patchbay.Storage;

namespace Patchbay.Hub.Mirror.Names;

/// <summary>Names a customer of the mirror.</summary>
[TypedId("cus")]
public readonly partial record struct CustomerId : ITypedId<CustomerId>;
