using System.Globalization;
using System.Text;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Sandbox.Stripe;

/// <summary>The <c>Stripe-Signature</c> header of a webhook.</summary>
/// <remarks>The key is the whole secret, <c>whsec_</c> included. Source: stripe-dotnet EventUtility.cs.</remarks>
internal static class StripeSignature
{
    public static string Of(Secret secret, long timestamp, ReadOnlySpan<byte> body)
    {
        var time = timestamp.ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.UTF8.GetBytes(time), (byte)'.', .. body];
        return $"t={time},v1={Convert.ToHexStringLower(Signatures.HmacSha256(secret, signed))}";
    }
}
