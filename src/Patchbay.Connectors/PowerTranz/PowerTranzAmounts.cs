using System.Collections.Frozen;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.PowerTranz;

/// <summary>Amounts as PowerTranz writes them: a number in major units with two decimals, and the currency by its number.</summary>
/// <remarks>Source: https://developer.powertranz.com. A TotalAmount that comes back without its last zeros is the same number.</remarks>
internal static class PowerTranzAmounts
{
    /// <summary>ISO 4217. All of them have two decimals.</summary>
    private static readonly FrozenDictionary<string, string> Numbers = new Dictionary<string, string>
    {
        ["JMD"] = "388", ["USD"] = "840", ["TTD"] = "780", ["BBD"] = "052", ["XCD"] = "951",
    }.ToFrozenDictionary();

    /// <summary>Null for a currency that is not known to be taken.</summary>
    public static string? NumberOf(Currency currency) => Numbers.GetValueOrDefault(currency.Code);

    /// <summary>Null when it is no amount of a known currency.</summary>
    public static Money? FromWire(PowerTranzTransaction told)
    {
        var code = Numbers.FirstOrDefault(pair => pair.Value == told.CurrencyCode).Key;
        return told.TotalAmount is { } amount && Currency.TryParse(code, out var currency)
            && Money.TryFromMajor(amount, currency, out var money)
                ? money : null;
    }

    /// <summary>With its two decimals.</summary>
    public static decimal ToWire(Money money) => money.Amount + 0.00m;
}
