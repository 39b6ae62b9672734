using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.WiPay;

/// <summary>Reads one transaction where there is a WAPI key. Without it nothing can be checked before a customer has paid.</summary>
/// <remarks>Source: https://docs.wipayfinancial.com (WAPI 2.0.2): 401 for a wrong key, 403 for one that may not read.</remarks>
[Provider("wipay")]
internal sealed class WiPayCredentials(ProviderHttp http) : IVerifyCredentials
{
    public async Task<Result<AccountInfo, ProviderFailure>> VerifyCredentialsAsync(
        Connection connection, CancellationToken cancellationToken)
    {
        if (!WiPayHash.ApiKeys(connection).Any())
            return WiPayFailures.NoApiKey;
        var account = $"{connection.Value("account_number")} ({connection.Value("country_code")})";
        if (connection.FindSecret(WiPayMessage.WapiKey) is null)
            return new AccountInfo(account + ", not proven yet");
        return (await http.ListAsync(connection, cancellationToken, 1)).Map(_ => new AccountInfo(account));
    }
}
