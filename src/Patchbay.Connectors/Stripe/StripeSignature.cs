using System.Globalization;
using System.Text;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Stripe;

/// <summary>The header <c>Stripe-Signature: t=UNIX,v1=HEX[,v1=HEX]</c> over <c>t.body</c>.</summary>
/// <remarks>Source: https://docs.stripe.com/webhooks#verify-manually and stripe-dotnet's EventUtility.</remarks>
internal static class StripeSignature
{
    private const long ToleranceSeconds = 300;

    public static bool IsGenuine(string? header, ReadOnlySpan<byte> body, IEnumerable<Secret> secrets, DateTimeOffset receivedAt)
    {
        if (header is null)
            return false;
        string? timestamp = null;
        var signatures = new List<string>();
        foreach (var part in header.Split(',', StringSplitOptions.TrimEntries))
        {
            // v0 is a fake scheme of test events and proves nothing.
            if (part.StartsWith("t=", StringComparison.Ordinal))
                timestamp = part[2..];
            else if (part.StartsWith("v1=", StringComparison.Ordinal))
                signatures.Add(part[3..]);
        }

        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var sentAt)
            || Math.Abs(receivedAt.ToUnixTimeSeconds() - sentAt) > ToleranceSeconds)
            return false;

        var signed = new byte[timestamp.Length + 1 + body.Length];
        Encoding.ASCII.GetBytes(timestamp + ".", signed);
        body.CopyTo(signed.AsSpan(timestamp.Length + 1));

        // The whole secret is the key, whsec_ included.
        return Signatures.Any(secrets, secret => Signatures.HmacSha256(secret, signed), signatures, Signatures.SameHex);
    }
}
