using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Sandbox.Vonage;

/// <summary>The JWT by which callbacks are signed.</summary>
/// <remarks>Source: https://developer.vonage.com/en/getting-started/concepts/webhooks.</remarks>
internal static class VonageSignatures
{
    private static readonly string Header = Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8);

    /// <param name="secret">Null leaves it unsigned: the account's was never made known, see <see cref="VonageSandbox.Connect"/>.</param>
    public static HttpRequestMessage Signed(
        string url, JsonObject receipt, string apiKey, Secret? secret, DateTimeOffset at, string tokenId)
    {
        var body = Encoding.UTF8.GetBytes(receipt.ToJsonString());
        var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } },
        };
        if (secret is not null)
        {
            var claims = new JsonObject
            {
                ["iat"] = at.ToUnixTimeSeconds(), ["jti"] = tokenId, ["iss"] = "Vonage", ["payload_hash"] = PayloadHash(body),
                ["api_key"] = apiKey,
            };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token(secret, claims));
        }

        return request;
    }

    public static string PayloadHash(ReadOnlySpan<byte> body) => Convert.ToHexStringLower(SHA256.HashData(body));

    public static string Token(Secret secret, JsonObject claims)
    {
        var signed = $"{Header}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";
        return $"{signed}.{Base64Url.EncodeToString(Signatures.HmacSha256(secret, signed))}";
    }
}
