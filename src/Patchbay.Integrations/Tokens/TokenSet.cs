using System.Text.Json;
using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Api;
using Patchbay.Platform.Vault;

namespace Patchbay.Integrations.Tokens;

/// <summary>What a token endpoint gave.</summary>
/// <param name="Access">The access token.</param>
/// <param name="Refresh">What the next one is made of; null when that is not a refresh token.</param>
/// <param name="ExpiresAt">Of the access token; null when it does not say.</param>
/// <param name="RefreshExpiresAt">Of the refresh token; null when it does not say, or there is none.</param>
/// <param name="MadeWith">See <see cref="TokenSource.MadeWith"/>.</param>
public sealed record TokenSet(
    string Access, string? Refresh, DateTimeOffset? ExpiresAt, DateTimeOffset? RefreshExpiresAt, string MadeWith)
{
    /// <summary>Before a token ends it is not used any more.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(60);

    /// <summary>Whether it can be sent along.</summary>
    /// <param name="refused">One that the provider did not take.</param>
    public bool Serves(TokenSource source, Secret? refused, DateTimeOffset now) =>
        MadeWith == source.MadeWith && !(ExpiresAt - Early <= now) && Access != refused?.Reveal();

    public byte[] Seal(TenantCipher cipher, TokenSource source) =>
        cipher.Seal(Purpose(source), JsonSerializer.SerializeToUtf8Bytes(this, HubJson.Stored));

    public static TokenSet Open(TenantCipher cipher, TokenSource source, byte[] sealedBytes) =>
        JsonSerializer.Deserialize<TokenSet>(cipher.Open(Purpose(source), sealedBytes), HubJson.Stored)!;

    private static string Purpose(TokenSource source) => "tokens:" + source.Integration;
}
