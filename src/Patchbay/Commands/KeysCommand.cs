namespace Patchbay.Commands;

/// <summary>API keys, and the master key under which credentials are encrypted.</summary>
internal sealed class KeysCommand : Verb
{
    public KeysCommand()
        : base(
            "keys",
            "Create, list and revoke API keys; rotate the master key.",
            "patchbay keys create --tenant acme --permissions '*'",
            "patchbay keys list --tenant acme",
            "patchbay keys rotate-master")
    {
        Subcommands.Add(new CreateKeyCommand());
        Subcommands.Add(new ListKeysCommand());
        Subcommands.Add(new RevokeKeyCommand());
        Subcommands.Add(new RotateMasterCommand());
    }
}
