using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Integrations.Outbound;

/// <summary>Signs what goes out, so that receivers can tell it from what others send them.</summary>
/// <remarks>
/// Standard Webhooks, https://github.com/standard-webhooks/standard-webhooks: HMAC-SHA256 over <c>id.timestamp.body</c>, base64, one
/// signature for each secret while two are valid. Beside it the older form over the body alone, hex, keyed with the secret's text as it is
/// shown.
/// </remarks>
public static class WebhookSignature
{
    public const string Id = "webhook-id";
    public const string Timestamp = "webhook-timestamp";
    public const string Signature = "webhook-signature";
    public const string Older = "X-Webhook-Signature";

    /// <summary>The older form by the secret before, while both are valid: it has no place for two.</summary>
    public const string OlderPrevious = "X-Webhook-Signature-Previous";

    /// <summary>The headers that sign one message, at the moment it is sent.</summary>
    /// <param name="id">The same whenever the message is sent again: receivers tell repeats by it.</param>
    /// <param name="secrets">The present one first, then those that are still valid; at least one.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Headers(
        string id, DateTimeOffset now, byte[] body, IReadOnlyList<Secret> secrets)
    {
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        var headers = new List<KeyValuePair<string, string>>
        {
            new(Id, id),
            new(Timestamp, timestamp),
            new(
                Signature,
                string.Join(
                    ' ',
                    secrets.Select(secret => "v1," + Convert.ToBase64String(HMACSHA256.HashData(WebhookSecret.KeyOf(secret), signed))))),
            new(Older, OlderOf(body, secrets[0])),
        };
        if (secrets.Count > 1)
            headers.Add(new(OlderPrevious, OlderOf(body, secrets[1])));
        return headers;
    }

    private static string OlderOf(byte[] body, Secret secret) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret.Reveal()), body));
}
