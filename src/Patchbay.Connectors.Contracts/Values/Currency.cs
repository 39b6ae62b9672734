using System.Collections.Frozen;

namespace Patchbay.Connectors.Contracts;

/// <summary>An ISO 4217 currency: three upper-case letters and the number of decimals its amounts have.</summary>
/// <remarks>Exponents from ISO 4217 list one (JPY 0, EUR 2, KWD 3). Codes outside the list are unknown, not guessed.</remarks>
public readonly record struct Currency
{
    private const string TwoDecimals =
        "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE " +
        "CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD " +
        "KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR " +
        "PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU " +
        "UZS VED VES WST XCD XCG YER ZAR ZMW ZWG";

    private const string NoDecimals = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";
    private const string ThreeDecimals = "BHD IQD JOD KWD LYD OMR TND";

    private static readonly FrozenDictionary<string, Currency> Known =
        Of(NoDecimals, 0).Concat(Of(TwoDecimals, 2)).Concat(Of(ThreeDecimals, 3))
            .ToFrozenDictionary(currency => currency.Code, StringComparer.Ordinal);

    private readonly string? _code;

    private Currency(string code, int exponent) => (_code, Exponent) = (code, exponent);

    /// <summary>Upper-case code, for example <c>EUR</c>.</summary>
    public string Code => _code ?? throw new InvalidOperationException("A default Currency has no code.");

    /// <summary>Decimals of an amount in major units: 0, 2 or 3.</summary>
    public int Exponent { get; }

    /// <summary>Ten to the exponent: how many minor units make one major unit (1, 100 or 1000).</summary>
    public int MinorUnitsPerMajor => Exponent switch { 0 => 1, 2 => 100, _ => 1000 };

    /// <summary>Finds a currency by its code; lower case is accepted. False for codes ISO 4217 does not list.</summary>
    public static bool TryParse(string? code, out Currency currency)
    {
        currency = default;
        return code is { Length: 3 } && Known.TryGetValue(code.ToUpperInvariant(), out currency);
    }

    /// <summary>As <see cref="TryParse"/>, for codes that were validated before; throws on an unknown one.</summary>
    public static Currency Parse(string code) =>
        TryParse(code, out var currency) ? currency : throw new FormatException($"Unknown currency '{code}'.");

    public override string ToString() => Code;

    private static IEnumerable<Currency> Of(string codes, int exponent) =>
        codes.Split(' ').Select(code => new Currency(code, exponent));
}
