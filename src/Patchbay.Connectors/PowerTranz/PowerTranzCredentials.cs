using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.PowerTranz;

/// <summary>Asks for a transaction that there is not: only who is known is told so. Nothing changes.</summary>
/// <remarks>Source: https://developer.powertranz.com. The answer is unconfirmed: what does not name the credentials is good.</remarks>
[Provider("powertranz")]
internal sealed class PowerTranzCredentials(ProviderHttp http) : IVerifyCredentials
{
    public async Task<Result<AccountInfo, ProviderFailure>> VerifyCredentialsAsync(
        Connection connection, CancellationToken cancellationToken)
    {
        var nobodys = PowerTranzRequests.GuidOf("credentials of " + connection.IntegrationId);
        var found = await http.FindAsync(nobodys, connection, cancellationToken);
        var failure = found.Error ?? (found.Value?.IsoResponseCode == "89" ? PowerTranzFailures.Of(found.Value) : null);
        return failure is null or { Outcome: FailureOutcome.Rejected, Cause: not FailureCause.Authentication }
            ? new AccountInfo($"{connection.Value("powertranz_id")} ({connection.Value("currency")})") : failure;
    }
}
