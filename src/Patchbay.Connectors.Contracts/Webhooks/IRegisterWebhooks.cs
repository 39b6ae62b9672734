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
    /// <param name="events">As the manifest has them.</param>
    Task<Result<WebhookRegistration, ProviderFailure>> RegisterWebhookAsync(
        IReadOnlyList<string> events, Connection connection, CancellationToken cancellationToken);

    /// <summary>The integration is being deleted. One that is not there any more counts as removed.</summary>
    Task<Result<WebhookRegistration, ProviderFailure>> RemoveWebhookAsync(
        WebhookRegistration registration, Connection connection, CancellationToken cancellationToken);
}

/// <summary>An address for webhooks as the provider knows it.</summary>
/// <param name="Reference">The provider's id of it.</param>
/// <param name="Secret">What it signs with; null when that is known without, and where it is not told again.</param>
public sealed record WebhookRegistration(string Reference, Secret? Secret);
