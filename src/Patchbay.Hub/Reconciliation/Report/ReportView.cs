using System.Globalization;
using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Reconciliation.Entries;
using Patchbay.Integrations.Deliveries;

namespace Patchbay.Hub.Reconciliation.Report;

/// <summary>How hub, statements and business system differ about what happened in a time.</summary>
/// <param name="Summary">All rows of the report, on whichever page, by kind and currency.</param>
/// <param name="Data">A page of the rows, newest first.</param>
public sealed record ReportView(
    DateTimeOffset From, DateTimeOffset To, IReadOnlyList<ReportSummaryView> Summary, IReadOnlyList<ReportRowView> Data,
    string? NextCursor, bool HasMore);

/// <summary>Rows of one kind and currency.</summary>
/// <param name="Amount">The sum of their amounts, in major units of <c>currency</c>.</param>
/// <param name="Ages">By how many days ago it happened.</param>
public sealed record ReportSummaryView(ReportKind Kind, string Currency, int Count, string Amount, IReadOnlyList<ReportAgeView> Ages)
{
    private static readonly (string Days, int Last)[] Buckets = [("0-1", 1), ("2-7", 7), ("8-30", 30), (">30", int.MaxValue)];

    internal static IReadOnlyList<ReportSummaryView> Of(IReadOnlyList<ReportRow> rows, DateTimeOffset now) =>
    [
        .. rows.GroupBy(row => (row.Kind, row.Amount.Currency)).OrderBy(group => group.Key.Kind)
            .ThenBy(group => group.Key.Currency.Code, StringComparer.Ordinal)
            .Select(group => new ReportSummaryView(
                group.Key.Kind, group.Key.Currency.Code, group.Count(), Sum(group, group.Key.Currency),
                [.. Buckets.Select(bucket => AgeOf(bucket, [.. group], group.Key.Currency, now))])),
    ];

    private static ReportAgeView AgeOf(
        (string Days, int Last) bucket, IReadOnlyList<ReportRow> rows, Currency currency, DateTimeOffset now)
    {
        var some = rows.Where(row => Buckets.First(one => row.AgeAt(now) <= one.Last) == bucket).ToList();
        return new ReportAgeView(bucket.Days, some.Count, Sum(some, currency));
    }

    /// <summary>Of so many that it may be more than one amount can be.</summary>
    private static string Sum(IEnumerable<ReportRow> rows, Currency currency) =>
        rows.Sum(row => row.Amount.Amount).ToString(
            "F" + currency.Exponent.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}

/// <summary>Rows of an age.</summary>
/// <param name="Days"><c>0-1</c>, <c>2-7</c>, <c>8-30</c> or <c>&gt;30</c>.</param>
public sealed record ReportAgeView(string Days, int Count, string Amount);

/// <summary>One difference. Amounts are decimal strings in major units of <c>currency</c>.</summary>
/// <param name="Id">The same in every report; to assign it.</param>
/// <param name="SubjectId">What it is about: a payment, a refund, a payout, or an entry of a statement.</param>
/// <param name="EntryId">The entry that stands for it, or names it; null when there is none.</param>
/// <param name="InvoiceId">As the payment names it.</param>
/// <param name="Amount">What is at stake: the difference of amounts or fees, else the whole amount.</param>
/// <param name="HubAmount">What the hub has; of <c>fee_differs</c>: the fee that the provider told.</param>
/// <param name="ProviderAmount">What the statement has; of <c>fee_differs</c>: its fee.</param>
/// <param name="BusinessAmount">What the record of the invoice has.</param>
/// <param name="BusinessStatus">Of the invoice.</param>
/// <param name="HappenedAt">When the payment was begun, or the day on which the entry was booked.</param>
/// <param name="AgeDays">Whole days since then.</param>
/// <param name="Assignee">Who looks after it; null when nobody does.</param>
public sealed record ReportRowView(
    ReportRowId Id, ReportKind Kind, string SubjectId, StatementEntryId? EntryId, IntegrationId? IntegrationId, string? InvoiceId,
    string? Reference, string Currency, string Amount, string? HubAmount, string? ProviderAmount, string? BusinessAmount,
    string? HubStatus, string? BusinessStatus, DateTimeOffset HappenedAt, int AgeDays, string? Assignee)
{
    internal static ReportRowView Of(ReportRow row, string? assignee, DateTimeOffset now) => new(
        row.Id, row.Kind, row.Subject, row.EntryId, row.IntegrationId, row.InvoiceId, row.Reference, row.Amount.Currency.Code,
        row.Amount.ToAmountString(), row.HubAmount?.ToAmountString(), row.ProviderAmount?.ToAmountString(),
        row.BusinessAmount?.ToAmountString(), row.HubStatus, row.BusinessStatus, row.At, row.AgeAt(now), assignee);
}
