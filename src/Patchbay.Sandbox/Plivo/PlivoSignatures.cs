using System.Text;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Messages;
using Patchbay.Sandbox.Running;

namespace Patchbay.Sandbox.Plivo;

/// <summary>The signature headers of a callback. Messaging uses V2; V3 is the one of voice, sent as well.</summary>
/// <remarks>Sources: plivo-dotnet XPlivoSignatureV2.cs, XPlivoSignatureV3.cs; plivo-python signature_v3.py.</remarks>
internal static class PlivoSignatures
{
    /// <summary>The callback of a message, signed in both ways.</summary>
    public static HttpRequestMessage Signed(MessageOrder order, Secret authToken, FormBody fields)
    {
        var (byGet, nonce, url) = (order.Method == "GET", SandboxIds.Nonce(), order.Callback!);
        var query = string.Join('&', fields.Select(field => $"{field.Key}={Uri.EscapeDataString(field.Value)}"));
        var called = byGet ? url + (url.Contains('?', StringComparison.Ordinal) ? "&" : "?") + query : url;
        var request =
            new HttpRequestMessage(byGet ? HttpMethod.Get : HttpMethod.Post, called) { Content = byGet ? null : fields.ToContent() };
        request.Headers.TryAddWithoutValidation("X-Plivo-Signature-V2", V2(authToken, called, nonce));
        request.Headers.TryAddWithoutValidation("X-Plivo-Signature-V2-Nonce", nonce);
        request.Headers.TryAddWithoutValidation(
            "X-Plivo-Signature-V3", byGet ? V3OfGet(authToken, called, nonce) : V3(authToken, called, [.. fields], nonce));
        request.Headers.TryAddWithoutValidation("X-Plivo-Signature-V3-Nonce", nonce);
        return request;
    }

    /// <summary>Covers neither query nor body.</summary>
    public static string V2(Secret authToken, string url, string nonce) => Sign(authToken, Base(url) + nonce);

    /// <summary>Of a POST.</summary>
    public static string V3(Secret authToken, string url, IReadOnlyCollection<KeyValuePair<string, string>> form, string nonce)
    {
        var query = Query(url);
        var text = new StringBuilder(Base(url));
        if (query.Count > 0 || form.Count > 0)
            text.Append('?').Append(Joined(query));
        if (query.Count > 0 && form.Count > 0)
            text.Append('.');
        foreach (var (name, value) in form.OrderBy(field => field.Key, StringComparer.Ordinal))
            text.Append(name).Append(value);
        return Sign(authToken, text.Append('.').Append(nonce).ToString());
    }

    /// <summary>Of a GET, whose fields are in the query.</summary>
    public static string V3OfGet(Secret authToken, string url, string nonce) =>
        Sign(authToken, $"{Base(url)}?{Joined(Query(url))}.{nonce}");

    private static string Base(string url) => url.Split('?', '#')[0];

    private static IReadOnlyList<KeyValuePair<string, string>> Query(string url) =>
        url.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark ? FormFields.Parse(url[(mark + 1)..].Split('#')[0]) : [];

    private static string Joined(IEnumerable<KeyValuePair<string, string>> fields) =>
        string.Join('&', fields.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => $"{field.Key}={field.Value}"));

    private static string Sign(Secret authToken, string text) => Convert.ToBase64String(Signatures.HmacSha256(authToken, text));
}
