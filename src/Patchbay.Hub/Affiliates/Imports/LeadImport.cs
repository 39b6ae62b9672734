using Patchbay.Platform.Jobs;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Imports;

/// <summary>What becomes of a file in which some rows cannot be registered.</summary>
public enum ImportMode
{
    /// <summary>The whole file is checked first; unless every row can be registered, none is.</summary>
    All,

    /// <summary>What can be registered is; the rest is reported.</summary>
    Valid,
}

/// <summary>Where an import stands.</summary>
public enum ImportPhase
{
    Checking,

    Importing,

    Done,

    /// <summary>A row cannot be registered, and all were wanted: nothing was imported.</summary>
    Refused,
}

/// <summary>A file of leads. Its job carries the progress; this has the result.</summary>
/// <param name="Lines">Rows read, without the header.</param>
/// <param name="Unchanged">Rows of leads that were registered just so before.</param>
[LedgerTable("affiliate_imports")]
public sealed partial record LeadImport(
    [Key] JobKey Key, [Fixed] ImportMode Mode, [Fixed] int Lines, [Fixed] DateTimeOffset CreatedAt, ImportPhase Phase, int Imported,
    int Unchanged, int Refused, DateTimeOffset? EndedAt);

/// <summary>An import as the API shows it. Its id is that of its job.</summary>
/// <param name="Rows">In the file, without the header.</param>
/// <param name="Imported">Rows that were registered so far.</param>
/// <param name="Unchanged">Rows of leads that had been registered just so before.</param>
/// <param name="Refused">Rows that were not registered; see <c>.../refusals</c>.</param>
public sealed record LeadImportView(
    JobId Id, ImportMode Mode, ImportPhase Phase, int Rows, int Imported, int Unchanged, int Refused, DateTimeOffset CreatedAt,
    DateTimeOffset? EndedAt)
{
    public static LeadImportView From(LeadImport import) => new(
        import.Key.Id, import.Mode, import.Phase, import.Lines, import.Imported, import.Unchanged, import.Refused, import.CreatedAt,
        import.EndedAt);
}
