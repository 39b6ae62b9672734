using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Messages;

namespace Patchbay.Sandbox.Plivo;

/// <summary>One Plivo account or sub-account.</summary>
internal sealed class PlivoAccount(string authId, Secret authToken)
{
    private volatile Secret _authToken = authToken;

    public string AuthId { get; } = authId;

    /// <summary>Signs the callbacks: the token last used.</summary>
    public Secret AuthToken
    {
        get => _authToken;
        set => _authToken = value;
    }

    public MessageBook Messages { get; } = new();
}

/// <summary>Every account seen so far. Any well-formed credentials are accepted.</summary>
internal sealed partial class PlivoAccounts
{
    private readonly ConcurrentDictionary<string, PlivoAccount> _accounts = new(StringComparer.Ordinal);

    /// <summary>The account of the path when these credentials open it, else null.</summary>
    public PlivoAccount? Open(string authId, Credentials? credentials)
    {
        if (credentials is null || credentials.User != authId || Credentials.IsWrong(credentials.Password) || !AuthId().IsMatch(authId))
            return null;
        var account = _accounts.GetOrAdd(authId, static (id, token) => new PlivoAccount(id, new Secret(token)), credentials.Password);
        if (account.AuthToken.Reveal() != credentials.Password)
            account.AuthToken = new Secret(credentials.Password);
        return account;
    }

    [GeneratedRegex("^(MA|SA)[A-Z0-9]{18}$")]
    private static partial Regex AuthId();
}
