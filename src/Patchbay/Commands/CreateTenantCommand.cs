using System.CommandLine;
using Patchbay.Hosting;
using Patchbay.Platform.Onboarding;
using Patchbay.Platform.Tenants;
using Patchbay.Platform.Vault;
using Patchbay.Storage;

namespace Patchbay.Commands;

/// <summary><c>tenants create</c>.</summary>
internal sealed class CreateTenantCommand : Verb
{
    private readonly Argument<string> _name = new("NAME") { Description = "1 to 100 characters; no other tenant may have it." };

    public CreateTenantCommand()
        : base(
            "create", "Create a tenant. It has no key yet; see keys create.",
            "patchbay tenants create acme", "patchbay tenants create acme --json", "patchbay tenants create acme --shard east")
    {
        Arguments.Add(_name);
        Options.Add(CommonOptions.Shard);
        Options.Add(CommonOptions.Json);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var hub = HubCores.Open(parsed);
        var name = parsed.GetRequiredValue(_name);
        var home = hub.Find(parsed.GetValue(CommonOptions.Shard));
        await home.Hub.Get<Migrator>().MigrateAsync(cancellationToken);
        foreach (var other in hub.All.Where(shard => shard != home))
        {
            await other.Hub.Get<Migrator>().MigrateAsync(cancellationToken);
            if (await other.Hub.Get<Database>().FindAsync(
                "SELECT * FROM tenants WHERE name = @name", new { name }, TenantTable.Instance.Read, cancellationToken) is not null)
                throw new RefusedException(TenantErrors.Exists.With(
                    $"There is a tenant of this name already, on shard {other.Name}; choose another."));
        }

        await hub.Main.Get<MasterKeyProof>().EnsureAsync(cancellationToken);   // the first key of a hub is made for its main shard
        var created = await home.Hub.Get<TenantCreation>().CreateAsync(name, cancellationToken);
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
