using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Api;

namespace Patchbay.Hub.Affiliates.Terms;

/// <summary>
/// How much of the reporting currency one major unit of another currency is: above zero, below 10^9, at most 12 decimals, exact.
/// </summary>
public readonly record struct ExchangeRate
{
    public const int Decimals = 12;

    private const decimal Scale = 1_000_000_000_000m;
    private const decimal Limit = 1_000_000_000m;

    private readonly decimal _value;

    private ExchangeRate(decimal value) => _value = value;

    public static ExchangeRate One { get; } = new(1);

    /// <summary>In 10^-12.</summary>
    public BigInteger Units => new(_value * Scale);

    public override string ToString() => _value.ToString("0.############", CultureInfo.InvariantCulture);

    public static ExchangeRate Parse(string stored) =>
        TryParse(stored, out var rate) ? rate : throw new FormatException($"'{stored}' is not a rate.");

    public static bool TryParse(string text, out ExchangeRate rate)
    {
        rate = default;
        if (!PlainDecimal.TryParse(text, out var value) || value is <= 0 or >= Limit)
            return false;
        if (decimal.Truncate(value * Scale) != value * Scale)
            return false;
        rate = new ExchangeRate(value);
        return true;
    }

    /// <summary>From a decimal string or a JSON number; null when it is missing or wrong, and wrong is among the faults.</summary>
    internal static ExchangeRate? Read(JsonElement? given, string field, Faults faults)
    {
        if (given is not { } element || element.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
            return null;
        var text = element.ValueKind switch
        {
            JsonValueKind.String => element.GetString()!,
            JsonValueKind.Number => element.GetRawText(),
            _ => "",
        };
        if (TryParse(text, out var rate))
            return rate;
        var limit = Limit.ToString("F0", CultureInfo.InvariantCulture);
        faults.Add(field, $"must be a decimal above 0 and below {limit} with at most {Decimals} decimals, such as \"0.0064\"");
        return null;
    }
}
