using System.Globalization;
using System.Numerics;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Hub.Affiliates.Terms;

/// <summary>
/// An amount in the reporting currency that is never rounded: a whole number of 10^-15 major units, which holds every amount times every
/// rate exactly, and sums of any number of them.
/// </summary>
public readonly record struct ExactAmount(BigInteger Units) : IComparable<ExactAmount>
{
    private const int Decimals = ExchangeRate.Decimals + MoneyDecimals;
    private const int MoneyDecimals = 3;

    public static readonly ExactAmount Zero = new(0);

    public static ExactAmount Of(Money money) => Of(money, ExchangeRate.One);

    /// <summary>Converted at a rate.</summary>
    public static ExactAmount Of(Money money, ExchangeRate rate) =>
        new(new BigInteger(money.MinorUnits) * (1000 / money.Currency.MinorUnitsPerMajor) * rate.Units);

    public static ExactAmount operator +(ExactAmount left, ExactAmount right) => new(left.Units + right.Units);

    public static ExactAmount operator -(ExactAmount left, ExactAmount right) => new(left.Units - right.Units);

    public static bool operator <(ExactAmount left, ExactAmount right) => left.Units < right.Units;

    public static bool operator >(ExactAmount left, ExactAmount right) => left.Units > right.Units;

    public static bool operator <=(ExactAmount left, ExactAmount right) => left.Units <= right.Units;

    public static bool operator >=(ExactAmount left, ExactAmount right) => left.Units >= right.Units;

    public int CompareTo(ExactAmount other) => Units.CompareTo(other.Units);

    public static ExactAmount Parse(string stored) => new(BigInteger.Parse(stored, CultureInfo.InvariantCulture));

    public override string ToString() => Units.ToString(CultureInfo.InvariantCulture);

    /// <summary>Major units with all decimals that count, at least those of the currency: <c>99.995</c>, <c>100.00</c>.</summary>
    public string ToAmountString(Currency currency)
    {
        var digits = BigInteger.Abs(Units).ToString(CultureInfo.InvariantCulture).PadLeft(Decimals + 1, '0');
        var fraction = digits[^Decimals..].TrimEnd('0').PadRight(currency.Exponent, '0');
        return (Units.Sign < 0 ? "-" : "") + digits[..^Decimals] + (fraction.Length > 0 ? "." + fraction : "");
    }
}
