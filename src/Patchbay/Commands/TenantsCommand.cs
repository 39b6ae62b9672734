namespace Patchbay.Commands;

/// <summary>Tenants: the companies that use the hub.</summary>
internal sealed class TenantsCommand : Verb
{
    public TenantsCommand()
        : base(
            "tenants", "Create and list tenants, the companies that use the hub; move them between shards.",
            "patchbay tenants create acme", "patchbay tenants list", "patchbay tenants move --tenant acme --to east")
    {
        Subcommands.Add(new CreateTenantCommand());
        Subcommands.Add(new ListTenantsCommand());
        Subcommands.Add(new MoveTenantCommand());
    }
}
