using System.Security.Cryptography;
using System.Text;
using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Deliveries;
using Patchbay.Storage;

namespace Patchbay.Integrations.Tokens;

/// <summary>Whose access tokens, and what they are made of.</summary>
public sealed record TokenSource(TenantId Tenant, IntegrationId Integration, ManifestOAuth OAuth, Uri TokenUrl, Connection Connection)
{
    /// <summary>What stays the same when a client's secret is changed: refresh tokens descend from it.</summary>
    public string Origin { get; } = Hash(
        TokenUrl.ToString(), Connection.FindValue("client_id"), Connection.FindValue("client_email"), Connection.FindValue("subject"),
        Connection.FindSecret("refresh_token")?.Reveal());

    /// <summary>What an access token was made with beside that; one that was made with something else is not used.</summary>
    public string MadeWith { get; } = Hash(
        Connection.FindSecret("client_secret")?.Reveal(), Connection.FindSecret("private_key")?.Reveal(), string.Join(' ', OAuth.Scopes));

    private static string Hash(params string?[] parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))));
}
