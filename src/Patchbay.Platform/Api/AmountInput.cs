using System.Text.Json;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Platform.Api;

/// <summary>Reads amounts as callers write them: exactly, from a decimal string or a JSON number.</summary>
public static class AmountInput
{
    /// <summary>Null when the amount is missing or wrong; what is wrong is added to the faults.</summary>
    /// <param name="currency">Null when it is not known; then its decimals are not looked at.</param>
    public static Money? Read(JsonElement? amount, Currency? currency, string field, Faults faults)
    {
        if (amount is not { } element || element.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
        {
            faults.Add(field, "is required");
            return null;
        }

        var text = element.ValueKind switch
        {
            JsonValueKind.String => element.GetString()!,
            JsonValueKind.Number => element.GetRawText(),
            _ => "",
        };
        if (!PlainDecimal.TryParse(text, out var value))
        {
            faults.Add(field, "must be a decimal of at most 28 characters, such as \"12.50\"");
            return null;
        }

        if (value <= 0)
            faults.Add(field, "must be above zero");
        else if (currency is not { } known)
            return null;
        else if (Money.TryFromMajor(value, known, out var money))
            return money;
        else
            faults.Add(
                field,
                $"must have at most {known.Exponent} decimals for {known.Code} and be below "
                    + $"{Money.MaxMinorUnits / known.MinorUnitsPerMajor}");
        return null;
    }

    /// <summary>An amount beside its currency: all that is wrong with either.</summary>
    public static Money? Read(JsonElement? amount, string? currency, Faults faults) =>
        Read(amount, CurrencyOf(currency, faults), "amount", faults);

    /// <summary>A total, and its currency, of a change that leaves what is not given as it is.</summary>
    /// <param name="known">The currency of what is changed; null when there may be nothing yet: both are required then.</param>
    /// <returns>Null when it is not given, or wrong.</returns>
    public static Money? ReadTotal(JsonElement? total, string? currency, Currency? known, Faults faults)
    {
        if (known is not null && total is null)
        {
            faults.Require(currency is null || currency == known.Value.Code, "total", "is required with another currency");
            return null;
        }

        return Read(total, currency is null && known is not null ? known : CurrencyOf(currency, faults), "total", faults);
    }

    private static Currency? CurrencyOf(string? currency, Faults faults)
    {
        var isKnown = Currency.TryParse(faults.Text(currency, "currency", 3), out var known);
        faults.Require(isKnown || faults.Concern("currency"), "currency", "is not an ISO 4217 code");
        return isKnown ? known : null;
    }
}
