using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.SendGrid;

/// <summary>Reads what the key may do, which changes nothing.</summary>
/// <remarks>Source: https://docs.sendgrid.com/api-reference/api-key-permissions.</remarks>
[Provider("sendgrid")]
internal sealed class SendGridCredentials(ProviderHttp http) : IVerifyCredentials
{
    private const string Needed = "mail.send";

    private static readonly ProviderFailure MayNotSend = ProviderFailure.Rejected(
        FailureReason.AccountRestricted, "mail_send_missing", "The API key may not send: give it the permission Mail Send.");

    public async Task<Result<AccountInfo, ProviderFailure>> VerifyCredentialsAsync(
        Connection connection, CancellationToken cancellationToken)
    {
        using var message = SendGridMessage.Create(HttpMethod.Get, "v3/scopes", connection);
        var scopes = await http.SendAsync(message, SendGridJson.Default.SendGridScopes, SendGridFailures.Classify, cancellationToken);
        return scopes.Then(may => may.Scopes.Contains(Needed)
            ? new AccountInfo(connection.Value("from_email")) : (Result<AccountInfo, ProviderFailure>)MayNotSend);
    }
}
