using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Mirror.Names;

namespace Patchbay.Hub.Mirror.Invoices;

/// <summary>An invoice as the mirror has it. Amounts are decimal strings in major units of <c>currency</c>.</summary>
/// <param name="ExternalId">The business system's own id. Payments name the invoice by it, or by <c>id</c>.</param>
/// <param name="Status">A part that is paid is <c>partially_paid</c> until it is due, then <c>overdue</c>.</param>
/// <param name="Paid">What payments brought, less what was given back.</param>
/// <param name="Due">What is still owed; zero when it is void.</param>
public sealed record InvoiceView(
    InvoiceId Id, IntegrationMode Mode, string ExternalId, string? Number, CustomerId? CustomerId, InvoiceStatus Status, string Currency,
    string Total, string Paid, string Due, IReadOnlyList<InvoiceLine> Lines, DateTimeOffset? DueAt, string? CompanyId,
    IReadOnlyDictionary<string, string> Metadata, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static InvoiceView Of(Invoice invoice) => new(
        invoice.Id, invoice.Mode, invoice.ExternalId, invoice.Number, invoice.CustomerId, invoice.Status, invoice.Total.Currency.Code,
        invoice.Total.ToAmountString(), invoice.InMinorUnits(invoice.Paid).ToAmountString(),
        invoice.InMinorUnits(invoice.Due).ToAmountString(),
        invoice.Lines ?? [], invoice.DueAt, invoice.CompanyId, invoice.Metadata ?? [], invoice.CreatedAt, invoice.UpdatedAt);
}
