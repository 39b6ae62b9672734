using Patchbay.Connectors.Contracts;

namespace Patchbay.Sandbox.Razorpay;

/// <summary>
/// What Razorpay signs beside webhooks: what the browser brings back to the shop.
/// https://razorpay.com/docs/payments/payment-links/verify-payment-signature/
/// </summary>
internal static class RazorpaySignature
{
    public static string OfReturn(string link, string? reference, string status, string payment, Secret keySecret) =>
        Hex($"{link}|{reference}|{status}|{payment}", keySecret);

    /// <summary>What the handler of the Checkout in the shop's own page is called with.</summary>
    public static string OfCheckout(string order, string payment, Secret keySecret) => Hex($"{order}|{payment}", keySecret);

    private static string Hex(string message, Secret key) => Convert.ToHexStringLower(Signatures.HmacSha256(key, message));
}
