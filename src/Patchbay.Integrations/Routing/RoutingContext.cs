using System.Collections.Frozen;
using System.Globalization;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Integrations.Routing;

/// <summary>What an operation offers to the conditions of rules. Null and empty text both mean: the operation does not have it.</summary>
/// <remarks>
/// Codes are compared without regard to case: region, country and currency are kept in upper case, direction and channel in lower case,
/// and the values of conditions likewise. Company id, customer and metadata values are compared as they are.
/// </remarks>
public sealed record RoutingContext
{
    private static readonly FrozenDictionary<string, string> None = FrozenDictionary<string, string>.Empty;

    public string? Region { get; init => field = Upper(value); }

    /// <summary>ISO 3166-1 alpha-2, of the customer.</summary>
    public string? Country { get; init => field = Upper(value); }

    /// <summary>ISO 4217.</summary>
    public string? Currency { get; init => field = Upper(value); }

    /// <summary>In major units: 12.50, not 1250.</summary>
    public decimal? Amount { get; init; }

    public string? Direction { get; init => field = Lower(value); }

    public string? Channel { get; init => field = Lower(value); }

    public string? CompanyId { get; init => field = Some(value); }

    /// <summary>ISO 3166-1 alpha-2, of who is called, written to or paid.</summary>
    public string? RecipientCountry { get; init => field = Upper(value); }

    /// <summary>What <c>customer.*</c> looks into, by the name after the point.</summary>
    public IReadOnlyDictionary<string, string> Customer { get; init; } = None;

    /// <summary>What <c>metadata.*</c> looks into, by the name after the point.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = None;

    /// <summary>
    /// Decides the member of a split: the same reference always gets the same one. Operations without a reference of their own should
    /// give their id; null sends all of them to one member.
    /// </summary>
    public string? Reference { get; init; }

    /// <summary>The value of a field as text, null when missing. Makes a new string only for the amount.</summary>
    public string? TextOf(RoutingField field) => field.Kind switch
    {
        RoutingFieldKind.Region => Region,
        RoutingFieldKind.Country => Country,
        RoutingFieldKind.Currency => Currency,
        RoutingFieldKind.Amount => Amount?.ToString(CultureInfo.InvariantCulture),
        RoutingFieldKind.Direction => Direction,
        RoutingFieldKind.Channel => Channel,
        RoutingFieldKind.CompanyId => CompanyId,
        RoutingFieldKind.RecipientCountry => RecipientCountry,
        RoutingFieldKind.Customer => Some(Customer.GetValueOrDefault(field.Key)),
        RoutingFieldKind.Metadata => Some(Metadata.GetValueOrDefault(field.Key)),
        _ => null,
    };

    /// <summary>False when the field is missing or not a plain decimal number.</summary>
    public bool TryNumberOf(RoutingField field, out decimal number)
    {
        if (field.Kind == RoutingFieldKind.Amount)
        {
            number = Amount.GetValueOrDefault();
            return Amount.HasValue;
        }

        return PlainDecimal.TryParse(TextOf(field), out number);
    }

    public bool Has(RoutingField field) => field.Kind == RoutingFieldKind.Amount ? Amount.HasValue : TextOf(field) is not null;

    private static string? Some(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static string? Upper(string? text) => Some(text)?.ToUpperInvariant();

    private static string? Lower(string? text) => Some(text)?.ToLowerInvariant();
}
