using System.Globalization;
using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Reconciliation.Entries;
using Patchbay.Integrations.Deliveries;

namespace Patchbay.Hub.Reconciliation.Report;

/// <summary>How hub, statements and business system differ about what happened in a time.</summary>
/// <param name="Summary">Of all rows, on whichever page.</param>
public sealed record ReportView(
    DateTimeOffset From, DateTimeOffset To, IReadOnlyList<ReportSummaryView> Summary, IReadOnlyList<ReportRowView> Data,
    string? NextCursor, bool HasMore);

/// <summary>Rows of one kind and currency.</summary>
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
/// <param name="Amount">What is at stake: the difference of amounts or fees, else the whole amount.</param>
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
