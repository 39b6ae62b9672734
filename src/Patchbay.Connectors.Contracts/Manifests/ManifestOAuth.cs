namespace Patchbay.Connectors.Contracts;

/// <summary>What access tokens are made of.</summary>
public enum OAuthFlow
{
    /// <summary>Of <c>client_id</c> and <c>client_secret</c>.</summary>
    ClientCredentials,

    /// <summary>
    /// Of a refresh token, with <c>client_id</c> and <c>client_secret</c>: entered as <c>refresh_token</c>, or given when a person connects
    /// the integration on the provider's page.
    /// </summary>
    RefreshToken,

    /// <summary>Of a JWT signed (RS256) with <c>private_key</c> by <c>client_email</c>, for <c>subject</c> if there is one.</summary>
    ServiceAccount,

    /// <summary>As <see cref="IRequestTokens"/> says: the provider has a way of its own, which may be no OAuth at all.</summary>
    Own,
}

/// <summary>How the client proves itself to the token endpoint.</summary>
public enum OAuthClient
{
    /// <summary>HTTP Basic with id and secret.</summary>
    Basic,

    /// <summary>Id and secret in the form.</summary>
    Body,
}

/// <summary>
/// The access tokens that a provider's API is called with, by OAuth 2 or in a way of its own. The credentials have the fields that
/// <see cref="OAuthFlow"/> names.
/// </summary>
/// <param name="TokenUrl">Where operators point the provider elsewhere, its path is used there.</param>
/// <param name="AuthorizeUrl">The page on which a person connects an integration; null when there is none.</param>
/// <param name="Scopes">Asked for; may be empty.</param>
/// <param name="Pkce">Whether connecting is protected by a code challenge (S256).</param>
public sealed record ManifestOAuth(
    OAuthFlow Flow, Uri TokenUrl, Uri? AuthorizeUrl, IReadOnlyList<string> Scopes, bool Pkce, OAuthClient Client)
{
    /// <summary>In sandbox mode, where that has another path than the live one; null: it has not.</summary>
    public Uri? SandboxTokenUrl { get; init; }

    /// <summary>Of the Authorization header that tokens are sent in.</summary>
    public string Scheme { get; init; } = "Bearer";
}
