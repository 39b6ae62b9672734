using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Square;

/// <summary>Subscribes an integration to the events, where the access token may do so.</summary>
/// <remarks>
/// Source: https://developer.squareup.com/reference/square/webhook-subscriptions-api. It wants a personal access token, not one of OAuth
/// (unconfirmed).
/// </remarks>
[Provider("square")]
internal sealed class SquareWebhookRegistration(ProviderHttp http) : IRegisterWebhooks
{
    private const string Path = "v2/webhooks/subscriptions";
    private const int MaxPages = 10;

    /// <summary>One that is there for the address, for an answer that was lost, makes way: its key is not told again.</summary>
    public async Task<Result<WebhookRegistration, ProviderFailure>> RegisterWebhookAsync(
        WebhookTopics topics, Connection connection, CancellationToken cancellationToken)
    {
        var found = await FindAsync(connection, cancellationToken);
        if (!found.IsSuccess)
            return found.Error;
        if (found.Value is { Id: { } earlier })
        {
            var removed = await RemoveWebhookAsync(new WebhookReference(earlier), connection, cancellationToken);
            if (!removed.IsSuccess)
                return removed.Error;
        }

        // Without a key: one that was deleted must not be answered again.
        var order = new SquareSubscriptionOrder(new SquareSubscription(
            Name: "Patchbay " + connection.IntegrationId, EventTypes: topics.Events, NotificationUrl: connection.WebhookUrl.OriginalString,
            ApiVersion: SquareMessage.Version));
        using var message = SquareMessage.Post(Path, order, SquareJson.Default.SquareSubscriptionOrder, connection);
        var made = await http.SendAsync(message, SquareJson.Default.SquareSubscriptionReply, SquareFailures.Classify, cancellationToken);
        return made.Then(reply => reply.Subscription is { Id: { } id, SignatureKey: { } key }
            ? new WebhookRegistration(id, new Secret(key))
            : new Result<WebhookRegistration, ProviderFailure>(
                ProviderFailure.Unreadable("Square made a subscription and told neither its id nor its key.")));
    }

    public async Task<Result<WebhookReference, ProviderFailure>> RemoveWebhookAsync(
        WebhookReference webhook, Connection connection, CancellationToken cancellationToken)
    {
        using var message = SquareMessage.Delete($"{Path}/{Uri.EscapeDataString(webhook.Reference)}", connection);
        var removed = await http.SendAsync(message, SquareFailures.Classify, cancellationToken);
        return removed.IsSuccess || removed.Error.HttpStatus == 404 ? webhook : removed.Error;
    }

    /// <summary>The subscription of the integration's address; null when there is none.</summary>
    private async Task<Result<SquareSubscription?, ProviderFailure>> FindAsync(Connection connection, CancellationToken cancellationToken)
    {
        var cursor = "";
        for (var page = 0; page < MaxPages; page++)
        {
            using var message = SquareMessage.Get(Path + cursor, connection);
            var read = await http.SendAsync(message, SquareJson.Default.SquareSubscriptions, SquareFailures.Classify, cancellationToken);
            if (!read.IsSuccess)
                return read.Error;
            var url = connection.WebhookUrl.OriginalString;
            if (read.Value.Subscriptions?.FirstOrDefault(one => one.NotificationUrl == url) is { } found)
                return found;
            if (read.Value.Cursor is not { } next)
                break;
            cursor = "?cursor=" + Uri.EscapeDataString(next);
        }

        return new Result<SquareSubscription?, ProviderFailure>((SquareSubscription?)null);
    }
}
