using System.Collections.Frozen;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Adyen;

/// <summary>Amounts as Adyen writes them: whole numbers of minor units, which are ISO 4217's but for a few currencies.</summary>
/// <remarks>Source: https://docs.adyen.com/development-resources/currency-codes.</remarks>
internal static class AdyenAmounts
{
    /// <summary>The decimals where they are others than ISO's.</summary>
    private static readonly FrozenDictionary<string, int> Decimals =
        new Dictionary<string, int> { ["CLP"] = 2, ["CVE"] = 0 }.ToFrozenDictionary();

    /// <summary>
    /// Adyen's table is said to have IDR without decimals and ISK with two. Unconfirmed, so none is charged: a guess could be wrong a
    /// hundredfold.
    /// </summary>
    private static readonly FrozenSet<string> Unconfirmed = FrozenSet.Create("IDR", "ISK");

    /// <summary>Null when Adyen has no such amount, or what it would mean there is unconfirmed.</summary>
    public static AdyenAmount? ToWire(Money money)
    {
        var wire = money.Amount * Scale(money.Currency);
        return wire == decimal.Truncate(wire) && !Unconfirmed.Contains(money.Currency.Code)
            ? new AdyenAmount(money.Currency.Code, (long)wire) : null;
    }

    /// <summary>Null when it is no amount of a known currency.</summary>
    public static Money? FromWire(AdyenAmount? wire) =>
        wire is { Value: { } value } && Currency.TryParse(wire.Currency, out var currency) && !Unconfirmed.Contains(currency.Code)
        && Money.TryFromMajor(value / Scale(currency), currency, out var money)
            ? money : null;

    private static decimal Scale(Currency currency) => Decimals.TryGetValue(currency.Code, out var decimals)
        ? decimals == 0 ? 1 : 100 : currency.MinorUnitsPerMajor;
}
