using Patchbay.Platform.Api;

namespace Patchbay.Integrations.Inbound;

/// <summary>What a sender of webhooks is told when its request is not taken.</summary>
internal static class WebhookErrors
{
    /// <summary>The same for an unknown, a deleted and another provider's integration, and for an address that never was.</summary>
    public static readonly Error NotFound = Error.NotFound("resource at this address");

    public static readonly ErrorCode SignatureInvalid = new(
        401, "signature_invalid", "an inbound webhook that is not genuine", "Not verified");

    public static readonly Error NotGenuine =
        SignatureInvalid.With("The request does not carry a valid, recent signature of the provider for this address.");

    public static Error Busy(TimeSpan retryAfter) => ApiErrors.RateLimited.With("Wait as long as Retry-After says.")
    with {
        RetryAfter = retryAfter,
    };
}
