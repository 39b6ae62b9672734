using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Twilio;

/// <summary>Reads the account, which must be active, and tries the API key when there is one.</summary>
/// <remarks>Source: https://www.twilio.com/docs/iam/api/account.</remarks>
[Provider("twilio")]
internal sealed class TwilioCredentials(ProviderHttp http) : IVerifyCredentials
{
    public async Task<Result<AccountInfo, ProviderFailure>> VerifyCredentialsAsync(
        Connection connection, CancellationToken cancellationToken)
    {
        // The auth token has to be right even beside an API key: the signatures of callbacks are checked with it.
        using var message = TwilioMessage.CreateWithToken(HttpMethod.Get, TwilioMessage.AccountPath(connection), connection);
        var account = await http.SendAsync(message, TwilioJson.Default.TwilioAccount, TwilioFailures.Classify, cancellationToken);
        var active = account.Then(read => Active(read, connection));
        return active.IsSuccess && TwilioMessage.HasApiKey(connection)
            ? await TryApiKeyAsync(active.Value, connection, cancellationToken)
            : active;
    }

    private async Task<Result<AccountInfo, ProviderFailure>> TryApiKeyAsync(
        AccountInfo account, Connection connection, CancellationToken cancellationToken)
    {
        using var message = TwilioMessage.Create(HttpMethod.Get, TwilioMessage.Path(connection, "Messages.json?PageSize=1"), connection);
        var list = await http.SendAsync(message, TwilioJson.Default.TwilioMessageList, TwilioFailures.Classify, cancellationToken);
        return list.Map(_ => account);
    }

    private static Result<AccountInfo, ProviderFailure> Active(TwilioAccount account, Connection connection) => account.Status switch
    {
        "active" => new AccountInfo(account.FriendlyName ?? connection.Value("account_sid")),
        "suspended" or "closed" => ProviderFailure.Rejected(
            FailureCause.Account, "account_" + account.Status,
            $"The Twilio account is {account.Status}. Ask Twilio to reopen it, or enter another account."),
        _ => ProviderFailure.Unreadable($"Twilio answered the unknown account status '{account.Status}'."),
    };
}
