using System.Collections.Frozen;

namespace Patchbay.Integrations.Routing;

/// <summary>
/// A field that a condition looks at. <c>Key</c> is the name after <c>customer.</c> or <c>metadata.</c>, empty for the others.
/// </summary>
public readonly record struct RoutingField(RoutingFieldKind Kind, string Key)
{
    /// <summary>What a caller may write, for error messages.</summary>
    public const string Words =
        "region, country, currency, amount, direction, channel, company_id, recipient_country, customer.* or metadata.*";

    private const int MaxKeyLength = 64;
    private const string CustomerPrefix = "customer.";
    private const string MetadataPrefix = "metadata.";

    private static readonly FrozenDictionary<string, RoutingFieldKind> Plain = new Dictionary<string, RoutingFieldKind>
    {
        ["region"] = RoutingFieldKind.Region,
        ["country"] = RoutingFieldKind.Country,
        ["currency"] = RoutingFieldKind.Currency,
        ["amount"] = RoutingFieldKind.Amount,
        ["direction"] = RoutingFieldKind.Direction,
        ["channel"] = RoutingFieldKind.Channel,
        ["company_id"] = RoutingFieldKind.CompanyId,
        ["recipient_country"] = RoutingFieldKind.RecipientCountry,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public bool IsCountry => Kind is RoutingFieldKind.Country or RoutingFieldKind.RecipientCountry;

    /// <summary>From a list of codes: a beginning of one means nothing.</summary>
    public bool IsCode => IsCountry || Kind == RoutingFieldKind.Currency;

    /// <summary>Can be compared as a number: the amount, and what callers put into customer and metadata.</summary>
    public bool HasNumbers => Kind is RoutingFieldKind.Amount or RoutingFieldKind.Customer or RoutingFieldKind.Metadata;

    public static bool TryParse(string? word, out RoutingField field)
    {
        field = default;
        if (word is null)
            return false;
        if (Plain.TryGetValue(word, out var kind))
            field = new RoutingField(kind, "");
        else if (IsKeyAfter(CustomerPrefix, word))
            field = new RoutingField(RoutingFieldKind.Customer, word[CustomerPrefix.Length..]);
        else if (IsKeyAfter(MetadataPrefix, word))
            field = new RoutingField(RoutingFieldKind.Metadata, word[MetadataPrefix.Length..]);
        else
            return false;
        return true;
    }

    /// <summary>The value as it is compared: codes in upper case, direction and channel in lower case, the rest untouched.</summary>
    public string Normalize(string value) => Kind switch
    {
        RoutingFieldKind.Region or RoutingFieldKind.Country or RoutingFieldKind.Currency or RoutingFieldKind.RecipientCountry =>
            value.ToUpperInvariant(),
        RoutingFieldKind.Direction or RoutingFieldKind.Channel => value.ToLowerInvariant(),
        _ => value,
    };

    private static bool IsKeyAfter(string prefix, string word)
    {
        if (!word.StartsWith(prefix, StringComparison.Ordinal) || word.Length == prefix.Length
            || word.Length > prefix.Length + MaxKeyLength)
            return false;
        foreach (var letter in word.AsSpan(prefix.Length))
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('_' or '-' or '.'))
                return false;
        }

        return true;
    }
}

public enum RoutingFieldKind
{
    Region,
    Country,
    Currency,
    Amount,
    Direction,
    Channel,
    CompanyId,
    RecipientCountry,
    Customer,
    Metadata,
}
