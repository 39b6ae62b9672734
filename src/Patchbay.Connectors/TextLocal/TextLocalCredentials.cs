using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.TextLocal;

/// <summary>Reads the balance, which changes nothing.</summary>
/// <remarks>
/// British accounts that were moved to Webex Interact know no other command than the one that sends: they say so, and that is not about the
/// key. Its first message tells. Source: https://help.webexinteract.com/en/articles/273782.
/// </remarks>
[Provider("textlocal")]
internal sealed class TextLocalCredentials(ProviderHttp http) : IVerifyCredentials
{
    public async Task<Result<AccountInfo, ProviderFailure>> VerifyCredentialsAsync(
        Connection connection, CancellationToken cancellationToken)
    {
        using var message = TextLocalMessage.Create("balance/", connection, []);
        var reply = await http.SendAsync(message, TextLocalFailures.Classify, cancellationToken);
        var balance = reply.Then(TextLocalFailures.Read);
        return balance.IsSuccess || TextLocalMessage.IsBritish(connection) && IsNotThere(balance.Error)
            ? new AccountInfo(null)
            : balance.Error;
    }

    private static bool IsNotThere(ProviderFailure failure) => failure is { HttpStatus: 404 } or { Code: "2" };
}
