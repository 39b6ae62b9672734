using System.CommandLine;
using Patchbay.Hosting;
using Patchbay.Hub.Tenants;
using Patchbay.Storage;

namespace Patchbay.Commands;

/// <summary>Tenants: the companies that use the hub.</summary>
internal sealed class TenantsCommand : Verb
{
    public TenantsCommand()
        : base("tenants", "Create tenants: the companies that use the hub.", "patchbay tenants create acme") =>
        Subcommands.Add(new Create());

    private sealed class Create : Verb
    {
        private readonly Argument<string> _name = new("NAME") { Description = "1 to 100 characters; no other tenant may have it." };

        public Create()
            : base("create", "Create a tenant. It has no key yet; see keys create.", "patchbay tenants create acme", "patchbay tenants create acme --json")
        {
            Arguments.Add(_name);
            Options.Add(CommonOptions.Json);
            SetAction(RunAsync);
        }

        private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
        {
            await using var hub = HubCore.Open(parsed);
            await hub.Get<Migrator>().MigrateAsync(cancellationToken);
            var created = await hub.Get<TenantCreation>().CreateAsync(parsed.GetRequiredValue(_name), cancellationToken);
            if (!created.IsSuccess)
                throw new RefusedException(created.Error);
            var tenant = created.Value;
            Output.Print(parsed, TenantView.From(tenant), output =>
            {
                output.WriteLine($"{tenant.Id}  {tenant.Name}");
                output.WriteLine($"Give it a key: patchbay keys create --tenant {tenant.Id} --permissions '*'");
            });
            return ExitCode.Done;
        }
    }
}
