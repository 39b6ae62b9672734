namespace Patchbay.Commands;

internal sealed class KeysCommand : Verb
{
    public KeysCommand()
        : base("keys", "todo")
    {
    }
}
