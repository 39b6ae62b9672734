using System.CommandLine;
using Patchbay.Hosting;
using Patchbay.Hub.Retention;
using Patchbay.Storage;

namespace Patchbay.Commands;

/// <summary>Brings the schema up to date. Serving does it too; this is for those who do it before they roll out.</summary>
internal sealed class MigrateCommand : Verb
{
    public MigrateCommand()
        : base(
            "migrate",
            "Bring the database schema up to date. Safe to run from several processes at once, and again.",
            "patchbay migrate --database 'Host=db;Database=patchbay;Username=owner;Password=...'")
    {
        Options.Add(CommonOptions.Json);
        SetAction(RunAsync);
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var hub = HubCore.Open(parsed);
        var applied = await hub.Get<Migrator>().MigrateAsync(cancellationToken);
        await hub.Get<PartitionUpkeep>().PrepareAsync(cancellationToken);
        var database = hub.Get<Database>().Description;
        Output.Print(parsed, new { database, applied }, output =>
        {
            foreach (var name in applied)
                output.WriteLine($"applied {name}");
            output.WriteLine(applied.Count == 0 ? $"{database} is up to date." : $"{database} is up to date now; {applied.Count} migrations applied.");
        });
        return ExitCode.Done;
    }
}
