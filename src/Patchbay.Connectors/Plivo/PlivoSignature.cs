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
        Matches(request, tokens, "X-Plivo-Signature-V3", "X-Plivo-Signature-Ma-V3", "X-Plivo-Signature-V3-Nonce", SignedV3)
        || Matches(request, tokens, "X-Plivo-Signature-V2", "X-Plivo-Signature-Ma-V2", "X-Plivo-Signature-V2-Nonce", SignedV2);

    // The plain header is signed by the account or subaccount itself, the Ma- one by the main account. V3 may list several.
    private static bool Matches(
        WebhookRequest request,
        IReadOnlyCollection<Secret> tokens,
        string header,
        string mainHeader,
        string nonceHeader,
        Func<WebhookRequest, string, string> signed)
    {
        if (request.Header(nonceHeader) is not { Length: > 0 } nonce)
            return false;
        var given = $"{request.Header(header)},{request.Header(mainHeader)}"
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var text = signed(request, nonce);
        var genuine = false;
        foreach (var token in tokens)
        {
            var expected = Signatures.HmacSha256(token, text);
            foreach (var signature in given)
                genuine |= Signatures.SameBase64(expected, signature);
        }

        return genuine;
    }

    private static string SignedV2(WebhookRequest request, string nonce) => Address(request) + nonce;

    private static string SignedV3(WebhookRequest request, string nonce)
    {
        var isGet = request.Method == HttpMethod.Get.Method;
        var form = isGet ? [] : request.Form();
        var query = string.Join('&', Sorted(request.Query()).Select(field => $"{field.Key}={field.Value}"));
        var text = Address(request);
        if (query.Length > 0 || form.Count > 0)
            text += "?" + query;
        if (query.Length > 0 && form.Count > 0)
            text += ".";
        text += string.Concat(Sorted(form).Select(field => field.Key + field.Value));
        return $"{text}.{nonce}";
    }

    private static IEnumerable<KeyValuePair<string, string>> Sorted(IEnumerable<KeyValuePair<string, string>> fields) =>
        fields.OrderBy(field => field.Key, StringComparer.Ordinal).ThenBy(field => field.Value, StringComparer.Ordinal);

    private static string Address(WebhookRequest request) => request.Url.OriginalString.Split('?', '#')[0];
}
