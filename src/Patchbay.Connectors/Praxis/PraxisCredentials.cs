using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Praxis;

/// <summary>Asks for an order that does not exist: whoever signs rightly is told so. Nothing changes.</summary>
/// <remarks>
/// Source: https://doc.praxiscashier.com/integration_docs/latest/overview/authentication. The codes are unconfirmed: only what names the
/// signature or the merchant counts as wrong credentials.
/// </remarks>
[Provider("praxis")]
internal sealed class PraxisCredentials(ProviderHttp http) : IVerifyCredentials
{
    private const string Nobodys = "patchbay-credentials-check";

    public async Task<Result<AccountInfo, ProviderFailure>> VerifyCredentialsAsync(
        Connection connection, CancellationToken cancellationToken)
    {
        var found = await http.FindOrderAsync(Nobodys, connection, cancellationToken);
        return found.Error is { } failure && !(failure is { Cause: FailureCause.Request, HttpStatus: null })
            ? failure : new AccountInfo($"{connection.Value("merchant_id")} / {connection.Value("application_key")}");
    }
}
