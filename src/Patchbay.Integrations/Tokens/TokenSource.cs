using System.Security.Cryptography;
using System.Text;
using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Deliveries;
using Patchbay.Storage;

namespace Patchbay.Integrations.Tokens;

/// <summary>Whose access tokens, and what they are made of.</summary>
/// <param name="Own">How the provider is asked where it has a way of its own; else null.</param>
public sealed record TokenSource(
    TenantId Tenant, IntegrationId Integration, ManifestOAuth OAuth, Uri TokenUrl, Connection Connection, IRequestTokens? Own = null)
{
    /// <summary>What stays the same when a client's secret is changed: refresh tokens descend from it.</summary>
    public string Origin { get; } = OAuth.Flow == OAuthFlow.Own ? Hash([TokenUrl.ToString(), .. Everything(Connection)]) : Hash(
        TokenUrl.ToString(), Connection.FindValue("client_id"), Connection.FindValue("client_email"), Connection.FindValue("subject"),
        Connection.FindSecret("refresh_token")?.Reveal());

    /// <summary>What an access token was made with beside that; one that was made with something else is not used.</summary>
    public string MadeWith { get; } = Hash(
        Connection.FindSecret("client_secret")?.Reveal(), Connection.FindSecret("private_key")?.Reveal(), string.Join(' ', OAuth.Scopes));

    /// <summary>Which credentials a way of its own takes is not known here: none is tried with the token of others.</summary>
    private static IEnumerable<string> Everything(Connection connection) => connection.Credentials
        .Concat(connection.Secrets.Select(secret => KeyValuePair.Create(secret.Key, secret.Value.Reveal())))
        .OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => $"{field.Key}={field.Value}");

    private static string Hash(params string?[] parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))));
}
