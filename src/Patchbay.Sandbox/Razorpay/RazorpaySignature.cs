using Patchbay.Connectors.Contracts;

namespace Patchbay.Sandbox.Razorpay;

/// <summary>
/// What Razorpay signs beside webhooks: what the browser brings back to the shop from a payment link.
/// https://razorpay.com/docs/payments/payment-links/verify-payment-signature/
/// </summary>
internal static class RazorpaySignature
{
    public static string OfReturn(string link, string? reference, string status, string payment, Secret keySecret) =>
        Convert.ToHexStringLower(Signatures.HmacSha256(keySecret, $"{link}|{reference}|{status}|{payment}"));
}
