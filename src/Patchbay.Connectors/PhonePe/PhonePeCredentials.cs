using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.PhonePe;

/// <summary>Gets an access token, and asks for an order that cannot be there: whoever may ask is told so.</summary>
[Provider("phonepe")]
internal sealed class PhonePeCredentials(ProviderHttp http) : IVerifyCredentials
{
    public async Task<Result<AccountInfo, ProviderFailure>> VerifyCredentialsAsync(
        Connection connection, CancellationToken cancellationToken)
    {
        using var message = PhonePeMessage.Status("verify_" + connection.IntegrationId, connection);
        var reply = await http.SendAsync(message, PhonePeFailures.Classify, cancellationToken);
        return reply.Error is { } error && !IsAnswered(error, connection.Mode) ? error : new AccountInfo(connection.Value("client_id"));
    }

    /// <summary>PhonePe's sandbox says 500, with a code, as long as nobody has set up its simulator.</summary>
    private static bool IsAnswered(ProviderFailure failure, IntegrationMode mode) =>
        failure is { Cause: FailureCause.Request, HttpStatus: not null }
        || failure is { HttpStatus: 500, Code: not "http_500" } && mode == IntegrationMode.Sandbox;
}
