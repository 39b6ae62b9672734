using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Mollie;

/// <summary>The header <c>X-Mollie-Signature: sha256=HEX</c> of next-gen webhooks, over the body alone.</summary>
/// <remarks>
/// Source: mollie-api-php's SignatureValidator. The prefix may be missing, and while the secret is being changed there are several.
/// No time is signed: a webhook that is sent again is known by its event's id.
/// </remarks>
internal static class MollieSignature
{
    private const string Header = "X-Mollie-Signature";
    private const string Prefix = "sha256=";

    /// <summary>Next-gen webhooks are; classic ones have no such header.</summary>
    public static bool IsThere(WebhookRequest request) => request.Header(Header) is not null;

    public static bool IsGenuine(WebhookRequest request, Connection connection)
    {
        var given = (request.Header(Header) ?? "").Split(',', StringSplitOptions.TrimEntries)
            .Select(text => text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..] : text).ToList();
        return Signatures.Any(
            connection.LiveSecrets("webhook_secret"), secret => Signatures.HmacSha256(secret, request.Body.Span), given,
            Signatures.SameHex);
    }
}
