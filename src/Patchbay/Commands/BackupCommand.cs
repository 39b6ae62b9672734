using System.CommandLine;
using Patchbay.Hosting;
using Patchbay.Storage;

namespace Patchbay.Commands;

/// <summary>Copies the SQLite database while the hub serves it.</summary>
internal sealed class BackupCommand : Verb
{
    private readonly Option<string> _to =
        new("--to") { Description = "The file to write. It must not exist.", HelpName = "FILE", Required = true };

    public BackupCommand()
        : base(
            "backup",
            "Copy the SQLite database as it is now, while the hub serves it, and check the copy. The master key is not in it: back that up "
            + "apart. "
            + "PostgreSQL has its own tools: pg_dump, pg_basebackup.",
            "patchbay backup --to /backup/patchbay-$(date +%F).db",
            "patchbay backup --data /var/lib/patchbay --to /backup/patchbay.db --json")
    {
        Options.Add(_to);
        Options.Add(CommonOptions.Json);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var cores = HubCores.OpenExisting(parsed);
        var hub = cores.Main;
        if (!hub.Options.Database.StartsWith("sqlite:", StringComparison.OrdinalIgnoreCase))
        {
            throw new BackupException(
                "This copies SQLite files. Back up PostgreSQL with its own tools: pg_dump --format=custom for a copy of this moment, "
                + "pg_basebackup and archived WAL "
                + "to get back to any moment. See docs/operations.md.");
        }

        var file = Path.GetFullPath(parsed.GetRequiredValue(_to));
        var bytes = await SqliteBackup.RunAsync((SqliteDatabase)hub.Get<Database>(), file, cancellationToken);
        var key = hub.Options.MasterKey is null ? Path.GetFullPath(hub.Options.MasterKeyFile) : "the setting Patchbay:MasterKey";
        Output.Print(parsed, new { file, bytes, masterKey = key }, output =>
        {
            output.WriteLine($"{file}: {bytes} bytes, whole.");
            output.WriteLine($"Without the master key the credentials in it cannot be read. Back up {key} too, and keep it elsewhere.");
        });
        return ExitCode.Done;
    }
}
