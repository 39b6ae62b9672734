using System.Buffers.Text;
using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.PayPal;

/// <summary>
/// The signature of a webhook: RSA with SHA-256 over <c>TRANSMISSION-ID|TRANSMISSION-TIME|WEBHOOK-ID|CRC32</c>, the last of the raw body
/// and in decimal.
/// </summary>
/// <remarks>
/// Source: https://developer.paypal.com/api/rest/webhooks/rest/. What the time says is not held against the clock: PayPal sends again for
/// three days, and whether with a new time is unconfirmed; a repeat is known by the event's id. Events of PayPal's simulator are signed for
/// the webhook id <c>WEBHOOK_ID</c>, which anybody can have them sent for: they are not taken.
/// </remarks>
internal static class PayPalSignature
{
    private const string Certificates = "/v1/notifications/certs/";

    private static readonly FrozenSet<string> LiveHosts = FrozenSet.Create("api.paypal.com", "api-m.paypal.com");
    private static readonly FrozenSet<string> SandboxHosts = FrozenSet.Create("api.sandbox.paypal.com", "api-m.sandbox.paypal.com");

    /// <summary>Null when the address is not one of PayPal's for certificates: a stranger may name any.</summary>
    public static Uri? CertificateUrl(string? header, IntegrationMode mode) =>
        Uri.TryCreate(header, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps && url.IsDefaultPort
        && url is { UserInfo: "", Query: "", Fragment: "" }
        && (mode == IntegrationMode.Live ? LiveHosts : SandboxHosts).Contains(url.Host)
        && url.AbsolutePath.StartsWith(Certificates, StringComparison.Ordinal)
            ? url : null;

    public static bool IsGenuine(WebhookRequest request, IEnumerable<Secret> webhookIds)
    {
        if (request.Header("PAYPAL-TRANSMISSION-ID") is not { } id || request.Header("PAYPAL-TRANSMISSION-TIME") is not { } time
            || request.Header("PAYPAL-AUTH-ALGO") != "SHA256withRSA" || request.Key is not { } key
            || request.Header("PAYPAL-TRANSMISSION-SIG") is not { } text || !Base64.IsValid(text))
            return false;
        var signature = Convert.FromBase64String(text);
        var certificates = PayPalCertificates.Read(key.Content);
        using var signer = certificates is [var first, ..] ? first.GetRSAPublicKey() : null;
        var genuine = false;
        foreach (var webhook in webhookIds)
        {
            var signed = Encoding.UTF8.GetBytes($"{id}|{time}|{webhook.Reveal()}|{Signatures.Crc32(request.Body.Span)}");
            genuine |= signer?.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) == true;
        }

        return genuine && PayPalCertificates.AreTrusted(certificates, request.ReceivedAt, key.IsElsewhere ? certificates : null);
    }
}
