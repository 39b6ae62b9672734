using Patchbay.Connectors.Contracts;

namespace Patchbay.Integrations.Tokens;

/// <summary>The access tokens of one integration, for the length of a call.</summary>
internal sealed class IntegrationTokens(AccessTokens tokens, TokenSource source) : IAccessTokens
{
    public TokenSource Source => source;

    public string Scheme => source.OAuth.Scheme;

    /// <summary>When the refresh token ends, as far as the provider has told in this call; null when it has not.</summary>
    public DateTimeOffset? RefreshExpiresAt { get; private set; }

    public async Task<Result<Secret, ProviderFailure>> GetAsync(Secret? refused, CancellationToken cancellationToken)
    {
        var token = await tokens.GetAsync(source, refused, cancellationToken);
        if (!token.IsSuccess)
            return token.Error;
        RefreshExpiresAt = token.Value.RefreshExpiresAt;
        return new Secret(token.Value.Access);
    }
}
