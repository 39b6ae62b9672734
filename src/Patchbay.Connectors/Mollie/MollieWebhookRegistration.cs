using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Mollie;

/// <summary>
/// Subscribes an integration to next-gen webhooks. Payments report without it: where the key may not do it, that is no loss.
/// </summary>
/// <remarks>Source: https://docs.mollie.com/reference/webhooks-api. Which keys may is unconfirmed; expected is an access token.</remarks>
[Provider("mollie")]
internal sealed class MollieWebhookRegistration(ProviderHttp http) : IRegisterWebhooks
{
    private const string Path = "v2/webhooks";

    /// <summary>A webhook that is there already, for an answer that was lost, has a secret nobody knows: it makes way.</summary>
    public async Task<Result<WebhookRegistration, ProviderFailure>> RegisterWebhookAsync(
        WebhookTopics topics, Connection connection, CancellationToken cancellationToken)
    {
        var url = connection.WebhookUrl.OriginalString;
        var present = await http.FindAsync(
            Path, lists => lists.Webhooks, webhook => webhook.Url == url, _ => false, webhook => webhook.Id, connection,
            cancellationToken);
        if (!present.IsSuccess)
            return NotAllowed(present.Error);
        if (present.Value is { } earlier)
        {
            var removed = await DeleteAsync(earlier.Id, connection, cancellationToken);
            if (!removed.IsSuccess)
                return removed.Error;
        }

        // Mollie refuses a second webhook of the same name.
        var order = new MollieWebhookOrder(
            "Patchbay " + connection.IntegrationId, url, topics.Events, MollieMessage.Testmode(connection));
        using var message = MollieMessage.Post(Path, order, MollieJson.Default.MollieWebhookOrder, idempotencyKey: null, connection);
        var made = await http.SendAsync(message, MollieJson.Default.MollieWebhook, MollieFailures.Classify, cancellationToken);
        return made.IsSuccess
            ? new WebhookRegistration(made.Value.Id, made.Value.WebhookSecret is { } secret ? new Secret(secret) : null)
            : NotAllowed(made.Error);
    }

    public async Task<Result<WebhookReference, ProviderFailure>> RemoveWebhookAsync(
        WebhookReference webhook, Connection connection, CancellationToken cancellationToken)
    {
        var removed = await DeleteAsync(webhook.Reference, connection, cancellationToken);
        return removed.IsSuccess || removed.Error.HttpStatus is 404 or 410 ? webhook : removed.Error;
    }

    private static ProviderFailure NotAllowed(ProviderFailure failure) => failure.Cause != FailureCause.Authentication
        ? failure
        : failure with
        {
            Message = "Mollie does not let this key make webhooks. Nothing has to be done, since every payment reports by itself; an "
                + "organization access token (access_...) may.",
        };

    private async Task<Result<ProviderReply, ProviderFailure>> DeleteAsync(
        string id, Connection connection, CancellationToken cancellationToken)
    {
        using var message = MollieMessage.Delete($"{Path}/{Uri.EscapeDataString(id)}", idempotencyKey: null, connection);
        return await http.SendAsync(message, MollieFailures.Classify, cancellationToken);
    }
}
