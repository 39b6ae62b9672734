using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Tests.Contracts;

/// <summary>Gets access tokens from a double by the client's credentials, or as the connector says, as the hub does.</summary>
/// <param name="own">The connector's way; null: by the client's credentials.</param>
internal sealed class DoublesTokens(HttpClient client, Uri url, ManifestOAuth oauth, IRequestTokens? own, Connection connection)
    : IAccessTokens
{
    public string Scheme => oauth.Scheme;

    public async Task<Result<Secret, ProviderFailure>> GetAsync(Secret? refused, CancellationToken cancellationToken)
    {
        using var request = own?.TokenRequest(url, connection) ?? new HttpRequestMessage(HttpMethod.Post, url)
        {
            Headers = { Authorization = BasicAuthentication.Of(connection.Value("client_id"), connection.Secret("client_secret")) },
            Content = new FormUrlEncodedContent([KeyValuePair.Create("grant_type", "client_credentials")]),
        };
        using var answer = await client.SendAsync(request, cancellationToken);
        var reply = new ProviderReply(
            answer.StatusCode, answer.Headers, await answer.Content.ReadAsByteArrayAsync(cancellationToken), TimeProvider.System.GetUtcNow());
        return own is null ? Read(reply) : own.ReadToken(reply).Map(token => token.Value);
    }

    private static Result<Secret, ProviderFailure> Read(ProviderReply reply)
    {
        var body = JsonNode.Parse(reply.Body.Span)!;
        return reply.IsSuccess
            ? new Secret(body["access_token"]!.GetValue<string>())
            : ProviderFailure.Rejected(FailureCause.Authentication, body["error"]!.GetValue<string>(), "No token.");
    }
}
