using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Mirror.Names;

namespace Patchbay.Hub.Mirror.Expenses;

/// <summary>An expense as the mirror has it.</summary>
/// <param name="ExternalId">The business system's own id.</param>
/// <param name="Total">Decimal string in major units of <c>currency</c>.</param>
public sealed record ExpenseView(
    ExpenseId Id, IntegrationMode Mode, string ExternalId, string Supplier, string Currency, string Total, string? Category,
    string? Description, DateTimeOffset IncurredAt, string? CompanyId, IReadOnlyDictionary<string, string> Metadata,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static ExpenseView Of(Expense expense) => new(
        expense.Id, expense.Mode, expense.ExternalId, expense.Supplier, expense.Total.Currency.Code, expense.Total.ToAmountString(),
        expense.Category, expense.Description, expense.IncurredAt, expense.CompanyId, expense.Metadata ?? [], expense.CreatedAt,
        expense.UpdatedAt);
}
