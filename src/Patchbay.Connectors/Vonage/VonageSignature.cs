using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Vonage;

/// <summary>A callback's JWT: HMAC-SHA256 with the account's signature secret, and in its claims the SHA-256 of the raw body.</summary>
/// <remarks>
/// Source: https://developer.vonage.com/en/getting-started/concepts/webhooks#decoding-signed-webhooks. Vonage repeats a callback for 24
/// hours, and whether with a new token is unconfirmed: one as old as that still passes. A repeat is known by message and status.
/// </remarks>
internal static class VonageSignature
{
    private const string Scheme = "Bearer ";

    private static readonly TimeSpan MaxAge = TimeSpan.FromHours(24);
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(5);

    public static bool IsGenuine(WebhookRequest request, IEnumerable<Secret> secrets) =>
        request.Header("Authorization") is { } header && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && header[Scheme.Length..].Trim().Split('.') is [var head, var claims, var signature]
        && Read(head, VonageJson.Default.VonageTokenHeader) is { Alg: "HS256" }
        && Signatures.Any(secrets, secret => Signatures.HmacSha256(secret, $"{head}.{claims}"), [signature], Signatures.SameBase64Url)
        && Read(claims, VonageJson.Default.VonageClaims) is { Iss: "Vonage", PayloadHash: { } hash, Iat: var signedAt }
        && Signatures.SameHex(SHA256.HashData(request.Body.Span), hash)
        && IsRecent(request.ReceivedAt.ToUnixTimeSeconds() - signedAt);

    private static bool IsRecent(long ageInSeconds) =>
        ageInSeconds <= (MaxAge + ClocksDiffer).TotalSeconds && ageInSeconds >= -ClocksDiffer.TotalSeconds;

    /// <summary>Null for what is not base64url, or not such JSON.</summary>
    private static T? Read<T>(string part, JsonTypeInfo<T> json)
        where T : class
    {
        if (!Base64Url.IsValid(part))
            return null;
        try
        {
            return JsonSerializer.Deserialize(Base64Url.DecodeFromChars(part), json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
