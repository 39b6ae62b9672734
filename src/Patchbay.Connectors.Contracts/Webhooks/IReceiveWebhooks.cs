namespace Patchbay.Connectors.Contracts;

/// <summary>How a provider's webhooks are told from forgeries and what they mean. Pure: no calls, no state.</summary>
public interface IReceiveWebhooks
{
    /// <summary>
    /// True when the request was signed by the provider for this integration, compared in constant time over the raw bytes.
    /// </summary>
    bool IsGenuine(WebhookRequest request, Connection connection);

    /// <summary>
    /// Where the key lies that the signature is checked with, for providers that publish it: the hub fetches it, keeps it, and hands it
    /// over with the request (<see cref="WebhookRequest.Key"/>). The request comes from a stranger: only an address of the provider's own
    /// may be told. Null: none has to be fetched, or none that may.
    /// </summary>
    Uri? KeyAddress(WebhookRequest request, Connection connection) => null;

    /// <summary>
    /// The provider's id of this event, by which repeats are recognised; null makes the hash of path, query and body the id.
    /// </summary>
    string? EventId(WebhookRequest request);

    /// <summary>
    /// What a genuine request says. Empty when it says nothing the hub follows. A body that cannot be understood is
    /// an <see cref="UnmappedEvent"/>, never an exception.
    /// </summary>
    IReadOnlyList<ProviderEvent> Read(WebhookRequest request, Connection connection);

    /// <summary>
    /// The answer to a request by which the provider finds out whether the address is ours, for example by a token it was given and a text
    /// to be sent back; nothing of it is kept. Null: it is none, or not one for this integration.
    /// </summary>
    WebhookAnswer? Challenge(WebhookRequest request, Connection connection) => null;

    /// <summary>The answer to a genuine request once it is stored, where the provider wants another one than 200 without a body.</summary>
    WebhookAnswer Acknowledge(WebhookRequest request, Connection connection) => WebhookAnswer.Ok;

    /// <summary>
    /// Where the provider knows one address for all accounts of an application: whose the request is, by the credential that the
    /// manifest's <c>webhooks.account</c> names; each of several gets it. Not verified yet. Empty: it does not say.
    /// </summary>
    IReadOnlyCollection<string> AccountsOf(WebhookRequest request) => [];
}
