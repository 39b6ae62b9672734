using System.Net;
using System.Net.Http.Json;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.BridgerPay;

/// <summary>A login with the API user's name and password, good for two hours.</summary>
/// <remarks>Source: https://docs.bridgerpay.com (API v2, login).</remarks>
[Provider("bridgerpay")]
internal sealed class BridgerPayTokens : IRequestTokens
{
    public HttpRequestMessage TokenRequest(Uri url, Connection connection) => new(HttpMethod.Post, url)
    {
        Content = JsonContent.Create(
            new BridgerPayLogin(connection.Value("user_name"), connection.Secret("password").Reveal()),
            BridgerPayJson.Default.BridgerPayLogin),
    };

    /// <summary>403 with <c>login_failue</c>, in BridgerPay's spelling, is a wrong name or password.</summary>
    public Result<AccessToken, ProviderFailure> ReadToken(ProviderReply reply) => reply.IsSuccess
        ? BridgerPayMessage.Read(reply, BridgerPayJson.Default.BridgerPayEntrance).Map(entrance => new AccessToken(
            new Secret(entrance.AccessToken.Token), reply.ReceivedAt + Lifetime(entrance.AccessToken.ExpiresIn)))
        : reply.Status == HttpStatusCode.Forbidden ? BridgerPayFailures.WrongLogin
        : BridgerPayFailures.Classify(reply) with { Cause = FailureCause.Authentication };

    /// <summary>Null when it does not say.</summary>
    private static TimeSpan? Lifetime(int? seconds) => seconds > 0 ? TimeSpan.FromSeconds(seconds.Value) : null;
}
