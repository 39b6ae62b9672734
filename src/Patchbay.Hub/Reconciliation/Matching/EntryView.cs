using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Payments;
using Patchbay.Hub.Payouts;
using Patchbay.Hub.Reconciliation.Entries;
using Patchbay.Hub.Reconciliation.Files;
using Patchbay.Integrations.Deliveries;
using Patchbay.Storage;

namespace Patchbay.Hub.Reconciliation.Matching;

/// <summary>An entry as the API shows it. Amounts are decimal strings in major units of <c>currency</c>, always above zero.</summary>
/// <param name="IsReversal">It takes an earlier entry back, and is never matched by itself.</param>
/// <param name="PaymentId">What it stands for; at most one of the three is given.</param>
/// <param name="Suggestions">At most five, the best first; empty in events and in answers to changes.</param>
public sealed record EntryView(
    StatementEntryId Id, IntegrationMode Mode, EntryStatus Status, StatementId StatementId, IntegrationId? IntegrationId, string? Account,
    int Line, string BookedOn, string? ValueOn, EntryDirection Direction, bool IsReversal, string Amount, string Currency, string? Fee,
    string? EntryId, string? PaymentReference, string? BankReference, string? Counterparty, string? Narrative, PaymentId? PaymentId,
    RefundId? RefundId, PayoutId? PayoutId, string? Reason, string? DecidedBy, DateTimeOffset? DecidedAt, DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt, IReadOnlyList<SuggestionView> Suggestions)
{
    public static EntryView Of(StatementEntry entry) => Of(entry, []);

    internal static EntryView Of(StatementEntry entry, IReadOnlyList<Suggestion> suggestions) => new(
        entry.Id, entry.Mode, entry.Status, entry.StatementId, entry.IntegrationId, entry.Account, entry.Line, Days.Text(entry.BookedAt),
        Days.Text(entry.ValueAt), entry.Direction, entry.IsReversal, entry.Amount.ToAmountString(), entry.Amount.Currency.Code,
        entry.Fee is { } fee ? entry.InMinorUnits(fee).ToAmountString() : null, entry.EntryId, entry.PaymentReference,
        entry.BankReference, entry.Counterparty, entry.Narrative, IdIn<PaymentId>(entry.Subject), IdIn<RefundId>(entry.Subject),
        IdIn<PayoutId>(entry.Subject), entry.Reason, entry.DecidedBy, entry.DecidedAt, entry.CreatedAt, entry.UpdatedAt,
        [.. suggestions.Select(SuggestionView.Of)]);

    private static TId? IdIn<TId>(string? subject)
        where TId : struct, ITypedId<TId> => TypeId.TryParse<TId>(subject, out var id) ? id : null;
}
