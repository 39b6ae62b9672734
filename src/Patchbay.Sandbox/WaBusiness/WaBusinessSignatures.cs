using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Sandbox.WaBusiness;

/// <summary>How Meta signs webhooks, and how it wants the app secret proved.</summary>
/// <remarks>
/// Sources: https://developers.facebook.com/docs/graph-api/webhooks/getting-started,
/// https://developers.facebook.com/docs/graph-api/guides/secure-requests.
/// </remarks>
internal static class WaBusinessSignatures
{
    /// <param name="secret">Null leaves it unsigned.</param>
    public static HttpRequestMessage Signed(string url, JsonObject webhook, Secret? secret)
    {
        var body = Encoding.UTF8.GetBytes(webhook.ToJsonString());
        var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } },
        };
        if (secret is not null)
            request.Headers.TryAddWithoutValidation("X-Hub-Signature-256", Of(secret, body));
        return request;
    }

    public static string Of(Secret secret, ReadOnlySpan<byte> body) =>
        "sha256=" + Convert.ToHexStringLower(Signatures.HmacSha256(secret, body));

    public static string Proof(Secret secret, string token) => Convert.ToHexStringLower(Signatures.HmacSha256(secret, token));
}
