using System.CommandLine;
using Patchbay.Hosting;
using Patchbay.Platform.Retention;
using Patchbay.Server.Shards.Moving;
using Patchbay.Storage;

namespace Patchbay.Commands;

/// <summary>Brings the schema up to date. Serving does it too; this is for those who do it before they roll out.</summary>
internal sealed class MigrateCommand : Verb
{
    public MigrateCommand()
        : base(
            "migrate",
            "Bring the database schema up to date, on all shards. Safe to run from several processes at once, and again.",
            "PGPASSFILE=~/.pgpass patchbay migrate --database 'Host=db;Database=patchbay;Username=owner'")
    {
        Options.Add(CommonOptions.Json);
        SetAction(RunAsync);
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var hub = HubCores.Open(parsed);
        var done = new List<Migrated>();
        foreach (var (name, core) in hub.All)
        {
            var applied = await core.Get<Migrator>().MigrateAsync(cancellationToken);
            await core.Get<PartitionUpkeep>().PrepareAsync(cancellationToken);
            await TenantMover.CleanUpAsync(core.Get<Database>(), core.Get<TimeProvider>(), cancellationToken);
            done.Add(new Migrated(name, core.Get<Database>().Description, applied));
        }

        Output.Print(parsed, done.Count == 1 ? new { done[0].Database, done[0].Applied } : done, output =>
        {
            foreach (var (_, database, applied) in done)
            {
                foreach (var name in applied)
                    output.WriteLine($"applied {name}");
                output.WriteLine(applied.Count == 0
                    ? $"{database} is up to date." : $"{database} is up to date now; {applied.Count} migrations applied.");
            }
        });
        return ExitCode.Done;
    }

    private sealed record Migrated(string Shard, string Database, IReadOnlyList<string> Applied);
}
