using Patchbay.Storage;

namespace Patchbay.Hub.Reconciliation.Entries;

/// <summary>Names an entry of a statement.</summary>
[TypedId("ste")]
public readonly partial record struct StatementEntryId : ITypedId<StatementEntryId>;
