using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Api;

namespace Patchbay.Hub.Mirror.Invoices;

/// <summary>What a request says of an invoice, once it was found good.</summary>
/// <param name="Total">Null when it is not given: it stays as it is.</param>
internal sealed record InvoiceInput(SaveInvoiceRequest Request, Money? Total)
{
    /// <param name="known">The currency of the invoice that is changed; null when there may be none yet.</param>
    public static InvoiceInput? Read(SaveInvoiceRequest request, Currency? known, Faults faults)
    {
        faults.OptionalText(request.Number, "number", 100);
        faults.OptionalText(request.CustomerId, "customer_id", 100);
        faults.OptionalText(request.CompanyId, "company_id", 100);
        MetadataInput.Check(request.Metadata, faults);
        faults.Require(request.Lines is not { Count: > 200 }, "lines", "are more than 200");
        foreach (var (number, line) in (request.Lines ?? []).Index())
            Check(line, $"lines[{number}].", faults);
        var total = AmountInput.ReadTotal(request.Total, request.Currency, known, faults);
        return faults.Any ? null : new InvoiceInput(request, total);
    }

    /// <param name="keep">What is not given stays as it is.</param>
    public Invoice Apply(Invoice invoice, bool keep)
    {
        var before = keep ? invoice : invoice with
        {
            Number = null, Lines = null, DueAt = null, Stage = InvoiceStage.Sent, CompanyId = null, Metadata = null, CustomerId = null,
        };
        return before with
        {
            Number = Request.Number ?? before.Number,
            Total = Total ?? before.Total,
            Lines = Request.Lines is null ? before.Lines : [.. Request.Lines.Select(line => line.Line)],
            DueAt = Request.DueAt ?? before.DueAt,
            Stage = Request.Status ?? before.Stage,
            CompanyId = Request.CompanyId ?? before.CompanyId,
            Metadata = Request.Metadata is null ? before.Metadata : new Dictionary<string, string>(Request.Metadata),
        };
    }

    private static void Check(InvoiceLineRequest line, string at, Faults faults)
    {
        faults.Text(line.Description, at + "description", 500);
        faults.OptionalText(line.Code, at + "code", 100);
        CheckNumber(line.Quantity, at + "quantity");
        CheckNumber(line.UnitPrice, at + "unit_price");
        CheckNumber(line.Amount, at + "amount");

        void CheckNumber(string? text, string field) => faults.Require(
            text is null || PlainDecimal.TryParse(text, out _), field, "must be a decimal of at most 28 characters, such as \"12.50\"");
    }
}
