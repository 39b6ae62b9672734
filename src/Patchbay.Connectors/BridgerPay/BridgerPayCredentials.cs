using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.BridgerPay;

/// <summary>Logs in, and reads which providers pay out: a wrong API key is refused with 401.</summary>
[Provider("bridgerpay")]
internal sealed class BridgerPayCredentials(ProviderHttp http) : IVerifyCredentials
{
    public async Task<Result<AccountInfo, ProviderFailure>> VerifyCredentialsAsync(
        Connection connection, CancellationToken cancellationToken)
    {
        var read = await http.AskAsync(
            Metadata(connection.CountryOr(null) ?? "JM", "USD", connection), BridgerPayJson.Default.BridgerPayProviders, cancellationToken);
        return read.Error is { } failure && !(failure is { Cause: FailureCause.Request or FailureCause.Account, HttpStatus: not null })
            ? failure : new AccountInfo(connection.Value("user_name"));
    }

    /// <summary>Who pays out in a country and a currency, and what they ask for.</summary>
    public static HttpRequestMessage Metadata(string country, string currency, Connection connection) =>
        BridgerPayMessage.Get($"v2/{connection.Key()}/payouts/metadata?country={country}&currency={currency}");
}
