using System.Text.Json;
using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Api;
using Patchbay.Platform.Vault;

namespace Patchbay.Hub.Affiliates;

/// <summary>What signs the batches for an endpoint; kept sealed, as JSON.</summary>
/// <param name="Previous">The secret before; null when there was none.</param>
internal sealed record AffiliateSecrets(string Signing, string? Previous)
{
    /// <summary>What signs now, the present secret first.</summary>
    public IReadOnlyList<Secret> Valid(AffiliateEndpoint endpoint, DateTimeOffset now) =>
        Previous is not null && endpoint.PreviousSecretUntil > now ? [new Secret(Signing), new Secret(Previous)] : [new Secret(Signing)];

    /// <summary>Everything that must not be seen in what is kept of an exchange.</summary>
    public IReadOnlyCollection<Secret> All() => Previous is null ? [new Secret(Signing)] : [new Secret(Signing), new Secret(Previous)];

    public byte[] Seal(TenantCipher cipher, AffiliateEndpointId id) => cipher.Seal(Purpose(id), JsonSerializer.SerializeToUtf8Bytes(this, HubJson.Stored));

    public static AffiliateSecrets Open(TenantCipher cipher, AffiliateEndpoint endpoint) =>
        JsonSerializer.Deserialize<AffiliateSecrets>(cipher.Open(Purpose(endpoint.Key.Id), endpoint.SealedSecrets), HubJson.Stored)!;

    private static string Purpose(AffiliateEndpointId id) => "affiliate:" + id;
}
