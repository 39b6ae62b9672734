using System.Globalization;

namespace Patchbay.Connectors.Contracts;

/// <summary>An exact amount: a whole number of the currency's minor units (1250 EUR minor units are EUR 12.50).</summary>
public readonly record struct Money(long MinorUnits, Currency Currency) : IComparable<Money>
{
    /// <summary>Largest amount accepted, in minor units: keeps sums of many amounts inside 64 bits.</summary>
    public const long MaxMinorUnits = 1_000_000_000_000_000;

    /// <summary>The amount in major units, exact.</summary>
    public decimal Amount => (decimal)MinorUnits / Currency.MinorUnitsPerMajor;

    public static Money Zero(Currency currency) => new(0, currency);

    /// <summary>
    /// From major units. False when the amount has more decimals than the currency (trailing zeros do not count)
    /// or lies beyond <see cref="MaxMinorUnits"/> in either direction.
    /// </summary>
    public static bool TryFromMajor(decimal amount, Currency currency, out Money money)
    {
        money = default;
        if (Math.Abs(amount) > MaxMinorUnits)
            return false;
        var minor = amount * currency.MinorUnitsPerMajor;
        if (decimal.Truncate(minor) != minor || Math.Abs(minor) > MaxMinorUnits)
            return false;
        money = new Money((long)minor, currency);
        return true;
    }

    public static Money operator +(Money left, Money right) =>
        left with { MinorUnits = checked(left.MinorUnits + Same(left, right).MinorUnits) };

    public static Money operator -(Money left, Money right) =>
        left with { MinorUnits = checked(left.MinorUnits - Same(left, right).MinorUnits) };

    public static bool operator <(Money left, Money right) => left.CompareTo(right) < 0;

    public static bool operator >(Money left, Money right) => left.CompareTo(right) > 0;

    public static bool operator <=(Money left, Money right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Money left, Money right) => left.CompareTo(right) >= 0;

    public static Money Max(Money left, Money right) => left >= right ? left : right;

    /// <summary>Amounts of different currencies cannot be compared: that is a bug and throws.</summary>
    public int CompareTo(Money other) => MinorUnits.CompareTo(Same(this, other).MinorUnits);

    /// <summary>Major units with all decimals of the currency and a point: <c>12.50</c>, <c>1250</c> for JPY.</summary>
    public string ToAmountString() =>
        Amount.ToString("F" + Currency.Exponent.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    public override string ToString() => $"{ToAmountString()} {Currency.Code}";

    private static Money Same(Money left, Money right) => left.Currency == right.Currency
        ? right
        : throw new InvalidOperationException($"Cannot combine {left.Currency} with {right.Currency}.");
}
