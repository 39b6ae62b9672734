using System.Data.Common;

namespace Patchbay.Storage;

/// <summary>
/// Brings a database up to date, one process at a time. What was applied is recorded by name and hash; a changed file is refused.
/// </summary>
public sealed class Migrator(Database database, IReadOnlyList<Migration> migrations, TimeProvider time)
{
    /// <summary>Applies what is missing and returns its names in order.</summary>
    /// <exception cref="MigrationException">
    /// A migration that was applied before has changed, or the database is newer than this program.
    /// </exception>
    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken)
    {
        await using var locking = await database.ConnectAsync(cancellationToken);
        await using var held = await database.LockForMigrationAsync(locking, cancellationToken);
        await using var write = await database.BeginWriteAsync(cancellationToken);
        await database.ExecuteAsync(
            write,
            "CREATE TABLE IF NOT EXISTS schema_migrations (name text PRIMARY KEY, hash text NOT NULL, applied_at timestamptz NOT NULL)",
            new { }, cancellationToken);
        var applied = (await database.QueryAsync(
            write, "SELECT name, hash FROM schema_migrations", new { },
            row => (Name: row.Text("name"), Hash: row.Text("hash")), cancellationToken))
            .ToDictionary(row => row.Name, row => row.Hash, StringComparer.Ordinal);
        Refuse(applied);

        var missing = migrations.Where(migration => !applied.ContainsKey(migration.Name)).ToList();
        foreach (var migration in missing)
        {
            try
            {
                await database.ExecuteUnhurriedAsync(write, migration.Sql, new { }, cancellationToken);
            }
            catch (DbException exception)
            {
                throw new MigrationException($"Migration {migration.Name} failed: {exception.Message}", exception);
            }

            await database.ExecuteAsync(
                write, "INSERT INTO schema_migrations (name, hash, applied_at) VALUES (@Name, @Hash, @AppliedAt)",
                new { migration.Name, migration.Hash, AppliedAt = time.GetUtcNow() }, cancellationToken);
        }

        await write.CommitAsync(cancellationToken);
        return missing.Select(migration => migration.Name).ToList();
    }

    private void Refuse(Dictionary<string, string> applied)
    {
        var known = migrations.ToDictionary(migration => migration.Name, migration => migration.Hash, StringComparer.Ordinal);
        foreach (var (name, hash) in applied)
        {
            if (!known.TryGetValue(name, out var expected))
            {
                throw new MigrationException(
                    $"The database has migration {name}, which this version does not know: it is newer than this program.");
            }

            if (expected != hash)
            {
                throw new MigrationException(
                    $"Migration {name} was changed after it was applied. Restore the file; put changes into a new one.");
            }
        }
    }
}
