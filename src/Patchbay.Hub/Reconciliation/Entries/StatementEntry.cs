using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Reconciliation.Files;
using Patchbay.Integrations.Deliveries;
using Patchbay.Storage;

namespace Patchbay.Hub.Reconciliation.Entries;

/// <summary>What is known of an entry.</summary>
public enum EntryStatus
{
    Unmatched,

    /// <summary>It stands for one payment, refund or payout.</summary>
    Matched,

    /// <summary>A person said that it is of none: charges of the bank, say.</summary>
    Ignored,
}

public readonly record struct StatementEntryKey(TenantId Tenant, StatementEntryId Id);

/// <summary>An entry of an account: money that came or went, as a bank or a provider has it.</summary>
[LedgerTable("statement_entries")]
public sealed partial record StatementEntry
{
    [Key] public required TenantId TenantId { get; init; }

    [Key] public required StatementEntryId Id { get; init; }

    [Fixed] public required IntegrationMode Mode { get; init; }

    [Fixed] public required StatementId StatementId { get; init; }

    [Fixed] public IntegrationId? IntegrationId { get; init; }

    /// <summary>The account's number, where the file has it.</summary>
    [Fixed] public string? Account { get; init; }

    /// <summary>Where it begins in the file.</summary>
    [Fixed] public required int Line { get; init; }

    /// <summary>A day, as its midnight in UTC.</summary>
    [Fixed] public required DateTimeOffset BookedAt { get; init; }

    /// <summary>A day, as its midnight in UTC.</summary>
    [Fixed] public DateTimeOffset? ValueAt { get; init; }

    [Fixed] public required EntryDirection Direction { get; init; }

    [Fixed] public required bool IsReversal { get; init; }

    /// <summary>Above zero.</summary>
    [Fixed, Column("amount", "currency")] public required Money Amount { get; init; }

    /// <summary>What the provider kept of it, in minor units; null when the file does not tell.</summary>
    [Fixed] public long? Fee { get; init; }

    /// <summary>What the bank calls it.</summary>
    [Fixed] public string? EntryId { get; init; }

    [Fixed] public string? PaymentReference { get; init; }

    [Fixed] public string? BankReference { get; init; }

    [Fixed] public string? Counterparty { get; init; }

    [Fixed] public string? Narrative { get; init; }

    [Fixed] public required DateTimeOffset CreatedAt { get; init; }

    public EntryStatus Status { get; init; }

    /// <summary>TypeID of what it stands for; null unless it is matched.</summary>
    public string? Subject { get; init; }

    /// <summary>
    /// TypeID of the one thing whose reference it holds, whether or not it stands for it; null when there is none, or a person said that
    /// it is not.
    /// </summary>
    public string? Names { get; init; }

    /// <summary>Why it is matched, unmatched or ignored; null as it came.</summary>
    public string? Reason { get; init; }

    public string? DecidedBy { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public StatementEntryKey Key => new(TenantId, Id);

    public Money InMinorUnits(long minorUnits) => Amount with { MinorUnits = minorUnits };
}

public readonly record struct FingerprintKey(TenantId Tenant, Guid Fingerprint);

/// <summary>That an entry is there already.</summary>
[LedgerTable("statement_fingerprints", OnlyInserted = true)]
public sealed partial record KnownEntry([Key] FingerprintKey Key, [Column("entry_id")] StatementEntryId Entry);

/// <param name="Subject">TypeID.</param>
public readonly record struct SubjectMatchKey(TenantId Tenant, string Subject);

/// <summary>Which entry stands for something: one at a time.</summary>
[LedgerTable("statement_matches", OnlyInserted = true)]
public sealed partial record SubjectMatch([Key] SubjectMatchKey Key, [Column("entry_id")] StatementEntryId Entry);
