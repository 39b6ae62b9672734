namespace Patchbay.Commands;

internal sealed class TenantsCommand : Verb
{
    public TenantsCommand()
        : base("tenants", "todo")
    {
    }
}
