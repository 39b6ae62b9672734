using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Mirror.Names;

namespace Patchbay.Hub.Mirror.Customers;

/// <summary>A customer as the mirror has them.</summary>
/// <param name="ExternalId">The business system's own id. Payments, payouts and messages name the customer by it, or by <c>id</c>.</param>
/// <param name="Credits">What was paid beyond invoices, by currency.</param>
public sealed record CustomerView(
    CustomerId Id, IntegrationMode Mode, string ExternalId, string? Name, string? Email, string? Phone, string? Country, string? Language,
    string? TimeZone, string? CompanyId, IReadOnlyDictionary<string, string> Metadata, IReadOnlyList<CreditView> Credits,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static CustomerView Of(CustomerRecord customer) => new(
        customer.Id, customer.Mode, customer.ExternalId, customer.Name, customer.Email, customer.Phone, customer.Country,
        customer.Language, customer.TimeZone, customer.CompanyId, customer.Metadata ?? [],
        [.. (customer.Credits ?? []).OrderBy(credit => credit.Key, StringComparer.Ordinal)
            .Select(credit => CreditView.Of(new Money(credit.Value, Currency.Parse(credit.Key))))],
        customer.CreatedAt, customer.UpdatedAt);
}

/// <summary>What was paid beyond invoices in a currency.</summary>
/// <param name="Amount">Decimal string in major units.</param>
public sealed record CreditView(string Amount, string Currency)
{
    public static CreditView Of(Money credit) => new(credit.ToAmountString(), credit.Currency.Code);
}
