namespace Patchbay.Integrations.Connect;

/// <summary>Where a person connects an integration.</summary>
/// <param name="AuthorizeUrl">The provider's page, to be opened in the person's browser; it leads back to this hub.</param>
/// <param name="ExpiresAt">Until then, and once.</param>
/// <example>{"authorize_url":"https://provider.example/authorize?response_type=code","expires_at":"2026-11-21T14:13:00.000Z"}</example>
public sealed record ConnectView(string AuthorizeUrl, DateTimeOffset ExpiresAt);
