namespace Patchbay.Connectors.Contracts;

/// <summary>
/// Tells a provider that has an API for it where to report to. The manifest names the events, and the field of the secret.
/// </summary>
public interface IRegisterWebhooks
{
    /// <summary>
    /// Makes the provider report to <see cref="Connection.WebhookUrl"/>. May be asked again when an answer was lost: what is registered
    /// for that address already is used again, or replaced.
    /// </summary>
    Task<Result<WebhookRegistration, ProviderFailure>> RegisterWebhookAsync(
        WebhookTopics topics, Connection connection, CancellationToken cancellationToken);

    /// <summary>The integration is being deleted. One that is not there any more counts as removed.</summary>
    Task<Result<WebhookReference, ProviderFailure>> RemoveWebhookAsync(
        WebhookReference webhook, Connection connection, CancellationToken cancellationToken);
}

/// <summary>What is to be reported.</summary>
/// <param name="Events">As the manifest has them.</param>
public sealed record WebhookTopics(IReadOnlyList<string> Events);

/// <summary>An address for webhooks that was registered.</summary>
/// <param name="Reference">The provider's id of it.</param>
public sealed record WebhookReference(string Reference);

/// <summary>An address for webhooks as the provider has just registered it.</summary>
/// <param name="Reference">The provider's id of it.</param>
/// <param name="Secret">What it signs with; null when that is known without.</param>
public sealed record WebhookRegistration(string Reference, Secret? Secret);
