using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Payments;
using Patchbay.Hub.Payouts;
using Patchbay.Hub.Reconciliation.Entries;
using Patchbay.Hub.Reconciliation.Files;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Hub.Reconciliation.Matching;

/// <summary>Finds what entries may stand for.</summary>
public sealed class CandidateSearch(
    Database database, MoneySearch<Payment> payments, MoneySearch<Refund> refunds, MoneySearch<Payout> payouts)
{
    private const int OfOneAmount = 20;

    /// <summary>Money comes days after a payment was begun, and a payment may be entered days after its money came.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromDays(30);
    private static readonly TimeSpan After = TimeSpan.FromDays(5);

    /// <summary>Whatever has one of the words as its reference or its id.</summary>
    internal async Task<IReadOnlyList<Candidate>> NamedAsync(
        TenantId tenant, IntegrationMode mode, EntryDirection direction, IReadOnlyCollection<EntryWords> words,
        CancellationToken cancellationToken)
    {
        var texts = words.SelectMany(one => one.Spelt).ToHashSet(StringComparer.Ordinal);
        if (texts.Count == 0)
            return [];
        if (direction == EntryDirection.Incoming)
        {
            var named = await payments.ByReferencesAsync(tenant, mode, texts, cancellationToken);
            var meant = await payments.ByIdsAsync(tenant, mode, IdsIn<PaymentId>(texts), cancellationToken);
            return Distinct(named.Concat(meant).Select(Candidate.Of));
        }

        var given = await refunds.ByReferencesAsync(tenant, mode, texts, cancellationToken);
        var back = await refunds.ByIdsAsync(tenant, mode, IdsIn<RefundId>(texts), cancellationToken);
        var paid = await payouts.ByReferencesAsync(tenant, mode, texts, cancellationToken);
        var known = await payouts.ByIdsAsync(tenant, mode, IdsIn<PayoutId>(texts), cancellationToken);
        return Distinct(given.Concat(back).Select(Candidate.Of).Concat(paid.Concat(known).Select(Candidate.Of)));
    }

    /// <summary>The newest of the entry's amount, from a month before to some days after it was booked.</summary>
    internal async Task<IReadOnlyList<Candidate>> OfAmountAsync(StatementEntry entry, CancellationToken cancellationToken)
    {
        var (tenant, mode, from, until) = (entry.TenantId, entry.Mode, entry.BookedAt - Before, entry.BookedAt + After);
        if (entry.Direction == EntryDirection.Incoming)
        {
            var paid = await payments.OfAmountAsync(tenant, mode, entry.Amount, from, until, OfOneAmount, cancellationToken);
            return [.. paid.Select(Candidate.Of)];
        }

        var given = await refunds.OfAmountAsync(tenant, mode, entry.Amount, from, until, OfOneAmount, cancellationToken);
        var sent = await payouts.OfAmountAsync(tenant, mode, entry.Amount, from, until, OfOneAmount, cancellationToken);
        return [.. given.Select(Candidate.Of), .. sent.Select(Candidate.Of)];
    }

    /// <summary>Which entries stand for these things, by their TypeIDs.</summary>
    internal async Task<IReadOnlyDictionary<string, StatementEntryId>> TakenAsync(
        TenantId tenant, IReadOnlyCollection<string> subjects, CancellationToken cancellationToken)
    {
        var matches = await database.QueryByTextsAsync(
            "SELECT * FROM statement_matches WHERE tenant_id = @tenant AND", "subject", subjects,
            new Dictionary<string, object?> { ["tenant"] = tenant }, SubjectMatchTable.Instance.Read, cancellationToken);
        return matches.ToDictionary(match => match.Key.Subject, match => match.Entry, StringComparer.Ordinal);
    }

    private static List<Candidate> Distinct(IEnumerable<Candidate> candidates) =>
        [.. candidates.DistinctBy(candidate => candidate.Subject)];

    private static List<Guid> IdsIn<TId>(IEnumerable<string> texts)
        where TId : struct, ITypedId<TId> =>
        [.. texts.Select(text => TypeId.TryParse<TId>(text, out var id) ? id.Value : (Guid?)null).OfType<Guid>().Distinct().Take(1_000)];
}
