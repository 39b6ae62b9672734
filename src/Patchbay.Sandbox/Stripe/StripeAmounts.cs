using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Stripe;

/// <summary>Which amounts and currencies Stripe takes.</summary>
/// <remarks>Source: https://docs.stripe.com/currencies, special cases: ISK and UGX end in 00, three-decimal currencies in 0.</remarks>
internal static class StripeAmounts
{
    private const long Most = 99_999_999;

    /// <summary>The refusal of a charge; null when it may be made.</summary>
    public static Reply? Refuse(long amount, string currency)
    {
        if (!Currency.TryParse(currency, out var known) || currency.Any(char.IsAsciiLetterUpper))
            return StripeErrors.Invalid($"Invalid currency: {currency}.", param: "currency");
        if (amount < 1)
            return StripeErrors.Invalid("Amount must be at least 1.", "amount_too_small", "amount");
        if (amount > Most)
            return StripeErrors.Invalid($"Amount must be no more than {Most}.", "amount_too_large", "amount");
        if ((known.Code is "ISK" or "UGX" && amount % 100 != 0) || (known.Exponent == 3 && amount % 10 != 0))
            return StripeErrors.Invalid(
                $"Invalid amount for {currency}: it has more decimals than can be charged.", "parameter_invalid_integer", "amount");
        return null;
    }
}
