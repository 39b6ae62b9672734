using Patchbay.Platform.Api;

namespace Patchbay.Hub.Webhooks;

/// <summary>What is refused about a tenant's endpoints.</summary>
internal static class WebhookErrors
{
    public static readonly ErrorCode TooMany = new(422, "too_many_webhooks", "the tenant has as many webhook endpoints as it may have");
}
