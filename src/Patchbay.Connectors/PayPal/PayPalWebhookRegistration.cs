using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.PayPal;

/// <summary>Makes the webhook that reports to an integration. Its id is what tells its webhooks from those of other apps.</summary>
/// <remarks>Source: https://developer.paypal.com/docs/api/webhooks/v1/#webhooks_post. An app has at most ten.</remarks>
[Provider("paypal")]
internal sealed class PayPalWebhookRegistration(ProviderHttp http) : IRegisterWebhooks
{
    private const string Path = "v1/notifications/webhooks";

    /// <summary>One that is there for the address is used again if it tells enough; else it makes way.</summary>
    public async Task<Result<WebhookRegistration, ProviderFailure>> RegisterWebhookAsync(
        WebhookTopics topics, Connection connection, CancellationToken cancellationToken)
    {
        using var list = PayPalMessage.Get(Path);
        var present = await http.SendAsync(list, PayPalJson.Default.PayPalWebhookList, PayPalFailures.Classify, cancellationToken);
        if (!present.IsSuccess)
            return present.Error;
        var url = connection.WebhookUrl.ToString();
        foreach (var earlier in present.Value.Webhooks?.Where(known => known.Url == url && known.Id is not null) ?? [])
        {
            if (topics.Events.All(topic => earlier.EventTypes.Any(type => type.Name == topic || type.Name == "*")))
                return Registered(earlier);
            var removed = await RemoveWebhookAsync(new WebhookReference(earlier.Id!), connection, cancellationToken);
            if (!removed.IsSuccess)
                return removed.Error;
        }

        using var message = PayPalMessage.Post(
            Path, new PayPalWebhook(url, [.. topics.Events.Select(topic => new PayPalEventType(topic))]),
            PayPalJson.Default.PayPalWebhook, requestId: null);
        return (await http.SendAsync(message, PayPalJson.Default.PayPalWebhook, PayPalFailures.Classify, cancellationToken))
            .Then(Registered);
    }

    public async Task<Result<WebhookReference, ProviderFailure>> RemoveWebhookAsync(
        WebhookReference webhook, Connection connection, CancellationToken cancellationToken)
    {
        using var message = PayPalMessage.Delete($"{Path}/{Uri.EscapeDataString(webhook.Reference)}");
        var removed = await http.SendAsync(message, PayPalFailures.Classify, cancellationToken);
        return removed.IsSuccess || removed.Error.HttpStatus == 404 ? webhook : removed.Error;
    }

    private static Result<WebhookRegistration, ProviderFailure> Registered(PayPalWebhook webhook) => webhook.Id is { } id
        ? new WebhookRegistration(id, new Secret(id)) : ProviderFailure.Unreadable("PayPal made a webhook and did not tell its id.");
}
