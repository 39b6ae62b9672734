using System.Runtime.CompilerServices;
using Patchbay.Platform.Vault;

namespace Patchbay.Integrations.Outbound;

/// <summary>
/// Opens endpoints for sending. What was decrypted is kept for as long as the endpoint is as it was, and forgotten with it.
/// </summary>
public sealed class OpenEndpoints(TenantVault vault, TimeProvider time)
{
    private readonly ConditionalWeakTable<ISignedEndpoint, EndpointSecrets> _opened = new();

    /// <param name="endpoint">As the tenant's configuration has it.</param>
    public async ValueTask<OpenEndpoint> OpenAsync(ISignedEndpoint endpoint, CancellationToken cancellationToken)
    {
        if (!_opened.TryGetValue(endpoint, out var secrets))
            _opened.AddOrUpdate(
                endpoint, secrets = EndpointSecrets.Open(await vault.OpenAsync(endpoint.TenantId, cancellationToken), endpoint));
        return new OpenEndpoint(endpoint, secrets, time);
    }
}

/// <summary>An endpoint, ready to be sent to.</summary>
public sealed class OpenEndpoint(ISignedEndpoint endpoint, EndpointSecrets secrets, TimeProvider time)
{
    /// <summary>Signed as of now.</summary>
    /// <param name="id">What receivers tell repeats by.</param>
    public OutboundMessage Message(string id, byte[] body, string contentType)
    {
        var now = time.GetUtcNow();
        List<KeyValuePair<string, string>> headers =
        [
            .. WebhookSignature.Headers(id, now, body, secrets.Valid(endpoint, now)),
            .. secrets.Headers.Where(header => CustomHeaders.MaySet(header.Key)),
        ];
        return new OutboundMessage(
            endpoint.Lane.Value, new Uri(endpoint.Url), body, contentType, headers, secrets.All(), secrets.Certificate);
    }
}
