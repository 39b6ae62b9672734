using Patchbay.TestKit;

namespace Patchbay.Storage.Tests.Migrating;

/// <summary>What migrating promises, on either database.</summary>
public abstract class MigratorContract(StorageDatabases databases, string kind)
{
    private static readonly Migration First =
        new("0100_first", "CREATE TABLE first_things (id integer PRIMARY KEY); CREATE TABLE more_things (id integer PRIMARY KEY)");
    private static readonly Migration Second = new("0101_second", "INSERT INTO first_things (id) VALUES (1)");

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_six_migrators_at_once_exactly_one_applies()
    {
        await using var database = await databases.CreateAsync(kind, _ct);

        var applied = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(_ => Task.Run(() => MigrateAsync(database.OpenAgain(), First, Second))));

        Assert.Equal(["0100_first", "0101_second"], Assert.Single(applied, names => names.Count > 0));
        Assert.Equal([1], await database.Database.QueryAsync("SELECT id FROM first_things", new { }, row => row.Int("id"), _ct));
    }

    [Fact]
    public async Task Only_what_is_missing_is_applied()
    {
        await using var database = await databases.CreateAsync(kind, _ct);

        Assert.Equal(["0100_first"], await MigrateAsync(database.Database, First));
        Assert.Equal(["0101_second"], await MigrateAsync(database.Database, First, Second));
        Assert.Empty(await MigrateAsync(database.Database, First, Second));
    }

    [Fact]
    public async Task A_changed_file_is_refused_but_not_for_its_line_ends()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        var file = new Migration("0100_first", "CREATE TABLE first_things (\nid integer PRIMARY KEY)");
        await MigrateAsync(database.Database, file);

        Assert.Empty(await MigrateAsync(database.Database, file with { Sql = file.Sql.ReplaceLineEndings("\r\n") }));
        var refusal = await Assert.ThrowsAsync<MigrationException>(
            () => MigrateAsync(database.Database, new Migration(file.Name, file.Sql + " ")));
        Assert.Contains("0100_first was changed", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_newer_than_the_program_is_refused()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await MigrateAsync(database.Database, First, Second);

        var refusal = await Assert.ThrowsAsync<MigrationException>(() => MigrateAsync(database.Database, First));

        Assert.Contains("newer than this program", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_nothing_behind_and_lets_others_in()
    {
        await using var database = await databases.CreateAsync(kind, _ct);

        var failure = await Assert.ThrowsAsync<MigrationException>(
            () => MigrateAsync(
                database.Database, First, new Migration("0101_broken", "CREATE TABLE t (id integer); INSERT INTO nowhere VALUES (1)")));

        Assert.Contains("0101_broken", failure.Message, StringComparison.Ordinal);
        Assert.Equal(["0100_first", "0101_second"], await MigrateAsync(database.Database, First, Second));
    }

    // The databases of these tests come with a migration of their own, which every migrator has to know.
    private async Task<IReadOnlyList<string>> MigrateAsync(Database database, params Migration[] migrations) =>
        await new Migrator(database, [.. Migration.Load(kind, [typeof(StorageDatabases).Assembly]), .. migrations], TimeProvider.System)
            .MigrateAsync(_ct);
}

public sealed class SqliteMigratorTests(StorageDatabases databases) : MigratorContract(databases, TestDatabases.Sqlite);

public sealed class PostgreSqlMigratorTests(StorageDatabases databases) : MigratorContract(databases, TestDatabases.PostgreSql);
