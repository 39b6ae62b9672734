using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Mirror.Invoices;
using Patchbay.Hub.Reconciliation.Entries;
using Patchbay.Hub.Reconciliation.Matching;
using Patchbay.Storage;

namespace Patchbay.Hub.Reconciliation.Report;

/// <summary>Says how the three sides differ about one thing: pure.</summary>
/// <param name="Hub">What the hub has.</param>
/// <param name="Matched">The entry that stands for it; null when none does.</param>
/// <param name="Named">An unmatched entry that holds its reference; null when there is none.</param>
internal sealed record Comparison(
    ReportSubject Kind, Guid Id, Candidate Hub, StatementEntry? Matched, StatementEntry? Named)
{
    /// <summary>For payments; null when it is for no invoice that is mirrored.</summary>
    public InvoicedPayment? Business { get; init; }

    /// <summary>For payments, of what was taken: what counts no more, in minor units.</summary>
    public long Returned { get; init; }

    public string? InvoiceId { get; init; }

    /// <summary>What the provider told the hub that it keeps, in major units; null when it did not.</summary>
    public decimal? Fee { get; init; }

    private StatementEntry? Entry => Matched ?? Named;

    private bool IsMoved => Hub is { State: CandidateState.Moved, Amount.MinorUnits: > 0 };

    /// <summary>At most one of each kind.</summary>
    public IEnumerable<ReportRow> Rows()
    {
        if (IsMoved && (Entry is null || Matched is null && Named!.Amount == Hub.Amount))
            yield return Row(ReportKind.MissingAtProvider, Hub.Amount);
        if (IsMoved && Business is { Record: null })
            yield return Row(ReportKind.MissingInBusiness, Hub.Amount);
        if (AmountAtStake() is { } difference)
            yield return Row(ReportKind.AmountDiffers, difference);
        if (StatusAtStake() is { } whole)
            yield return Row(ReportKind.StatusDiffers, whole);
        if (Matched?.Fee is { } kept && Fee is { } told && Math.Abs(Matched.InMinorUnits(kept).Amount - told) is > 0 and var off)
        {
            var apart = Matched.InMinorUnits((long)decimal.Ceiling(off * Matched.Amount.Currency.MinorUnitsPerMajor));
            yield return Row(ReportKind.FeeDiffers, apart) with
            {
                HubAmount = Money.TryFromMajor(told, Hub.Amount.Currency, out var fee) ? fee : null,
                ProviderAmount = Matched.InMinorUnits(kept), BusinessAmount = null,
            };
        }
    }

    /// <summary>An entry that the hub has nothing for, or something for which another entry stands.</summary>
    /// <param name="isDuplicate">Another entry stands for what it names.</param>
    public static ReportRow OfEntry(StatementEntry entry, bool isDuplicate)
    {
        var kind = isDuplicate ? ReportKind.Duplicate : ReportKind.MissingInHub;
        return new ReportRow(
            ReportRowId.Of(kind, ReportSubject.Entry, entry.Id.Value), kind, isDuplicate ? entry.Names! : entry.Id.ToString(),
            entry.Amount, entry.BookedAt)
        {
            EntryId = entry.Id, IntegrationId = entry.IntegrationId, Reference = entry.PaymentReference ?? entry.BankReference,
            ProviderAmount = entry.Amount,
        };
    }

    /// <summary>The larger of the differences; null when there is none, or the money was not moved.</summary>
    private Money? AmountAtStake()
    {
        if (!IsMoved)
            return null;
        var (provider, business) = (Entry is { } entry ? Apart(entry.Amount.MinorUnits, Hub.Amount.MinorUnits) : 0, 0L);
        if (Business?.Record is { } record)
        {
            business = Apart(
                record.Amount.MinorUnits - record.Returned, Hub.Amount.MinorUnits - Math.Min(Returned, Hub.Amount.MinorUnits));
        }

        return Math.Max(provider, business) is > 0 and var most ? Hub.Amount with { MinorUnits = most } : null;
    }

    /// <summary>A statement has money that the hub does not have as moved, or an invoice that is void was paid.</summary>
    private Money? StatusAtStake() =>
        Hub.State != CandidateState.Moved && Entry is { } entry ? entry.Amount
        : IsMoved && Business?.Invoice.Stage == InvoiceStage.Void && Hub.Amount.MinorUnits > Returned
            ? Hub.Amount with { MinorUnits = Hub.Amount.MinorUnits - Returned }
        : null;

    private ReportRow Row(ReportKind kind, Money amount) => new(ReportRowId.Of(kind, Kind, Id), kind, Hub.Subject, amount, Hub.At)
    {
        EntryId = Entry?.Id, IntegrationId = Hub.IntegrationId == default ? Entry?.IntegrationId : Hub.IntegrationId,
        InvoiceId = InvoiceId, Reference = Hub.References.FirstOrDefault(), HubAmount = Hub.Amount,
        ProviderAmount = Entry?.Amount, BusinessAmount = Business?.Record?.Amount, HubStatus = Hub.Status,
        BusinessStatus = Business?.Invoice.Status.ToWord(),
    };

    private static long Apart(long one, long other) => Math.Abs(one - other);
}
