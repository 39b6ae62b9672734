using System.Security.Cryptography;
using System.Text;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.SendGrid;

/// <summary>ECDSA (P-256, SHA-256) over the timestamp's header and the raw body, by the key that SendGrid shows for the webhook.</summary>
/// <remarks>
/// Source: https://docs.sendgrid.com/for-developers/tracking-events/getting-started-event-webhook-security-features. SendGrid repeats what
/// was not answered for 24 hours, and whether with a new timestamp is unconfirmed: one as old as that still passes.
/// </remarks>
internal static class SendGridSignature
{
    private const string Signature = "X-Twilio-Email-Event-Webhook-Signature";
    private const string Timestamp = "X-Twilio-Email-Event-Webhook-Timestamp";

    private static readonly TimeSpan MaxAge = TimeSpan.FromHours(24);
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(5);

    /// <param name="publicKeys">SubjectPublicKeyInfo as Base64; with none, nothing passes.</param>
    public static bool IsGenuine(WebhookRequest request, IEnumerable<Secret> publicKeys)
    {
        if (request.Header(Timestamp) is not { } timestamp || request.Header(Signature) is not { } text
            || !IsRecent(timestamp, request.ReceivedAt) || Read(text) is not { } signature)
            return false;
        byte[] signed = [.. Encoding.ASCII.GetBytes(timestamp), .. request.Body.Span];
        return publicKeys.Any(key => Verifies(key, signed, signature));
    }

    private static bool Verifies(Secret publicKey, byte[] signed, byte[] signature)
    {
        if (Read(publicKey.Reveal()) is not { } info)
            return false;
        using var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(info, out _);
            return key.VerifyData(signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (CryptographicException)
        {
            return false;   // what was entered is no such key
        }
    }

    /// <summary>Null for what is no Base64.</summary>
    private static byte[]? Read(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }

    private static bool IsRecent(string timestamp, DateTimeOffset now) =>
        long.TryParse(timestamp, out var seconds) && now.ToUnixTimeSeconds() - seconds is var age
        && age <= (MaxAge + ClocksDiffer).TotalSeconds && age >= -ClocksDiffer.TotalSeconds;
}
