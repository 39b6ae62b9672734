using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Razorpay;

/// <summary>Amounts as Razorpay has them: whole numbers of the currency's minor units, as in ISO 4217.</summary>
/// <remarks>Source: https://razorpay.com/docs/payments/international-payments/#supported-currencies.</remarks>
internal static class RazorpayAmounts
{
    /// <summary>Null when Razorpay has no such amount: the last of three decimals has to be 0.</summary>
    public static long? ToWire(Money money) =>
        money.Currency.Exponent < 3 || money.MinorUnits % 10 == 0 ? money.MinorUnits : null;

    /// <summary>Null when it is no amount of a known currency, or larger than the hub has any.</summary>
    public static Money? FromWire(long? wire, string? code) =>
        wire is { } units && Math.Abs((decimal)units) <= Money.MaxMinorUnits && Currency.TryParse(code, out var currency)
            ? new Money(units, currency) : null;
}
