using System.Collections.Concurrent;
using Patchbay.Integrations.Outbound;
using Patchbay.Platform.Tenants;
using Patchbay.Platform.Vault;

namespace Patchbay.Hub.Affiliates;

/// <summary>Opens endpoints for sending. What was decrypted is kept until the endpoint changes.</summary>
internal sealed class OpenAffiliates(TenantConfigs configs, TenantVault vault, TimeProvider time)
{
    private readonly ConcurrentDictionary<AffiliateEndpointKey, (AffiliateEndpoint Of, AffiliateSecrets Secrets)> _opened = new();

    /// <summary>The message to an endpoint, signed as of now; null when there is no such endpoint (any more).</summary>
    /// <param name="batch">What the portal tells repeats by.</param>
    public async ValueTask<OutboundMessage?> MessageAsync(AffiliateEndpointKey key, AffiliateBatchId batch, byte[] body, CancellationToken cancellationToken)
    {
        var config = await configs.GetAsync(key.Tenant, cancellationToken);
        if (config.Part<AffiliateEndpointSet>().Find(key.Id) is not { } endpoint)
        {
            _opened.TryRemove(key, out _);
            return null;
        }

        if (!_opened.TryGetValue(key, out var entry) || !ReferenceEquals(entry.Of, endpoint))
            _opened[key] = entry = (endpoint, AffiliateSecrets.Open(await vault.OpenAsync(key.Tenant, cancellationToken), endpoint));
        var now = time.GetUtcNow();
        var headers = WebhookSignature.Headers(batch.ToString(), now, body, entry.Secrets.Valid(endpoint, now));
        return new OutboundMessage(key.Id.Value, new Uri(endpoint.Url), body, "application/json", headers, entry.Secrets.All(), null);
    }
}
