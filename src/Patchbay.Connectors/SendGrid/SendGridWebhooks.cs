using System.Text.Json;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.SendGrid;

/// <summary>The event webhook: events of any messages of the account together.</summary>
/// <remarks>Source: https://docs.sendgrid.com/for-developers/tracking-events/event.</remarks>
[Provider("sendgrid")]
internal sealed class SendGridWebhooks : IReceiveWebhooks
{
    public bool IsGenuine(WebhookRequest request, Connection connection) =>
        SendGridSignature.IsGenuine(request, connection.LiveSecrets("webhook_public_key"));

    /// <summary>Its events have ids, and the whole has none: a repeat has the same bytes, and says nothing new where it has not.</summary>
    public string? EventId(WebhookRequest request) => null;

    /// <summary>Messages that were not sent by the hub are of nobody here.</summary>
    public IReadOnlyList<ProviderEvent> Read(WebhookRequest request, Connection connection)
    {
        try
        {
            var events = JsonSerializer.Deserialize(request.Body.Span, SendGridJson.Default.SendGridEventArray);
            return [.. (events ?? []).Where(told => told.HubReference is not null).Select(SendGridMapping.Read).OfType<ProviderEvent>()];
        }
        catch (JsonException)
        {
            return [new UnmappedEvent("The body is no list of SendGrid's events.")];
        }
    }
}
