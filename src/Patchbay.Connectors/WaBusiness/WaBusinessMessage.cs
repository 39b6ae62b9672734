using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.WaBusiness;

/// <summary>Makes requests as the Graph API wants them: the token in the header, and what proves the app secret in the query.</summary>
/// <remarks>
/// The proof is what an app may demand of every call. It also finds out a wrong secret, without which no webhook would be genuine.
/// Source: https://developers.facebook.com/docs/graph-api/guides/secure-requests.
/// </remarks>
internal static class WaBusinessMessage
{
    private const string Version = "v23.0";

    /// <param name="below">What follows the number's id in the path; empty for the number itself.</param>
    /// <param name="query">Begins with an ampersand; empty for none.</param>
    public static HttpRequestMessage Create(HttpMethod method, Connection connection, string below = "", string query = "")
    {
        var token = connection.Secret("access_token");
        var proof = Proof(connection.Secret("app_secret"), token);
        return new(method, $"{Version}/{connection.Value("phone_number_id")}{below}?appsecret_proof={proof}{query}")
        {
            Headers = { Authorization = new("Bearer", token.Reveal()) },
        };
    }

    public static string Proof(Secret appSecret, Secret token) =>
        Convert.ToHexStringLower(Signatures.HmacSha256(appSecret, token.Reveal()));
}
