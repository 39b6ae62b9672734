using System.Collections.Concurrent;
using Patchbay.Integrations.Outbound;
using Patchbay.Platform.Tenants;
using Patchbay.Platform.Vault;
using Patchbay.Storage;

namespace Patchbay.Hub.Webhooks;

/// <summary>Opens endpoints for sending. What was decrypted is kept until the endpoint changes.</summary>
internal sealed class OpenWebhooks(TenantConfigs configs, TenantVault vault, TimeProvider time)
{
    private readonly ConcurrentDictionary<WebhookKey, (Webhook Of, WebhookSecrets Secrets)> _opened = new();

    /// <summary>Null when there is no such endpoint (any more).</summary>
    public async ValueTask<OpenWebhook?> OpenAsync(TenantId tenant, WebhookId id, CancellationToken cancellationToken)
    {
        var config = await configs.GetAsync(tenant, cancellationToken);
        if (config.Part<WebhookSet>().Find(id) is not { } webhook)
        {
            _opened.TryRemove(new WebhookKey(tenant, id), out _);
            return null;
        }

        if (!_opened.TryGetValue(webhook.Key, out var entry) || !ReferenceEquals(entry.Of, webhook))
            _opened[webhook.Key] = entry = (webhook, WebhookSecrets.Open(await vault.OpenAsync(tenant, cancellationToken), webhook));
        return new OpenWebhook(webhook, entry.Secrets, time);
    }
}

/// <summary>An endpoint, ready to be sent to.</summary>
internal sealed record OpenWebhook(Webhook Webhook, WebhookSecrets Secrets, TimeProvider Time)
{
    /// <summary>Signed as of now.</summary>
    /// <param name="id">What receivers tell repeats by.</param>
    public OutboundMessage Message(string id, byte[] body, string contentType)
    {
        var now = Time.GetUtcNow();
        List<KeyValuePair<string, string>> headers = [.. WebhookSignature.Headers(id, now, body, Secrets.Valid(Webhook, now)), .. Secrets.Headers.Where(header => CustomHeaders.MaySet(header.Key))];
        return new OutboundMessage(Webhook.Id.Value, new Uri(Webhook.Url), body, contentType, headers, Secrets.All(), Secrets.Certificate);
    }
}
