using Patchbay.Platform.Api;
using Patchbay.Platform.Events;
using Patchbay.Integrations.Outbound;

namespace Patchbay.Hub.Webhooks;

/// <summary>Checks what creating and changing an endpoint have in common; null means not given.</summary>
internal static class WebhookInput
{
    public static void Check(ChangeWebhookRequest request, OutboundUrl urls, EventTypes types, Faults faults)
    {
        if (request.Url is not null)
            urls.Read(request.Url, "url", faults);
        if (request.Events is not null)
        {
            faults.Require(request.Events.Count > 0, "events", "must name at least one type or pattern");
            types.Check(request.Events, "events", faults);
        }

        faults.OptionalText(request.Description, "description", 500);
        if (request.Headers is not null)
            CustomHeaders.Check(
                request.Headers.ToDictionary(pair => pair.Key, pair => pair.Value == EndpointSecrets.Mask ? "" : pair.Value), "headers",
                faults);
        faults.Require(
            request.RateLimit is null or >= 0.01 and <= WebhookLanes.DefaultRate, "rate_limit",
            $"must be from 0.01 to {WebhookLanes.DefaultRate}, which is as good as none; is_active: false pauses the endpoint");
        if (request.Retry?.Schedule is { } schedule)
            WebhookRules.Check(schedule, "retry.schedule", faults);
    }

    /// <summary>A certificate that is given; null when none is, or it is given without content to take the present one away.</summary>
    public static (ClientCertificate? Certificate, ClientCertificateView? View) Certificate(ClientCertificate? given, Faults faults)
    {
        if (given is null or { Certificate: null, PrivateKey: null })
            return (null, null);
        return (given, given.Read("client_certificate", faults));
    }
}
