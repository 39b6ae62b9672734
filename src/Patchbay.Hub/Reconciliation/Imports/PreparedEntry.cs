using Patchbay.Hub.Reconciliation.Entries;
using Patchbay.Hub.Reconciliation.Matching;

namespace Patchbay.Hub.Reconciliation.Imports;

/// <summary>An entry that is about to be entered.</summary>
/// <param name="Entry">Unmatched as yet.</param>
/// <param name="Subject">TypeID of what it stands for, unless that was taken meanwhile; null when it stands for nothing.</param>
/// <param name="Settled">The payment that is settled by that; null when none is.</param>
internal sealed record PreparedEntry(StatementEntry Entry, Guid Fingerprint, string? Subject, Settled? Settled);
