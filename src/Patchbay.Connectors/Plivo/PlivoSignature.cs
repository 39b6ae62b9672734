using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Plivo;

/// <summary>Plivo's two signature schemes: HMAC-SHA256, base64, keyed with an auth token, over the address and a nonce.</summary>
/// <remarks>
/// Messages are signed with V2, which covers neither query nor body: the unguessable path of the webhook address is what protects
/// those. V3 covers both. Source: https://docs.plivo.com/docs/messaging/concepts/signature-validation, plivo-python's signature_v3.
/// </remarks>
internal static class PlivoSignature
{
    /// <summary>True when any signature of either scheme was made with any of the tokens.</summary>
    public static bool IsGenuine(WebhookRequest request, IReadOnlyCollection<Secret> tokens) =>
        Matches(request, tokens, "V3", SignedV3) || Matches(request, tokens, "V2", (called, nonce) => Address(called) + nonce);

    // The plain header is signed by the account or subaccount itself, the Ma- one by the main account. V3 may list several.
    private static bool Matches(
        WebhookRequest request, IEnumerable<Secret> tokens, string scheme, Func<WebhookRequest, string, string> signed)
    {
        if (request.Header($"X-Plivo-Signature-{scheme}-Nonce") is not { Length: > 0 } nonce)
            return false;
        var given = $"{request.Header("X-Plivo-Signature-" + scheme)},{request.Header("X-Plivo-Signature-Ma-" + scheme)}"
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var text = signed(request, nonce);
        return Signatures.Any(tokens, token => Signatures.HmacSha256(token, text), given, Signatures.SameBase64);
    }

    private static string SignedV3(WebhookRequest request, string nonce)
    {
        var form = request.Method == HttpMethod.Get.Method ? [] : request.Form();
        var query = string.Join('&', Sorted(request.Query()).Select(field => $"{field.Key}={field.Value}"));
        var text = Address(request);
        if (query.Length > 0 || form.Count > 0)
            text += "?" + query;
        if (query.Length > 0 && form.Count > 0)
            text += ".";
        return $"{text}{string.Concat(Sorted(form).Select(field => field.Key + field.Value))}.{nonce}";
    }

    private static IEnumerable<KeyValuePair<string, string>> Sorted(IEnumerable<KeyValuePair<string, string>> fields) =>
        fields.OrderBy(field => field.Key, StringComparer.Ordinal).ThenBy(field => field.Value, StringComparer.Ordinal);

    private static string Address(WebhookRequest request) => request.Url.OriginalString.Split('?', '#')[0];
}
