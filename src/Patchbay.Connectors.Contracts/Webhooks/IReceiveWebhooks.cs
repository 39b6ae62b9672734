namespace Patchbay.Connectors.Contracts;

/// <summary>How a provider's webhooks are told from forgeries and what they mean. Pure: no calls, no state.</summary>
public interface IReceiveWebhooks
{
    /// <summary>
    /// True when the request was signed by the provider for this integration, compared in constant time over the raw bytes.
    /// </summary>
    bool IsGenuine(WebhookRequest request, Connection connection);

    /// <summary>
    /// The provider's id of this event, by which repeats are recognised; null makes the hash of path, query and body the id.
    /// </summary>
    string? EventId(WebhookRequest request);

    /// <summary>
    /// What a genuine request says. Empty when it says nothing the hub follows. A body that cannot be understood is
    /// an <see cref="UnmappedEvent"/>, never an exception.
    /// </summary>
    IReadOnlyList<ProviderEvent> Read(WebhookRequest request, Connection connection);
}
