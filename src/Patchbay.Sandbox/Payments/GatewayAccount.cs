using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Payments;

/// <summary>One account at a gateway.</summary>
public sealed class GatewayAccount(string id, IdempotencyKeys keys)
{
    private volatile Secret? _secret;
    private volatile Uri? _webhookUrl;

    public string Id { get; } = id;

    public IdempotencyKeys Keys { get; } = keys;

    /// <summary>Signs the webhooks; null while none is known.</summary>
    public Secret? Secret
    {
        get => _secret;
        set => _secret = value;
    }

    /// <summary>As entered in the dashboard; null while none is.</summary>
    public Uri? WebhookUrl
    {
        get => _webhookUrl;
        set => _webhookUrl = value;
    }
}
