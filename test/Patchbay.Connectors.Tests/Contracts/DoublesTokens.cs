using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Tests.Contracts;

/// <summary>Gets access tokens from a double by the client's credentials, as the hub does.</summary>
internal sealed class DoublesTokens(HttpClient client, Uri url, Connection connection) : IAccessTokens
{
    public async Task<Result<Secret, ProviderFailure>> GetAsync(Secret? refused, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Headers = { Authorization = BasicAuthentication.Of(connection.Value("client_id"), connection.Secret("client_secret")) },
            Content = new FormUrlEncodedContent([KeyValuePair.Create("grant_type", "client_credentials")]),
        };
        using var answer = await client.SendAsync(request, cancellationToken);
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken))!;
        return answer.IsSuccessStatusCode
            ? new Secret(body["access_token"]!.GetValue<string>())
            : ProviderFailure.Rejected(FailureCause.Authentication, body["error"]!.GetValue<string>(), "No token.");
    }
}
