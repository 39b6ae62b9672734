using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Vonage;

/// <summary>Reads the balance, which changes nothing.</summary>
/// <remarks>
/// The API's description has key and secret in the query, where logs would keep them; Vonage's own libraries send them as HTTP Basic.
/// Sources: https://developer.vonage.com/en/api/account, @vonage/accounts 1.23.
/// </remarks>
[Provider("vonage")]
internal sealed class VonageCredentials(ProviderHttp http) : IVerifyCredentials
{
    private const string Balance = "https://rest.nexmo.com/account/get-balance";

    public async Task<Result<AccountInfo, ProviderFailure>> VerifyCredentialsAsync(
        Connection connection, CancellationToken cancellationToken)
    {
        using var message = VonageMessage.Create(HttpMethod.Get, Balance, connection);
        var balance = await http.SendAsync(message, VonageJson.Default.VonageBalance, VonageFailures.Classify, cancellationToken);
        return balance.Map(_ => new AccountInfo(connection.Value("api_key")));
    }
}
