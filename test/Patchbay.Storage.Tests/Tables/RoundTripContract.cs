using Patchbay.Storage.Tests.Ledgers;
using Patchbay.TestKit;

namespace Patchbay.Storage.Tests.Tables;

/// <summary>What is written comes back as it was, through the ledger and through ordinary queries, on either database.</summary>
public abstract class RoundTripContract(StorageDatabases databases, string kind)
{
    private static readonly DateTimeOffset Odd = new DateTimeOffset(2026, 3, 1, 12, 30, 15, 123, 456, TimeSpan.FromHours(5.5));

    private readonly IdGenerator _ids = new(TimeProvider.System);
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    private Sample Full => new(_ids.New<SampleId>())
    {
        Word = "ünï\n\"'\\ 漢字 😀", Whole = int.MinValue, Big = long.MaxValue, Flag = true, Fraction = -0.1, Moment = Odd,
        Bytes = [0, 1, 255], Other = _ids.New<SampleId>(),
    };

    [Fact]
    public async Task Every_type_survives_an_insert_and_an_update_by_the_ledger()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var ledger = new Ledger(database.Database, TimeProvider.System);
        var full = Full;
        var empty = new Sample(_ids.New<SampleId>());
        await ledger.CommitAsync(
            Work.Of(rows => { rows.Insert(SampleTable.Instance, full); rows.Insert(SampleTable.Instance, empty); }), _ct);

        AssertSame(full, await ReadAsync(database.Database, full.Id));
        AssertSame(empty, await ReadAsync(database.Database, empty.Id));

        // Each takes the place of the other: from null to a value and back.
        await ledger.CommitAsync(
            Work.Of(
                rows =>
                {
                    rows.Update(SampleTable.Instance, full with { Id = empty.Id });
                    rows.Update(SampleTable.Instance, empty with { Id = full.Id });
                },
                needs => { needs.Row(SampleTable.Instance, full.Id); needs.Row(SampleTable.Instance, empty.Id); }), _ct);

        AssertSame(empty with { Id = full.Id }, await ReadAsync(database.Database, full.Id));
        AssertSame(full with { Id = empty.Id }, await ReadAsync(database.Database, empty.Id));
    }

    [Fact]
    public async Task Every_type_survives_as_a_parameter_of_a_query()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        var full = Full;
        const string Insert = "INSERT INTO samples VALUES (@Id, @Word, @Whole, @Big, @Flag, @Fraction, @Moment, @Bytes, @Other)";

        await database.Database.ExecuteAsync(
            Insert, new { full.Id, full.Word, full.Whole, full.Big, full.Flag, full.Fraction, full.Moment, full.Bytes, full.Other }, _ct);

        AssertSame(full, await ReadAsync(database.Database, full.Id));
    }

    /// <param name="pattern"><c>&lt;</c> and <c>&gt;</c> are the halves of a pair, which an attribute cannot hold.</param>
    [Theory]
    [InlineData("a\0b", "a\uFFFDb")]
    [InlineData("cut <", "cut \uFFFD")]
    [InlineData("> <>", "\uFFFD \ud83d\ude00")]
    public async Task What_no_database_keeps_is_replaced_and_fails_no_row(string pattern, string kept)
    {
        var given = pattern.Replace('<', '\ud83d').Replace('>', '\ude00');
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var ledger = new Ledger(database.Database, TimeProvider.System);
        var (written, asked) = (Full with { Word = given }, Full);

        await ledger.CommitAsync(Work.Of(rows => rows.Insert(SampleTable.Instance, written)), _ct);
        await ledger.CommitAsync(Work.Of(rows => rows.Insert(SampleTable.Instance, asked)), _ct);
        await database.Database.ExecuteAsync("UPDATE samples SET word = @given WHERE id = @Id", new { given, asked.Id }, _ct);

        Assert.Equal(kept, (await ReadAsync(database.Database, written.Id)).Word);
        Assert.Equal(kept, (await ReadAsync(database.Database, asked.Id)).Word);
    }

    [Fact]
    public async Task Moments_compare_in_the_database_as_they_do_in_time()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var ledger = new Ledger(database.Database, TimeProvider.System);
        var moments = new[] { Odd, Odd.AddMicroseconds(1), Odd.ToOffset(TimeSpan.FromHours(-8))
            .AddMicroseconds(-1), DateTimeOffset.UnixEpoch.AddMicroseconds(-1) };
        foreach (var moment in moments)
            await ledger.CommitAsync(
                Work.Of(rows => rows.Insert(SampleTable.Instance, Full with { Id = _ids.New<SampleId>(), Moment = moment })), _ct);

        var upTo = await database.Database.QueryAsync(
            "SELECT moment FROM samples WHERE moment <= @Odd ORDER BY moment", new { Odd }, row => row.Time("moment"), _ct);

        Assert.Equal([moments[3], moments[2], moments[0]], upTo);
    }

    private async Task<Sample> ReadAsync(Database database, SampleId id) =>
        await database.FindAsync("SELECT * FROM samples WHERE id = @id", new { id }, SampleTable.Instance.Read, _ct)
            ?? throw new InvalidOperationException("Not there.");

    private static void AssertSame(Sample expected, Sample actual)
    {
        Assert.Equal(expected with { Bytes = null }, actual with { Bytes = null });
        Assert.Equal(expected.Bytes, actual.Bytes);
    }
}

public sealed class SqliteRoundTripTests(StorageDatabases databases) : RoundTripContract(databases, TestDatabases.Sqlite);

public sealed class PostgreSqlRoundTripTests(StorageDatabases databases) : RoundTripContract(databases, TestDatabases.PostgreSql);
