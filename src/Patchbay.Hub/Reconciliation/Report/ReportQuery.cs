using System.Globalization;
using Microsoft.AspNetCore.Http;
using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Deliveries;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Hub.Reconciliation.Report;

/// <summary>Which report is asked for.</summary>
/// <param name="From">Payments, refunds and payouts begun since then, and entries booked since its day.</param>
/// <param name="To">Begun, and booked, before it.</param>
internal sealed record ReportQuery(
    DateTimeOffset From, DateTimeOffset To, ReportKind? Kind, Currency? Currency, IntegrationId? Integration)
{
    private static readonly TimeSpan Usual = TimeSpan.FromDays(30);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(92);

    public static readonly IReadOnlyList<QueryParameter> Parameters =
    [
        new("from", "date-time") { Description = "30 days before to by default; a date alone is its midnight in UTC." },
        new("to", "date-time") { Description = "Now by default; at most 92 days after from." },
        QueryParameter.Word<ReportKind>("kind"), new("currency"), QueryParameter.IdOf<IntegrationId>("integration_id"),
    ];

    /// <summary>Null when something is wrong, which is added to the faults.</summary>
    public static ReportQuery? Read(IQueryCollection query, DateTimeOffset now, Faults faults)
    {
        var to = MomentIn("to") ?? now;
        var from = MomentIn("from") ?? Earlier(to, Usual);
        faults.Require(from < to || faults.Any, "from", "must be before to");
        faults.Require(to - from <= Longest || faults.Any, "from", $"must be at most {Longest.TotalDays:0} days before to");
        Currency? currency = null;
        if (Given("currency") is { } code)
        {
            faults.Require(Connectors.Contracts.Currency.TryParse(code, out var known), "currency", "is not an ISO 4217 code");
            currency = known;
        }

        IntegrationId? integration = null;
        if (Given("integration_id") is { } text)
        {
            faults.Require(TypeId.TryParse<IntegrationId>(text, out var id), "integration_id", "is not an id of the form int_...");
            integration = id;
        }

        var kind = faults.Word<ReportKind>(Given("kind"), "kind");
        return faults.Any ? null : new ReportQuery(from, to, kind, currency, integration);

        string? Given(string name) => query.TryGetValue(name, out var value) ? value.ToString() : null;

        DateTimeOffset? MomentIn(string name) =>
            DateOnly.TryParseExact(Given(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                ? new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : faults.Moment(Given(name), name);
    }

    public bool Takes(ReportRow row) =>
        (Kind is null || row.Kind == Kind) && (Currency is null || row.Amount.Currency == Currency)
        && (Integration is null || row.IntegrationId == Integration);

    private static DateTimeOffset Earlier(DateTimeOffset moment, TimeSpan span) =>
        moment.UtcTicks > span.Ticks ? moment - span : DateTimeOffset.MinValue;
}
