namespace Patchbay.Sandbox.Stripe;

/// <summary>Why the customer's bank said no.</summary>
internal sealed record StripeDecline(string Code, string DeclineCode, string Message)
{
    public static readonly StripeDecline Generic = new("card_declined", "generic_decline", "Your card was declined.");
    public static readonly StripeDecline InsufficientFunds =
        new("card_declined", "insufficient_funds", "Your card has insufficient funds.");
    public static readonly StripeDecline AuthenticationRequired = new(
        "authentication_required", "authentication_required", "Your card was declined. This transaction requires authentication.");
}
