using Patchbay.Storage;

namespace Patchbay.Hub.Mirror.Names;

/// <summary>Names an expense of the mirror.</summary>
[TypedId("exp")]
public readonly partial record struct ExpenseId : ITypedId<ExpenseId>;
