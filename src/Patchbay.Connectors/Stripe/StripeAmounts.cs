using System.Collections.Frozen;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Stripe;

/// <summary>Amounts between the hub (ISO 4217 minor units) and Stripe (its own smallest units), exact in both directions.</summary>
/// <remarks>Source: https://docs.stripe.com/currencies, zero-decimal currencies and special cases.</remarks>
internal static class StripeAmounts
{
    /// <summary>Two decimals in ISO 4217, none at Stripe.</summary>
    private static readonly FrozenSet<string> WholeUnitsOnly = FrozenSet.Create("MGA");

    /// <summary>No decimals in ISO 4217, but Stripe writes them with two, which are always 00.</summary>
    private static readonly FrozenSet<string> TimesHundred = FrozenSet.Create("ISK", "UGX");

    /// <summary>Whole units alone are paid out, though fractions can be charged.</summary>
    private static readonly FrozenSet<string> PaidOutWhole = FrozenSet.Create("HUF", "TWD");

    /// <summary>As <see cref="TryToWire"/>, for what leaves: false also for fractions of a currency that is paid out whole.</summary>
    public static bool TryToPayout(Money money, out long wire) =>
        TryToWire(money, out wire) && !(PaidOutWhole.Contains(money.Currency.Code) && wire % 100 != 0);

    /// <summary>False when Stripe has no such amount: MGA with a fraction, or a three-decimal currency not ending in 0.</summary>
    public static bool TryToWire(Money money, out long wire)
    {
        wire = 0;
        var (minor, currency) = (money.MinorUnits, money.Currency);
        if (Math.Abs(minor) > Money.MaxMinorUnits)
            return false;
        if (WholeUnitsOnly.Contains(currency.Code))
        {
            wire = minor / 100;
            return minor % 100 == 0;
        }

        wire = TimesHundred.Contains(currency.Code) ? minor * 100 : minor;
        return currency.Exponent < 3 || minor % 10 == 0;
    }

    /// <summary>False when the number is not an amount of that currency, or too large for the hub.</summary>
    public static bool TryFromWire(long wire, Currency currency, out Money money)
    {
        money = default;
        if (Math.Abs((decimal)wire) > Money.MaxMinorUnits * 100m)
            return false;
        long minor;
        if (WholeUnitsOnly.Contains(currency.Code))
            minor = wire * 100;
        else if (!TimesHundred.Contains(currency.Code))
            minor = wire;
        else if (wire % 100 == 0)
            minor = wire / 100;
        else
            return false;

        money = new Money(minor, currency);
        return Math.Abs(minor) <= Money.MaxMinorUnits;
    }
}
