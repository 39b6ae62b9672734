using System.Data.Common;
using Patchbay.TestKit;

namespace Patchbay.Storage.Tests.Ledgers;

/// <summary>What the ledger promises, on either database.</summary>
public abstract class LedgerContract(StorageDatabases databases, string kind)
{
    private readonly IdGenerator _ids = new(TimeProvider.System);
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    private Account New(string name, long balance = 0) => new(new AccountId(_ids.NewGuid()), name, balance);

    [Fact]
    public async Task Committed_work_is_there_when_the_caller_is_told()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var ledger = new Ledger(database.Database, TimeProvider.System);
        var account = New("a", 5);

        await ledger.CommitAsync(Accounts.Insert(account), _ct);
        var balance = await ledger.CommitAsync(Accounts.Add(account.Id, 3), _ct);

        Assert.Equal(8, balance);
        Assert.Equal([("a", 8)], await database.Database.ListAsync(_ct));
    }

    [Fact]
    public async Task A_row_that_is_not_there_is_found_as_null()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var ledger = new Ledger(database.Database, TimeProvider.System);

        Assert.Null(await ledger.CommitAsync(Accounts.Add(New("ghost").Id, 1), _ct));
    }

    [Fact]
    public async Task Work_may_need_a_row_that_another_row_names()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var ledger = new Ledger(database.Database, TimeProvider.System);
        var last = New("c", 1);
        var middle = New(last.Id.Value.ToString(), 1);
        var first = New(middle.Id.Value.ToString(), 1);
        await ledger.CommitAsync(Accounts.Insert(first, middle, last), _ct);

        var follow = Enumerable.Range(0, 20).Select(_ => Work.Of(
            rows =>
            {
                var found = rows.Find(AccountTable.Instance, last.Id)!;
                rows.Update(AccountTable.Instance, found with { Balance = found.Balance + 1 });
            },
            needs => Follow(needs, first.Id)));
        await CommitTogetherAsync(ledger, follow);
        var missing = await ledger.CommitAsync(Work.Of(_ => { }, needs => Follow(needs, New("ghost").Id)), _ct);

        Assert.True(missing);
        Assert.Equal(21, (await database.Database.ListAsync(_ct)).Single(account => account.Name == "c").Balance);

        static void Follow(LedgerNeeds needs, AccountId id) => needs.Row(AccountTable.Instance, id, (more, account) =>
        {
            if (Guid.TryParse(account?.Name, out var next))
                Follow(more, new AccountId(next));
        });
    }

    [Fact]
    public async Task Work_that_arrives_together_is_committed_together()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var ledger = new Ledger(database.Database, TimeProvider.System);

        await CommitTogetherAsync(ledger, Enumerable.Range(0, 1_000).Select(i => Accounts.Insert(New($"a{i}"))));

        var (batches, entries) = ledger.Committed;
        Assert.Equal(1_001, entries);
        Assert.InRange(batches, 3, 4);   // the one that held the door, then batches of at most 500
        Assert.Equal(1_000, (await database.Database.ListAsync(_ct)).Count);
    }

    [Fact]
    public async Task In_a_batch_each_decision_sees_the_changes_of_those_before_it()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var ledger = new Ledger(database.Database, TimeProvider.System);
        var account = New("a", 100);
        await ledger.CommitAsync(Accounts.Insert(account), _ct);

        var balances = await CommitTogetherAsync(ledger, Enumerable.Range(0, 10).Select(_ => Accounts.Add(account.Id, 1)));

        Assert.Equal(Enumerable.Range(101, 10).Select(balance => (long?)balance), balances);
        Assert.Equal([("a", 110)], await database.Database.ListAsync(_ct));
    }

    [Fact]
    public async Task Work_that_throws_fails_alone_and_leaves_nothing()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var ledger = new Ledger(database.Database, TimeProvider.System);
        var good = new[] { New("a"), New("b") };

        var results = await CommitTogetherAsync(
            ledger,
            Accounts.Insert(good[0]),
            Work.Of(rows =>
            {
                rows.Insert(AccountTable.Instance, New("never"));
                throw new InvalidOperationException("No.");
            }),
            Accounts.Insert(good[1]),
            Work.Of(_ => { }, _ => throw new InvalidOperationException("Not even that.")));

        Assert.Equal([null, "No.", null, "Not even that."], results.Select(error => error?.Message));
        Assert.Equal([("a", 0), ("b", 0)], await database.Database.ListAsync(_ct));
    }

    [Fact]
    public async Task Work_that_the_database_refuses_fails_alone()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var ledger = new Ledger(database.Database, TimeProvider.System);
        await ledger.CommitAsync(Accounts.Insert(New("taken")), _ct);

        var results = await CommitTogetherAsync(
            ledger, Accounts.Insert(New("a")), Accounts.Insert(New("taken")), Accounts.Insert(New("b")), Accounts.Insert(New("b")));

        Assert.Equal([false, true, false, true], results.Select(error => error is DbException));
        Assert.Equal(["a", "b", "taken"], (await database.Database.ListAsync(_ct)).Select(account => account.Name));
    }

    [Fact]
    public async Task A_second_insert_of_one_key_is_refused_even_in_the_batch_of_the_first()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var ledger = new Ledger(database.Database, TimeProvider.System);
        var account = New("first", 1);
        Action<LedgerNeeds> need = needs => needs.Row(AccountTable.Instance, account.Id);

        var results = await CommitTogetherAsync(
            ledger,
            Work.Of(rows => rows.Insert(AccountTable.Instance, account), need),
            Work.Of(rows => rows.Insert(AccountTable.Instance, account with { Name = "second" }), need));

        Assert.Equal([false, true], results.Select(error => error is DbException));
        Assert.Equal([("first", 1)], await database.Database.ListAsync(_ct));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_row_inserted_in_a_batch_can_be_changed_and_deleted_in_it(bool needed)
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var ledger = new Ledger(database.Database, TimeProvider.System);
        var (changed, deleted, both) = (New("changed", 1), New("deleted", 1), New("both", 1));
        var work = Work.Of(
            rows =>
            {
                rows.Insert(AccountTable.Instance, changed);
                rows.Insert(AccountTable.Instance, deleted);
                rows.Insert(AccountTable.Instance, both);
                rows.Update(AccountTable.Instance, changed with { Balance = 2 });
                rows.Delete(AccountTable.Instance, deleted.Id);
                rows.Update(AccountTable.Instance, both with { Balance = 2 });
                rows.Delete(AccountTable.Instance, both.Id);
                Assert.Equal(2, rows.Find(AccountTable.Instance, changed.Id)?.Balance);
                Assert.Null(rows.Find(AccountTable.Instance, deleted.Id));
            },
            needs =>
            {
                foreach (var account in needed ? [changed, deleted, both] : Array.Empty<Account>())
                    needs.Row(AccountTable.Instance, account.Id);
            });

        await ledger.CommitAsync(work, _ct);

        Assert.Equal([("changed", 2)], await database.Database.ListAsync(_ct));
    }

    [Fact]
    public async Task A_row_can_be_deleted_and_inserted_anew_in_one_batch()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var ledger = new Ledger(database.Database, TimeProvider.System);
        var account = New("old", 1);
        await ledger.CommitAsync(Accounts.Insert(account), _ct);

        await ledger.CommitAsync(
            Work.Of(
                rows =>
                {
                    rows.Delete(AccountTable.Instance, account.Id);
                    rows.Insert(AccountTable.Instance, account with { Name = "new", Balance = 2 });
                },
                needs => needs.Row(AccountTable.Instance, account.Id)), _ct);

        Assert.Equal([("new", 2)], await database.Database.ListAsync(_ct));
    }

    [Fact]
    public async Task A_deleted_row_is_gone_and_stays_gone_for_an_update_after_it()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var ledger = new Ledger(database.Database, TimeProvider.System);
        var (gone, kept) = (New("gone"), New("kept"));
        await ledger.CommitAsync(Accounts.Insert(gone, kept), _ct);

        await ledger.CommitAsync(
            Work.Of(
                rows =>
                {
                    rows.Delete(AccountTable.Instance, gone.Id);
                    rows.Update(AccountTable.Instance, gone with { Balance = 9 });
                },
                needs => needs.Row(AccountTable.Instance, gone.Id)), _ct);

        Assert.Equal(["kept"], (await database.Database.ListAsync(_ct)).Select(account => account.Name));
    }

    [Fact]
    public async Task Work_that_reads_what_it_did_not_need_is_told_so()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var ledger = new Ledger(database.Database, TimeProvider.System);

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => ledger.CommitAsync(Work.Of(rows => rows.Find(AccountTable.Instance, New("a").Id)), _ct));
    }

    [Fact]
    public async Task Sixteen_writers_of_one_row_lose_no_change()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var ledger = new Ledger(database.Database, TimeProvider.System);
        var account = New("a");
        await ledger.CommitAsync(Accounts.Insert(account), _ct);

        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 200; i++)
                await ledger.CommitAsync(Accounts.Add(account.Id, 1), _ct);
        })));

        Assert.Equal([("a", 3_200)], await database.Database.ListAsync(_ct));
    }

    [Fact]
    public async Task Two_ledgers_on_one_database_lose_no_change()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var one = new Ledger(database.Database, TimeProvider.System);
        await using var other = new Ledger(database.OpenAgain(), TimeProvider.System);
        var accounts = Enumerable.Range(0, 3).Select(i => New($"a{i}")).ToList();
        await one.CommitAsync(Accounts.Insert([.. accounts]), _ct);

        await Task.WhenAll(new[] { one, other }.SelectMany(ledger => accounts.Select(account => Task.Run(async () =>
        {
            for (var i = 0; i < 50; i++)
                await ledger.CommitAsync(Accounts.Add(account.Id, 1), _ct);
        }))));

        Assert.All(await database.Database.ListAsync(_ct), account => Assert.Equal(100, account.Balance));
    }

    [Fact]
    public async Task Stopping_commits_what_waits_and_refuses_what_comes_later()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        var ledger = new Ledger(database.Database, TimeProvider.System);
        var waiting = Enumerable.Range(0, 100).Select(i => ledger.CommitAsync(Accounts.Insert(New($"a{i}")), _ct)).ToList();

        await ledger.DisposeAsync();
        await Task.WhenAll(waiting);

        await Assert.ThrowsAsync<ObjectDisposedException>(() => ledger.CommitAsync(Accounts.Insert(New("late")), _ct));
        Assert.Equal(100, (await database.Database.ListAsync(_ct)).Count);
    }

    private Task<long?[]> CommitTogetherAsync(Ledger ledger, IEnumerable<Work<long?>> works) =>
        OneBatch.CommitAsync(ledger, () => works.Select(work => ledger.CommitAsync(work, _ct)), _ct);

    private Task CommitTogetherAsync(Ledger ledger, IEnumerable<Work<bool>> works) =>
        OneBatch.CommitAsync(ledger, () => works.Select(work => ledger.CommitAsync(work, _ct)), _ct);

    private Task<Exception?[]> CommitTogetherAsync(Ledger ledger, params Work<bool>[] works) =>
        OneBatch.CommitAsync(
            ledger, () => works.Select(async work => await Record.ExceptionAsync(() => ledger.CommitAsync(work, _ct))), _ct);
}

public sealed class SqliteLedgerTests(StorageDatabases databases) : LedgerContract(databases, TestDatabases.Sqlite);

public sealed class PostgreSqlLedgerTests(StorageDatabases databases) : LedgerContract(databases, TestDatabases.PostgreSql);
