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
        foreach (var (scheme, signature) in
            new[] { ("V2", V2(authToken, called, nonce)), ("V3", V3(authToken, called, byGet ? null : [.. fields], nonce)) })
        {
            request.Headers.TryAddWithoutValidation("X-Plivo-Signature-" + scheme, signature);
            request.Headers.TryAddWithoutValidation($"X-Plivo-Signature-{scheme}-Nonce", nonce);
        }

        return request;
    }

    /// <summary>Covers neither query nor body.</summary>
    public static string V2(Secret authToken, string url, string nonce) => Sign(authToken, Base(url) + nonce);

    /// <param name="form">Null for a GET, whose fields are in the query.</param>
    public static string V3(Secret authToken, string url, IReadOnlyCollection<KeyValuePair<string, string>>? form, string nonce)
    {
        var query = string.Join('&', Sorted(Query(url)).Select(field => $"{field.Key}={field.Value}"));
        var mark = form is null or { Count: 0 } && query.Length == 0 ? "" : "?";
        var dot = form is { Count: > 0 } && query.Length > 0 ? "." : "";
        var fields = string.Concat(Sorted(form ?? []).Select(field => field.Key + field.Value));
        return Sign(authToken, $"{Base(url)}{mark}{query}{dot}{fields}.{nonce}");
    }

    private static string Base(string url) => url.Split('?', '#')[0];

    private static IReadOnlyList<KeyValuePair<string, string>> Query(string url) =>
        url.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark ? FormFields.Parse(url[(mark + 1)..].Split('#')[0]) : [];

    private static IEnumerable<KeyValuePair<string, string>> Sorted(IEnumerable<KeyValuePair<string, string>> fields) =>
        fields.OrderBy(field => field.Key, StringComparer.Ordinal);

    private static string Sign(Secret authToken, string text) => Convert.ToBase64String(Signatures.HmacSha256(authToken, text));
}
