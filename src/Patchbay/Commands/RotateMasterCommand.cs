using System.CommandLine;
using Patchbay.Hosting;
using Patchbay.Platform.Vault;
using Patchbay.Storage;

namespace Patchbay.Commands;

/// <summary><c>keys rotate-master</c>.</summary>
internal sealed class RotateMasterCommand : Verb
{
    private readonly Option<bool> _rewrapOnly = new("--rewrap-only")
    {
        Description =
            "Add no key: only wrap the tenants' data keys again under the newest one. For keys from the setting Patchbay:MasterKey, after "
                + "appending one there.",
    };

    public RotateMasterCommand()
        : base(
            "rotate-master",
            "Add a master key to the key file and wrap the tenants' data keys again under it. Safe while the hub runs, and again after an "
                + "interruption.",
            "patchbay keys rotate-master",
            "patchbay keys rotate-master --rewrap-only")
    {
        Options.Add(_rewrapOnly);
        Options.Add(CommonOptions.Json);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var hub = HubCores.OpenExisting(parsed);
        foreach (var shard in hub.All)
            await shard.Hub.Get<Migrator>().MigrateAsync(cancellationToken);
        await hub.Main.Get<MasterKeyProof>().EnsureAsync(cancellationToken);
        var keys = hub.Main.Get<MasterKeys>();
        var version = parsed.GetValue(_rewrapOnly) ? keys.CurrentVersion : keys.AddVersion();
        var rewrapped = 0;
        foreach (var shard in hub.All)   // the others read the key file when they are first asked, which is now
            rewrapped += await shard.Hub.Get<RewrapKeys>().RunAsync(cancellationToken);
        var file = hub.Main.Options.MasterKey is null ? Path.GetFullPath(hub.Main.Options.MasterKeyFile) : null;
        Output.Print(parsed, new { version, rewrapped, file }, output =>
        {
            output.WriteLine($"Master key version {version} is in use; {rewrapped} data keys were wrapped again.");
            output.WriteLine(file is null
                ? "Keep the older versions in the setting until backups made with them are gone."
                : $"Back up {file} now. Keep its older lines: backups of the database need them.");
        });
        return ExitCode.Done;
    }
}
