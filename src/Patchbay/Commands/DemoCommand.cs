namespace Patchbay.Commands;

internal sealed class DemoCommand : Verb
{
    public DemoCommand()
        : base("demo", "todo")
    {
    }
}
