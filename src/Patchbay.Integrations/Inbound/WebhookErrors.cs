using Patchbay.Platform.Api;

namespace Patchbay.Integrations.Inbound;

/// <summary>What a sender of webhooks is told when its request is not taken.</summary>
internal static class WebhookErrors
{
    /// <summary>The same for an unknown, a deleted and another provider's integration, and for an address that never was.</summary>
    public static readonly Error NotFound = Error.NotFound("resource at this address");

    public static readonly ErrorCode SignatureInvalid = new(
        401, "signature_invalid", "an inbound webhook that is not genuine", "Not verified");

    public static readonly ErrorCode InboxFull = new(
        429, "inbox_full", "the tenant has received or keeps as many bytes of webhooks as it may; the provider is to send it again later",
        "The inbox is full");

    /// <summary>With what any webhook may be refused.</summary>
    public static readonly ErrorCode[] Refused =
    [
        ApiErrors.NotFound, SignatureInvalid, InboxFull, ApiErrors.RateLimited, ApiErrors.BodyTooLarge, ApiErrors.UnreadableBody,
    ];

    public static readonly Error NotGenuine =
        SignatureInvalid.With("The request does not carry a valid, recent signature of the provider for this address.");

    public static readonly ErrorCode AddressAmbiguous = new(
        422, "address_ambiguous", "more integrations of the provider than can be tried for a webhook that names none");

    public static readonly Error Ambiguous = AddressAmbiguous.With(
        "Enter the address that names the integration at the provider: the one the integration shows, which ends in its id.");

    public static Error Busy(TimeSpan retryAfter) => ApiErrors.RateLimited.With("Wait as long as Retry-After says.")
    with {
        RetryAfter = retryAfter,
    };
}
