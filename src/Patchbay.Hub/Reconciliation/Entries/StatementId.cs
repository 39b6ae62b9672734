using Patchbay.Storage;

namespace Patchbay.Hub.Reconciliation.Entries;

/// <summary>Names a statement.</summary>
[TypedId("stm")]
public readonly partial record struct StatementId : ITypedId<StatementId>;
