using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Plivo;

/// <summary>Reads the account, which changes nothing.</summary>
/// <remarks>Source: https://docs.plivo.com/docs/account/api/account.</remarks>
[Provider("plivo")]
internal sealed class PlivoCredentials(ProviderHttp http) : IVerifyCredentials
{
    public async Task<Result<AccountInfo, ProviderFailure>> VerifyCredentialsAsync(
        Connection connection, CancellationToken cancellationToken)
    {
        using var message = PlivoMessage.Create(HttpMethod.Get, "", connection);
        var account = await http.SendAsync(message, PlivoJson.Default.PlivoAccount, PlivoFailures.Classify, cancellationToken);
        return account.Map(read => new AccountInfo(read.Name is { Length: > 0 } name ? name : connection.Value("auth_id")));
    }
}
