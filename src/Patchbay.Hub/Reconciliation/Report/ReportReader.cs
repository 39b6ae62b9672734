using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Mirror.Invoices;
using Patchbay.Hub.Payments;
using Patchbay.Hub.Payouts;
using Patchbay.Hub.Reconciliation.Entries;
using Patchbay.Hub.Reconciliation.Matching;
using Patchbay.Integrations.Costs;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Hub.Reconciliation.Report;

/// <summary>Compares all that happened in a time, in steps of a bounded size.</summary>
public sealed class ReportReader(
    MoneySearch<Payment> payments, MoneySearch<Refund> refunds, MoneySearch<Payout> payouts, CandidateSearch search,
    StatementReader statements,
    InvoicedPayments invoices, CostReader costs)
{
    /// <summary>Of payments, refunds, payouts and entries each.</summary>
    public const int Most = 20_000;

    private const int Step = 500;
    private const int CostsAtOnce = 200;

    /// <summary>All rows, in no particular order; an error when too much happened.</summary>
    internal async Task<Result<IReadOnlyList<ReportRow>, Error>> ReadAsync(
        TenantId tenant, IntegrationMode mode, ReportQuery query, CancellationToken cancellationToken)
    {
        var rows = new List<ReportRow>();
        var isWhole = await EachAsync(
                query, (from, before) => payments.PageAsync(tenant, mode, from, before, Step, cancellationToken),
                payment => payment.Id.Value, async page => rows.AddRange(await OfPaymentsAsync(tenant, mode, page, cancellationToken)))
            && await EachAsync(
                query, (from, before) => refunds.PageAsync(tenant, mode, from, before, Step, cancellationToken),
                refund => refund.Id.Value,
                async page => rows.AddRange(
                    await OfAsync(
                        tenant, ReportSubject.Refund, [.. page.Select(refund => (refund.Id.Value, Candidate.Of(refund)))],
                        cancellationToken)))
            && await EachAsync(
                query, (from, before) => payouts.PageAsync(tenant, mode, from, before, Step, cancellationToken),
                payout => payout.Id.Value,
                async page => rows.AddRange(
                    await OfAsync(
                        tenant, ReportSubject.Payout, [.. page.Select(payout => (payout.Id.Value, Candidate.Of(payout)))],
                        cancellationToken)))
            && await AddEntriesAsync(tenant, mode, query, rows, cancellationToken);
        return isWhole
            ? rows.FindAll(query.Takes)
            : Error.Invalid("from", $"begins a time of more than {Most} payments, refunds, payouts or entries: ask for a shorter one");
    }

    /// <returns>False when there are too many.</returns>
    private static async Task<bool> EachAsync<TRow>(
        ReportQuery query, Func<Guid, Guid, Task<IReadOnlyList<TRow>>> page, Func<TRow, Guid> id, Func<IReadOnlyList<TRow>, Task> take)
    {
        var (from, before, count) = (IdGenerator.LowestAt(query.From), IdGenerator.LowestAt(query.To), 0);
        while (await page(from, before) is { Count: > 0 } some)
        {
            if ((count += some.Count) > Most)
                return false;
            await take(some);
            if (some.Count < Step)
                return true;
            before = id(some[^1]);
        }

        return true;
    }

    private async Task<bool> AddEntriesAsync(
        TenantId tenant, IntegrationMode mode, ReportQuery query, List<ReportRow> rows, CancellationToken cancellationToken)
    {
        (DateTimeOffset At, Guid Id) after = (query.From, Guid.Empty);
        for (var count = 0; ;)
        {
            var some = await statements.UnmatchedAsync(tenant, mode, after, query.To, Step, cancellationToken);
            if ((count += some.Count) > Most)
                return false;
            var taken = await search.TakenAsync(
                tenant, [.. some.Select(entry => entry.Names).OfType<string>()], cancellationToken);
            rows.AddRange(some.Where(entry => entry.Names is not { } names || taken.ContainsKey(names))
                .Select(entry => Comparison.OfEntry(entry, isDuplicate: entry.Names is not null)));
            if (some.Count < Step)
                return true;
            after = (some[^1].BookedAt, some[^1].Id.Value);
        }
    }

    private async Task<IEnumerable<ReportRow>> OfAsync(
        TenantId tenant, ReportSubject kind, IReadOnlyList<(Guid Id, Candidate Candidate)> subjects, CancellationToken cancellationToken)
    {
        var entries = await statements.OfSubjectsAsync(
            tenant, [.. subjects.Select(subject => subject.Candidate.Subject)], cancellationToken);
        return subjects.SelectMany(subject => Compare(kind, subject.Id, subject.Candidate, entries).Rows()).ToList();
    }

    private async Task<IEnumerable<ReportRow>> OfPaymentsAsync(
        TenantId tenant, IntegrationMode mode, IReadOnlyList<Payment> page, CancellationToken cancellationToken)
    {
        var entries = await statements.OfSubjectsAsync(tenant, [.. page.Select(payment => payment.Id.ToString())], cancellationToken);
        var business = await invoices.OfAsync(tenant, mode, page, cancellationToken);
        var told = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var some in entries.Matched.Values.Where(entry => entry.Fee is not null).Chunk(CostsAtOnce))
        {
            var fees = await costs.OfAsync(tenant, [.. some.Select(entry => entry.Subject!)], cancellationToken);
            foreach (var entry in some)
            {
                var ofIt = fees[entry.Subject!].Where(cost => cost.Kind == "fee" && cost.Currency == entry.Amount.Currency.Code).ToList();
                if (ofIt.Count > 0)
                    told[entry.Subject!] = ofIt.Sum(cost => cost.Amount);
            }
        }

        return page.SelectMany(payment => (Compare(ReportSubject.Payment, payment.Id.Value, Candidate.Of(payment), entries) with
        {
            Business = business.GetValueOrDefault(payment.Id), Returned = payment.Returned,
            InvoiceId = payment.InvoiceId, Fee = told.TryGetValue(payment.Id.ToString(), out var fee) ? fee : null,
        }).Rows()).ToList();
    }

    private static Comparison Compare(ReportSubject kind, Guid id, Candidate hub, SubjectEntries entries) => new(
        kind, id, hub, entries.Matched.GetValueOrDefault(hub.Subject), entries.Named.GetValueOrDefault(hub.Subject));
}
