using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Twilio;

/// <summary>Every account seen so far. Any well-formed credentials are accepted.</summary>
internal sealed partial class TwilioAccounts
{
    private readonly ConcurrentDictionary<string, TwilioAccount> _accounts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The account of the path when these credentials open it, else null.</summary>
    public TwilioAccount? Open(string accountSid, Credentials? credentials)
    {
        if (credentials is null || Credentials.IsWrong(credentials.Password) || !AccountSid().IsMatch(accountSid))
            return null;
        if (ApiKeySid().IsMatch(credentials.User))
            return Account(accountSid);
        if (!credentials.User.Equals(accountSid, StringComparison.OrdinalIgnoreCase))
            return null;

        var account = Account(accountSid);
        if (account.AuthToken is not { } token || token.Reveal() != credentials.Password)
            account.AuthToken = new Secret(credentials.Password);
        return account;
    }

    /// <summary>Makes a token known that requests with an API key do not carry; false when the SID is malformed.</summary>
    public bool Register(string accountSid, string authToken)
    {
        if (!AccountSid().IsMatch(accountSid))
            return false;
        Account(accountSid).AuthToken = new Secret(authToken);
        return true;
    }

    private TwilioAccount Account(string sid) => _accounts.GetOrAdd(sid, static sid => new TwilioAccount(sid));

    [GeneratedRegex("^AC[0-9a-fA-F]{32}$")]
    private static partial Regex AccountSid();

    [GeneratedRegex("^SK[0-9a-fA-F]{32}$")]
    private static partial Regex ApiKeySid();
}
