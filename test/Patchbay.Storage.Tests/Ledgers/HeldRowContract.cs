using Patchbay.TestKit;

namespace Patchbay.Storage.Tests.Ledgers;

/// <summary>What the ledger promises about rows that work believes to know, on either database.</summary>
public abstract class HeldRowContract(StorageDatabases databases, string kind)
{
    private readonly NoteId _id = new(new IdGenerator(TimeProvider.System).NewGuid());
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_held_row_is_written_with_its_next_version()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var ledger = new Ledger(database.Database, TimeProvider.System);
        var note = new Note(_id, "a");
        await ledger.CommitAsync(Insert(note), _ct);

        var first = await ledger.CommitAsync(Append(note, "b"), _ct);
        var second = await ledger.CommitAsync(Append(first!, "c"), _ct);

        Assert.Equal(new Note(_id, "abc", 2), second);
        Assert.Equal(second, await ReadAsync(database.Database));
    }

    [Fact]
    public async Task A_held_row_is_not_read_as_long_as_nobody_else_changed_it()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var ledger = new Ledger(database.Database, TimeProvider.System);
        await ledger.CommitAsync(Insert(new Note(_id, "in the database")), _ct);
        var seen = new List<string?>();

        await ledger.CommitAsync(Append(new Note(_id, "in memory"), "", seen), _ct);

        Assert.Equal(["in memory"], seen);
    }

    [Fact]
    public async Task When_a_held_row_was_changed_meanwhile_the_work_decides_again_over_what_is_there()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var ledger = new Ledger(database.Database, TimeProvider.System);
        var note = new Note(_id, "a");
        await ledger.CommitAsync(Insert(note), _ct);
        await database.Database.ExecuteAsync("UPDATE notes SET text = 'other', version = version + 1", new { }, _ct);
        var seen = new List<string?>();

        var after = await ledger.CommitAsync(Append(note, "b", seen), _ct);

        Assert.Equal(["a", "other"], seen);
        Assert.Equal(new Note(_id, "otherb", 2), after);
        Assert.Equal(after, await ReadAsync(database.Database));
    }

    [Fact]
    public async Task When_a_held_row_was_deleted_meanwhile_the_work_finds_none()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var ledger = new Ledger(database.Database, TimeProvider.System);
        var seen = new List<string?>();

        Assert.Null(await ledger.CommitAsync(Append(new Note(_id, "a"), "b", seen), _ct));

        Assert.Equal(["a", null], seen);
    }

    [Fact]
    public async Task Two_that_hold_the_same_row_in_one_batch_follow_each_other_and_count_once()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var ledger = new Ledger(database.Database, TimeProvider.System);
        var note = new Note(_id, "a");
        await ledger.CommitAsync(Insert(note), _ct);

        await OneBatch.CommitAsync<Note?>(
            ledger, () => [ledger.CommitAsync(Append(note, "b"), _ct), ledger.CommitAsync(Append(note, "c"), _ct)], _ct);

        Assert.Equal(new Note(_id, "abc", 1), await ReadAsync(database.Database));
    }

    [Fact]
    public async Task A_row_taken_for_absent_that_is_there_is_found_and_nobody_else_pays_for_it()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var ledger = new Ledger(database.Database, TimeProvider.System);
        var other = new NoteId(new IdGenerator(TimeProvider.System).NewGuid());
        await ledger.CommitAsync(InsertOnce(new Note(_id, "first")), _ct);

        var written = await OneBatch.CommitAsync<Note>(
            ledger, () => [ledger.CommitAsync(InsertOnce(new Note(_id, "second")), _ct),
                ledger.CommitAsync(InsertOnce(new Note(other, "beside")), _ct)], _ct);

        Assert.Equal(["first", "beside"], written.Select(note => note.Text));
        Assert.Equal("first", (await ReadAsync(database.Database)).Text);
    }

    private static Work<bool> Insert(Note note) => Work.Of(rows => rows.Insert(NoteTable.Instance, note));

    /// <summary>Inserts it, unless it is there; returns what is there.</summary>
    private static Work<Note> InsertOnce(Note note) => new(
        needs => needs.Absent(NoteTable.Instance, note.Id),
        rows =>
        {
            if (rows.Find(NoteTable.Instance, note.Id) is { } present)
                return present;
            rows.Insert(NoteTable.Instance, note);
            return note;
        });

    /// <param name="seen">Gets the text that each decision went by.</param>
    private static Work<Note?> Append(Note held, string text, List<string?>? seen = null) => new(
        needs => needs.Held(NoteTable.Instance, held),
        rows =>
        {
            var found = rows.Find(NoteTable.Instance, held.Id);
            seen?.Add(found?.Text);
            return found is null ? null : rows.Update(NoteTable.Instance, found with { Text = found.Text + text });
        });

    private async Task<Note> ReadAsync(Database database) =>
        (await database.FindAsync("SELECT * FROM notes WHERE id = @Value", new { _id.Value }, NoteTable.Instance.Read, _ct))!;
}

public sealed class SqliteHeldRowTests(StorageDatabases databases) : HeldRowContract(databases, TestDatabases.Sqlite);

public sealed class PostgreSqlHeldRowTests(StorageDatabases databases) : HeldRowContract(databases, TestDatabases.PostgreSql);
