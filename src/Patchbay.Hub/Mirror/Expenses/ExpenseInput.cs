using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Api;

namespace Patchbay.Hub.Mirror.Expenses;

/// <summary>What a request says of an expense, once it was found good.</summary>
/// <param name="Total">Null when it is not given: it stays as it is.</param>
internal sealed record ExpenseInput(SaveExpenseRequest Request, Money? Total)
{
    /// <param name="known">The currency of the expense that is changed; null when there may be none yet.</param>
    public static ExpenseInput? Read(SaveExpenseRequest request, Currency? known, Faults faults)
    {
        if (known is null || request.Supplier is not null)
            faults.Text(request.Supplier, "supplier", 200);
        faults.Require(known is not null || request.IncurredAt is not null, "incurred_at", "is required");
        faults.OptionalText(request.Category, "category", 100);
        faults.OptionalText(request.Description, "description", 500);
        faults.OptionalText(request.CompanyId, "company_id", 100);
        MetadataInput.Check(request.Metadata, faults);
        var total = AmountInput.ReadTotal(request.Total, request.Currency, known, faults);
        return faults.Any ? null : new ExpenseInput(request, total);
    }

    /// <param name="expense">With the required parts of a new one.</param>
    /// <param name="keep">What is not given stays as it is.</param>
    public Expense Apply(Expense expense, bool keep)
    {
        var before = keep ? expense : expense with { Category = null, Description = null, CompanyId = null, Metadata = null };
        return before with
        {
            Supplier = Request.Supplier ?? before.Supplier,
            Total = Total ?? before.Total,
            Category = Request.Category ?? before.Category,
            Description = Request.Description ?? before.Description,
            IncurredAt = Request.IncurredAt ?? before.IncurredAt,
            CompanyId = Request.CompanyId ?? before.CompanyId,
            Metadata = Request.Metadata is null ? before.Metadata : new Dictionary<string, string>(Request.Metadata),
        };
    }
}
