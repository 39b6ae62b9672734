using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.WiPay;

/// <summary>How WiPay signs: the return of a customer who has paid with a hash, webhooks with an HMAC of one of two kinds.</summary>
/// <remarks>
/// Source: https://docs.wipayfinancial.com (Payments API, Webhooks). The page has the HMAC over the body, a later review over timestamp and
/// body: which one is live is unconfirmed.
/// </remarks>
internal static class WiPayHash
{
    private const string Signature = "X-WiPay-Webhook-Signature";
    private const string Timestamp = "X-WiPay-Webhook-Timestamp";
    private const string Scheme = "sha256=";
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <summary>Characters of the hash that is documented; newer samples have 64, of which nothing is.</summary>
    public const int Length = 32;

    /// <summary>Of a key that everybody knows, which WiPay's sandbox has; null in live mode.</summary>
    private static Secret? Shared(Connection connection) =>
        connection.Mode == IntegrationMode.Sandbox && connection.FindSecret("api_key") is null ? new Secret("123") : null;

    /// <summary>The keys that a return may be proved with.</summary>
    public static IEnumerable<Secret> ApiKeys(Connection connection) =>
        Shared(connection) is { } shared ? [shared] : connection.LiveSecrets("api_key");

    /// <param name="total">As it was asked for, to the letter.</param>
    [SuppressMessage("Security", "CA5351", Justification = "WiPay has no other hash.")]
    public static byte[] OfReturn(string transaction, string total, Secret apiKey) =>
        MD5.HashData(Encoding.UTF8.GetBytes(transaction + total + apiKey.Reveal()));

    public static bool IsPaid(string transaction, string total, string hash, Connection connection) => Signatures.Any(
        ApiKeys(connection), key => OfReturn(transaction, total, key), [hash], Signatures.SameHex);

    /// <summary>The kind with a timestamp for five minutes; repeats of the other are known by the id of the event.</summary>
    public static bool IsGenuine(WebhookRequest request, Connection connection)
    {
        if (request.Header(Signature) is not { } given || !given.StartsWith(Scheme, StringComparison.Ordinal))
            return false;
        var (keys, hex) = (connection.LiveSecrets("webhook_secret").ToList(), given[Scheme.Length..]);
        var plain = Signatures.Any(keys, key => Signatures.HmacSha256(key, request.Body.Span), [hex], Signatures.SameHex);
        var timed = Signatures.Any(
            keys, key => Signatures.HmacSha256(key, $"{request.Header(Timestamp)}.{request.BodyText}"), [hex], Signatures.SameHex);
        return plain | (timed & IsRecent(request));
    }

    private static bool IsRecent(WebhookRequest request) =>
        long.TryParse(request.Header(Timestamp), out var at)
        && (request.ReceivedAt - DateTimeOffset.UnixEpoch - TimeSpan.FromSeconds(at)).Duration() <= Window;
}
