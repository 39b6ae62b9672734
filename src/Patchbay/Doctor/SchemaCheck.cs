using System.Data.Common;
using Patchbay.Server.Composition;
using Patchbay.Storage;

namespace Patchbay.Doctor;

/// <summary>What was applied is what this version brings, byte for byte.</summary>
internal sealed class SchemaCheck(Database database) : ICheck
{
    public const string Name = "schema";

    public async IAsyncEnumerable<Finding> RunAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return await FindAsync(cancellationToken);
    }

    private async Task<Finding> FindAsync(CancellationToken cancellationToken)
    {
        var expected = Migration.Load(database.Kind, HubAssemblies.Schema)
            .ToDictionary(migration => migration.Name, migration => migration.Hash);
        Dictionary<string, string> applied;
        try
        {
            applied = (await database.QueryAsync(
                "SELECT name, hash FROM schema_migrations LIMIT 10000", new { }, row => (Name: row.Text("name"), Hash: row.Text("hash")),
                cancellationToken))
                .ToDictionary(row => row.Name, row => row.Hash);
        }
        catch (DbException)
        {
            applied = [];   // the table is made by the first migration
        }

        if (applied.Keys.FirstOrDefault(name => !expected.ContainsKey(name)) is { } unknown)
            return Finding.Fault(Name, $"has {unknown}, which this version does not know",
                "The database is newer than this program: run the version that made it, or a newer one.");
        if (applied.FirstOrDefault(pair => expected[pair.Key] != pair.Value) is { Key: { } changed })
            return Finding.Fault(Name, $"{changed} is not what was applied",
                "A migration was changed afterwards: restore the file and put changes into a new one.");
        var missing = expected.Count - applied.Count;
        return missing == 0
            ? Finding.Ok(Name, $"up to date, {applied.Count} migrations")
            : Finding.Fault(Name, $"{missing} of {expected.Count} migrations are missing", "Run patchbay migrate, or start the hub.");
    }
}
