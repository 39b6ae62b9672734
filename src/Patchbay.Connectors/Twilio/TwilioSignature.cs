using System.Security.Cryptography;
using System.Text;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Twilio;

/// <summary>The header <c>X-Twilio-Signature</c>: base64 of an HMAC-SHA1, keyed with the auth token.</summary>
/// <remarks>Source: https://www.twilio.com/docs/usage/webhooks/webhooks-security and twilio-csharp's RequestValidator.</remarks>
internal static class TwilioSignature
{
    private const string BodyHashField = "bodySHA256";

    public static bool IsGenuine(WebhookRequest request, IReadOnlyCollection<Secret> tokens)
    {
        if (request.Header("X-Twilio-Signature") is not { Length: > 0 } given)
            return false;

        string fields;
        if (request.Query().Find(BodyHashField) is { } hash)
        {
            // A body that is no form is covered by its hash in the address.
            if (!Signatures.SameHex(SHA256.HashData(request.Body.Span), hash))
                return false;
            fields = "";
        }
        else
        {
            fields = request.Method == HttpMethod.Post.Method ? Join(request.Form()) : "";
        }

        var genuine = false;
        foreach (var address in Addresses(request.Url))
            genuine |= Signatures.Any(tokens, token => Signatures.HmacSha1(token, address + fields), [given], Signatures.SameBase64);
        return genuine;
    }

    // Every field that came is signed, also those that are new: sorted by name, name and value without separators.
    private static string Join(IEnumerable<KeyValuePair<string, string>> form) => form
        .Distinct()
        .OrderBy(field => field.Key, StringComparer.Ordinal)
        .ThenBy(field => field.Value, StringComparer.Ordinal)
        .Aggregate(new StringBuilder(), (text, field) => text.Append(field.Key).Append(field.Value))
        .ToString();

    // Twilio signs some addresses with the default port written out and some without, so both are tried, as its own libraries do.
    private static string[] Addresses(Uri url)
    {
        var address = url.OriginalString.Split('#')[0];
        if (!url.IsDefaultPort)
            return [address];
        var hostAt = address.IndexOf("://", StringComparison.Ordinal) + 3;
        var hostEnd = address.IndexOfAny(['/', '?'], hostAt);
        if (hostEnd < 0)
            hostEnd = address.Length;
        var (scheme, host, rest) = (address[..hostAt], address[hostAt..hostEnd], address[hostEnd..]);
        var port = $":{url.Port}";
        var bare = host.EndsWith(port, StringComparison.Ordinal) ? host[..^port.Length] : host;
        return [scheme + bare + rest, scheme + bare + port + rest];
    }
}
