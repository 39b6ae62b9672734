using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Outbound;
using Patchbay.Platform.Api;

namespace Patchbay.Hub.Webhooks;

/// <summary>A change that a caller wants, over the endpoint as it is. Pure.</summary>
/// <param name="seen">As it was when its secrets were opened.</param>
/// <param name="rotates">The signing secret is among what changes.</param>
internal sealed class WebhookEdit(
    ChangeWebhookRequest request, Webhook seen, IReadOnlyList<string> headers, byte[] sealedSecrets, ClientCertificateView? certificate,
    bool rotates, DateTimeOffset now)
{
    public Result<(Webhook, WebhookRelayState), Error> Apply(Webhook before, WebhookRelayState relay)
    {
        if (!before.IsSealedAs(seen))
            return Error.ChangedMeanwhile();
        var after = before with
        {
            Url = request.Url ?? before.Url,
            Events = request.Events ?? before.Events,
            Description = request.Description is null ? before.Description : request.Description.Length == 0 ? null : request.Description,
            HeaderNames = headers,
            SealedSecrets = sealedSecrets,
            Certificate = request.ClientCertificate is null ? before.Certificate : certificate,
            PayloadMode = request.PayloadMode ?? before.PayloadMode,
            ContentMode = request.ContentMode ?? before.ContentMode,
            Ordered = request.Ordered ?? before.Ordered,
            RateLimit = request.RateLimit ?? before.RateLimit,
            Schedule = request.Retry is null ? before.Schedule : request.Retry.Schedule,
            PreviousSecretUntil = rotates ? now + EndpointSecrets.Overlap : before.PreviousSecretUntil,
            UpdatedAt = now,
        };
        return request.IsActive switch
        {
            true => WebhookSwitch.Activate(after, relay, now),
            false => WebhookSwitch.Deactivate(after, relay, now),
            null => (after, relay),
        };
    }
}
