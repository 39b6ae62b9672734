using Patchbay.Sandbox.Faults;

namespace Patchbay.Sandbox.Stripe;

/// <summary>What the customer's bank says to a charge.</summary>
internal enum BankAnswer
{
    Approved,
    Declined,
    InsufficientFunds,

    /// <summary>The customer must confirm with the bank first.</summary>
    NeedsCustomer,

    /// <summary>The bank will say later.</summary>
    Later,
}

/// <summary>Decides by Stripe's own test payment methods, then by the magic code.</summary>
/// <remarks>Source: https://docs.stripe.com/testing.</remarks>
internal static class StripeBank
{
    public static BankAnswer Ask(string? code, string paymentMethod) => paymentMethod switch
    {
        "pm_card_chargeDeclined" or "pm_card_visa_chargeDeclined" => BankAnswer.Declined,
        "pm_card_chargeDeclinedInsufficientFunds" or "pm_card_visa_chargeDeclinedInsufficientFunds" => BankAnswer.InsufficientFunds,
        "pm_card_threeDSecure2Required" or "pm_card_threeDSecureRequired" or "pm_card_authenticationRequired" => BankAnswer.NeedsCustomer,
        _ => code switch
        {
            MagicCodes.Declined => BankAnswer.Declined,
            MagicCodes.PaidLater or MagicCodes.FailsLater => BankAnswer.Later,
            _ => BankAnswer.Approved,
        },
    };
}
