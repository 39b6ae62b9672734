using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Reconciliation.Files;
using Patchbay.Integrations.Deliveries;
using Patchbay.Storage;

namespace Patchbay.Hub.Reconciliation.Entries;

/// <summary>How far the import of a statement has come.</summary>
public enum StatementStatus
{
    /// <summary>Under way, or broken off: the same file sent again goes on where it was.</summary>
    Importing,

    Imported,
}

public readonly record struct StatementKey(TenantId Tenant, StatementId Id);

/// <summary>A file of entries that was imported.</summary>
[LedgerTable("statements")]
public sealed partial record Statement
{
    [Key] public required TenantId TenantId { get; init; }

    [Key] public required StatementId Id { get; init; }

    [Fixed] public required IntegrationMode Mode { get; init; }

    [Fixed] public required StatementFormat Format { get; init; }

    /// <summary>SHA-256 of the file, as 64 hexadecimal digits.</summary>
    [Fixed] public required string FileHash { get; init; }

    /// <summary>A hash of how the file was to be read: what was broken off goes on only with the same.</summary>
    [Fixed] public required string Form { get; init; }

    /// <summary>Whose account it is of; null when that was not said.</summary>
    [Fixed] public IntegrationId? IntegrationId { get; init; }

    /// <summary>As the audit names them.</summary>
    [Fixed] public required string ImportedBy { get; init; }

    [Fixed] public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Entries in the file.</summary>
    [Fixed] public required int Lines { get; init; }

    /// <summary>Entries of nothing, or not booked yet, which were passed over.</summary>
    [Fixed] public required int Skipped { get; init; }

    /// <summary>The first day on which an entry was booked; null when there is none.</summary>
    [Fixed] public DateTimeOffset? FirstDay { get; init; }

    [Fixed] public DateTimeOffset? LastDay { get; init; }

    public StatementStatus Status { get; init; }

    /// <summary>How many of the file's entries were taken up.</summary>
    public int Position { get; init; }

    /// <summary>How many were entered.</summary>
    public int Entries { get; init; }

    /// <summary>How many were there already, from other files.</summary>
    public int Known { get; init; }

    /// <summary>How many were matched as they were entered.</summary>
    public int Matched { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public StatementKey Key => new(TenantId, Id);
}

public readonly record struct StatementFileKey(TenantId Tenant, IntegrationMode Mode, string Hash);

/// <summary>Which statement a file is: one, for good.</summary>
[LedgerTable("statement_files", OnlyInserted = true)]
public sealed partial record KnownFile([Key] StatementFileKey Key, StatementId StatementId);
