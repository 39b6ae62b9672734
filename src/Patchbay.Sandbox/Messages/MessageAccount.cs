using Patchbay.Connectors.Contracts;

namespace Patchbay.Sandbox.Messages;

/// <summary>One account at a vendor of messages.</summary>
public sealed class MessageAccount(string id)
{
    private volatile Secret? _secret;

    public string Id { get; } = id;

    /// <summary>Signs the callbacks: the one last used or made known; null while there was none.</summary>
    public Secret? Secret
    {
        get => _secret;
        set => _secret = value;
    }

    public MessageBook Messages { get; } = new();
}
