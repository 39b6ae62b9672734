using System.Collections.Frozen;
using System.Globalization;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.PayPal;

/// <summary>Amounts as PayPal writes them: a decimal text in major units.</summary>
/// <remarks>Source: https://developer.paypal.com/reference/currency-codes. A decimal where it takes none is an error.</remarks>
internal static class PayPalAmounts
{
    /// <summary>Two decimals in ISO 4217, none at PayPal; the yen has none in either.</summary>
    private static readonly FrozenSet<string> WholeUnitsOnly = FrozenSet.Create("HUF", "TWD");

    /// <summary>Null when PayPal has no such amount: a part of a forint, or a currency with three decimals.</summary>
    public static PayPalMoney? ToWire(Money money)
    {
        var code = money.Currency.Code;
        if (!WholeUnitsOnly.Contains(code))
            return money.Currency.Exponent < 3 ? new PayPalMoney(code, money.ToAmountString()) : null;
        return money.MinorUnits % 100 == 0
            ? new PayPalMoney(code, (money.MinorUnits / 100).ToString(CultureInfo.InvariantCulture)) : null;
    }

    /// <summary>Null when it is no amount of a known currency.</summary>
    public static Money? FromWire(PayPalMoney? wire) =>
        wire is not null && Currency.TryParse(wire.CurrencyCode, out var currency) && PlainDecimal.TryParse(wire.Value, out var amount)
        && Money.TryFromMajor(amount, currency, out var money)
            ? money : null;
}
