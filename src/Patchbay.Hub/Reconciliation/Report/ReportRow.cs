using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Reconciliation.Entries;
using Patchbay.Integrations.Deliveries;

namespace Patchbay.Hub.Reconciliation.Report;

/// <summary>One difference.</summary>
/// <param name="Subject">TypeID of what it is about.</param>
/// <param name="Amount">What is at stake: the difference of amounts or fees, else the whole amount.</param>
/// <param name="At">When it happened: the payment was begun, or the entry booked.</param>
internal sealed record ReportRow(ReportRowId Id, ReportKind Kind, string Subject, Money Amount, DateTimeOffset At)
{
    public StatementEntryId? EntryId { get; init; }

    public IntegrationId? IntegrationId { get; init; }

    /// <summary>As the business system or the caller has it; null when there is none.</summary>
    public string? InvoiceId { get; init; }

    public string? Reference { get; init; }

    public Money? HubAmount { get; init; }

    public Money? ProviderAmount { get; init; }

    public Money? BusinessAmount { get; init; }

    public string? HubStatus { get; init; }

    public string? BusinessStatus { get; init; }

    /// <summary>Whole days, from zero.</summary>
    public int AgeAt(DateTimeOffset now) => Math.Max(0, (int)(now - At).TotalDays);
}
