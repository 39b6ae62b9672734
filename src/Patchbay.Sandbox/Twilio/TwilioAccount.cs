using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Messages;

namespace Patchbay.Sandbox.Twilio;

/// <summary>One Twilio account.</summary>
internal sealed class TwilioAccount(string sid)
{
    private volatile Secret? _authToken;

    public string Sid { get; } = sid;

    public bool Suspended { get; } = sid.EndsWith("dead", StringComparison.OrdinalIgnoreCase);

    /// <summary>Signs the callbacks: the token last used or registered; null while only API keys were seen.</summary>
    public Secret? AuthToken
    {
        get => _authToken;
        set => _authToken = value;
    }

    public MessageBook Messages { get; } = new();
}
