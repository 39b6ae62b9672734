using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.PhonePe;

/// <summary>Access tokens by client id, version and secret. They tell when they end, not how long they hold.</summary>
/// <remarks>Source: https://developer.phonepe.com/payment-gateway (authorization).</remarks>
[Provider("phonepe")]
internal sealed class PhonePeTokens : IRequestTokens
{
    /// <summary>PhonePe wants them renewed five minutes before they end; the hub does so one before.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(4);

    public HttpRequestMessage TokenRequest(Uri url, Connection connection) => new(HttpMethod.Post, url)
    {
        Content = new FormUrlEncodedContent(
        [
            KeyValuePair.Create("client_id", connection.Value("client_id")),
            KeyValuePair.Create("client_version", connection.Value("client_version")),
            KeyValuePair.Create("client_secret", connection.Secret("client_secret").Reveal()),
            KeyValuePair.Create("grant_type", "client_credentials"),
        ]),
    };

    /// <summary>Wrong keys are refused with 400.</summary>
    public Result<AccessToken, ProviderFailure> ReadToken(ProviderReply reply) => reply.IsSuccess
        ? ProviderHttp.Read(reply, PhonePeTokenJson.Default.PhonePeToken).Map(token => new AccessToken(
            new Secret(token.AccessToken), DateTimeOffset.FromUnixTimeSeconds(token.ExpiresAt) - Early))
        : PhonePeFailures.Classify(reply) with { Cause = FailureCause.Authentication };
}
