using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Stripe;

/// <summary>Makes the webhook endpoint that reports to an integration. Its secret is told once, when it is made.</summary>
/// <remarks>Source: https://docs.stripe.com/api/webhook_endpoints.</remarks>
[Provider("stripe")]
internal sealed class StripeWebhookRegistration(ProviderHttp http) : IRegisterWebhooks
{
    /// <summary>An endpoint that is there already, for an answer that was lost, has a secret nobody knows: it makes way.</summary>
    public async Task<Result<WebhookRegistration, ProviderFailure>> RegisterWebhookAsync(
        WebhookTopics topics, Connection connection, CancellationToken cancellationToken)
    {
        var present = await http.ListAsync(
            "v1/webhook_endpoints?", StripeJson.Default.StripeListStripeWebhookEndpoint, connection, cancellationToken);
        if (!present.IsSuccess)
            return present.Error;
        foreach (var earlier in present.Value.Data.Where(endpoint => endpoint.Url == connection.WebhookUrl.ToString()))
        {
            var removed = await DeleteAsync(earlier.Id, connection, cancellationToken);
            if (!removed.IsSuccess)
                return removed.Error;
        }

        var form = new FormBody
        {
            { "url", connection.WebhookUrl.ToString() }, { "api_version", StripeMessage.ApiVersion },
            { "description", "Patchbay " + connection.IntegrationId },
        };
        foreach (var type in topics.Events)
            form.Add("enabled_events[]", type);
        using var message = StripeMessage.Post("v1/webhook_endpoints", form, idempotencyKey: null, connection);
        var made = await http.SendAsync(message, StripeJson.Default.StripeWebhookEndpoint, StripeFailures.Classify, cancellationToken);
        return made.Map(endpoint => new WebhookRegistration(endpoint.Id, endpoint.Secret is { } secret ? new Secret(secret) : null));
    }

    public async Task<Result<WebhookReference, ProviderFailure>> RemoveWebhookAsync(
        WebhookReference webhook, Connection connection, CancellationToken cancellationToken)
    {
        var removed = await DeleteAsync(webhook.Reference, connection, cancellationToken);
        return removed.IsSuccess || removed.Error.HttpStatus == 404 ? webhook : removed.Error;
    }

    private async Task<Result<ProviderReply, ProviderFailure>> DeleteAsync(
        string id, Connection connection, CancellationToken cancellationToken)
    {
        using var message = StripeMessage.Delete($"v1/webhook_endpoints/{Uri.EscapeDataString(id)}", connection);
        return await http.SendAsync(message, StripeFailures.Classify, cancellationToken);
    }
}
