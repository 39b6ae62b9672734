using System.Net;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Adyen;

/// <summary>Makes the standard webhook that reports to an integration, and has a key generated for it.</summary>
/// <remarks>
/// Source: https://docs.adyen.com/api-explorer/Management/3/overview. Which events it tells of is not asked: it tells of all.
/// </remarks>
[Provider("adyen")]
internal sealed class AdyenWebhookRegistration(ProviderHttp http) : IRegisterWebhooks
{
    /// <summary>Of 100.</summary>
    private const int MaxPages = 10;

    /// <summary>One that is there for the address, for an answer that was lost or with another password, makes way.</summary>
    public async Task<Result<WebhookRegistration, ProviderFailure>> RegisterWebhookAsync(
        WebhookTopics topics, Connection connection, CancellationToken cancellationToken)
    {
        var found = await FindAsync(connection, cancellationToken);
        if (!found.IsSuccess)
            return NotAllowed(found.Error);
        if (found.Value is { } earlier)
        {
            var removed = await RemoveWebhookAsync(new WebhookReference(earlier.Id), connection, cancellationToken);
            if (!removed.IsSuccess)
                return removed.Error;
        }

        var webhook = await MakeAsync(connection, cancellationToken);
        if (!webhook.IsSuccess)
            return NotAllowed(webhook.Error);
        using var message = AdyenMessage.Management(HttpMethod.Post, $"{PathOf(webhook.Value.Id)}/generateHmac", connection);
        var generated = await http.SendAsync(message, AdyenJson.Default.AdyenHmacKey, AdyenFailures.Classify, cancellationToken);
        return generated.Map(key => new WebhookRegistration(webhook.Value.Id, new Secret(key.HmacKey)));
    }

    public async Task<Result<WebhookReference, ProviderFailure>> RemoveWebhookAsync(
        WebhookReference webhook, Connection connection, CancellationToken cancellationToken)
    {
        using var message = AdyenMessage.Management(HttpMethod.Delete, PathOf(webhook.Reference), connection);
        var removed = await http.SendAsync(message, AdyenFailures.Classify, cancellationToken);
        return removed.IsSuccess || removed.Error.HttpStatus == (int)HttpStatusCode.NotFound ? webhook : removed.Error;
    }

    /// <summary>The webhook of the integration's address; null when there is none.</summary>
    private async Task<Result<AdyenWebhook?, ProviderFailure>> FindAsync(Connection connection, CancellationToken cancellationToken)
    {
        for (var (page, pages) = (1, 1); page <= pages && page <= MaxPages; page++)
        {
            using var message = AdyenMessage.Management(HttpMethod.Get, $"webhooks?pageNumber={page}&pageSize=100", connection);
            var reply = await http.SendAsync(message, AdyenFailures.Classify, cancellationToken);
            if (!reply.IsSuccess)
                return reply.Error;
            if (reply.Value.Status == HttpStatusCode.NoContent)
                break;
            var read = ProviderHttp.Read(reply.Value, AdyenJson.Default.AdyenWebhookPage);
            if (!read.IsSuccess)
                return read.Error;
            if (read.Value.Data?.FirstOrDefault(webhook => webhook.Url == connection.WebhookUrl.OriginalString) is { } found)
                return found;
            pages = read.Value.PagesTotal;
        }

        return new Result<AdyenWebhook?, ProviderFailure>((AdyenWebhook?)null);
    }

    private async Task<Result<AdyenWebhook, ProviderFailure>> MakeAsync(Connection connection, CancellationToken cancellationToken)
    {
        var order = new AdyenWebhookOrder(
            "standard", connection.WebhookUrl.OriginalString, Active: true, "json", connection.FindValue("webhook_username"),
            connection.FindSecret("webhook_password")?.Reveal(), "Patchbay " + connection.IntegrationId);
        using var message = AdyenMessage.Management(HttpMethod.Post, "webhooks", connection)
            .With(order, AdyenJson.Default.AdyenWebhookOrder);
        return await http.SendAsync(message, AdyenJson.Default.AdyenWebhook, AdyenFailures.Classify, cancellationToken);
    }

    private static ProviderFailure NotAllowed(ProviderFailure failure) => failure.HttpStatus is not (401 or 403) ? failure : failure with
    {
        Cause = FailureCause.Authentication,
        Message = "Adyen does not let this API key make webhooks. Give it the role \"Management API - Webhooks read and write\", or add "
            + "the webhook in the Customer Area and enter its hmac_key.",
    };

    private static string PathOf(string webhook) => "webhooks/" + Uri.EscapeDataString(webhook);
}
