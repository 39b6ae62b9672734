using System.Collections.Frozen;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Stripe;

/// <summary>Which amounts and currencies Stripe takes.</summary>
/// <remarks>
/// Source: https://docs.stripe.com/currencies, special cases (ISK and UGX end in 00, three-decimal currencies in 0) and minimum charge
/// amounts.
/// </remarks>
internal static class StripeAmounts
{
    private const long Most = 99_999_999;

    // What a card can be charged at least, in minor units; of other currencies Stripe takes the worth of the account's own minimum.
    private static readonly FrozenDictionary<string, long> Least = new Dictionary<string, long>
    {
        ["AED"] = 200, ["AUD"] = 50, ["BGN"] = 100, ["BRL"] = 50, ["CAD"] = 50, ["CHF"] = 50, ["CZK"] = 1500, ["DKK"] = 250, ["EUR"] = 50,
        ["GBP"] = 30, ["HKD"] = 400, ["HUF"] = 17500, ["INR"] = 50, ["JPY"] = 50, ["MXN"] = 1000, ["MYR"] = 200, ["NOK"] = 300,
        ["NZD"] = 50, ["PLN"] = 200, ["RON"] = 200, ["SEK"] = 300, ["SGD"] = 50, ["THB"] = 1000, ["USD"] = 50,
    }.ToFrozenDictionary();

    /// <summary>The refusal of a charge; null when it may be made.</summary>
    public static Reply? Refuse(long amount, string currency) =>
        Refuse(amount, currency, known => Math.Max(1, Least.GetValueOrDefault(known.Code)));

    /// <summary>The refusal of a payout: HUF and TWD are paid out whole.</summary>
    public static Reply? RefusePayout(long amount, string currency) => Refuse(amount, currency, _ => 1)
        ?? (currency is "huf" or "twd" && amount % 100 != 0
            ? StripeErrors.Invalid($"Payouts in {currency} must be divisible by 100.", "parameter_invalid_integer", "amount") : null);

    private static Reply? Refuse(long amount, string currency, Func<Currency, long> leastOf)
    {
        if (!Currency.TryParse(currency, out var known) || currency.Any(char.IsAsciiLetterUpper))
            return StripeErrors.Invalid($"Invalid currency: {currency}.", param: "currency");
        if (leastOf(known) is var least && amount < least)
            return StripeErrors.Invalid($"Amount must be at least {new Money(least, known)}.", "amount_too_small", "amount");
        if (amount > Most)
            return StripeErrors.Invalid($"Amount must be no more than {Most}.", "amount_too_large", "amount");
        if ((known.Code is "ISK" or "UGX" && amount % 100 != 0) || (known.Exponent == 3 && amount % 10 != 0))
            return StripeErrors.Invalid(
                $"Invalid amount for {currency}: it has more decimals than can be charged.", "parameter_invalid_integer", "amount");
        return null;
    }
}
