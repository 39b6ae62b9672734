using Patchbay.Connectors.Contracts;

namespace Patchbay.Hub.Reconciliation.Files;

/// <summary>An entry of a statement, as its file has it.</summary>
public sealed record ReadEntry
{
    /// <summary>Where it begins in the file, from 1.</summary>
    public required int Line { get; init; }

    public required DateOnly BookedOn { get; init; }

    public DateOnly? ValueOn { get; init; }

    public required EntryDirection Direction { get; init; }

    /// <summary>Above zero.</summary>
    public required Money Amount { get; init; }

    /// <summary>It takes an earlier entry back.</summary>
    public bool IsReversal { get; init; }

    /// <summary>Names the entry at the bank, for good; null when nothing does.</summary>
    public string? EntryId { get; init; }

    /// <summary>What whoever pays gave along: an end-to-end id, or what a provider calls the payment.</summary>
    public string? PaymentReference { get; init; }

    public string? BankReference { get; init; }

    public string? Counterparty { get; init; }

    public string? Narrative { get; init; }

    /// <summary>What the provider kept of it; below zero when it gave some back. Null when the file does not tell.</summary>
    public Money? Fee { get; init; }

    /// <summary>The account's number; null when the file does not tell.</summary>
    public string? Account { get; init; }
}
