using System.Data.Common;
using Npgsql;
using Patchbay.TestKit;

namespace Patchbay.Storage.Tests.Ledgers;

/// <summary>PostgreSQL throws the ledger's connection away while it is used.</summary>
public sealed class ConnectionLossTests(StorageDatabases databases)
{
    private const string Terminate =
        "SELECT count(pg_terminate_backend(pid)) AS ended FROM pg_stat_activity WHERE datname = current_database() AND pid <> "
            + "pg_backend_pid()";

    private readonly IdGenerator _ids = new(TimeProvider.System);
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_connection_lost_while_idle_costs_no_work()
    {
        await using var database = await databases.CreateAsync(TestDatabases.PostgreSql, _ct);
        await using var ledger = new Ledger(database.Database, TimeProvider.System);
        await ledger.CommitAsync(Accounts.Insert(New("before")), _ct);

        await TerminateAsync(database);
        await ledger.CommitAsync(Accounts.Insert(New("after")), _ct);

        Assert.Equal(["after", "before"], (await database.OpenAgain().ListAsync(_ct)).Select(account => account.Name));
    }

    [Fact]
    public async Task A_connection_lost_in_the_middle_of_a_batch_is_replaced_and_the_batch_repeated()
    {
        await using var database = await databases.CreateAsync(TestDatabases.PostgreSql, _ct);
        await using var ledger = new Ledger(database.Database, TimeProvider.System);
        var account = New("a");
        await ledger.CommitAsync(Accounts.Insert(account), _ct);
        var runs = 0;

        await ledger.CommitAsync(
            Work.Of(
                rows =>
                {
                    if (++runs == 1)
                        TerminateAsync(database).GetAwaiter().GetResult();   // it holds the row's lock now
                    rows.Update(AccountTable.Instance, rows.Find(AccountTable.Instance, account.Id)! with { Balance = 1 });
                },
                needs => needs.Row(AccountTable.Instance, account.Id)), _ct);

        Assert.Equal(2, runs);
        Assert.Equal([("a", 1)], await database.OpenAgain().ListAsync(_ct));
    }

    [Fact]
    public async Task What_stands_still_in_a_transaction_holds_its_locks_for_seconds_only_and_is_told_that_it_did_not_happen()
    {
        await using var database = await databases.CreateAsync(TestDatabases.PostgreSql, _ct);
        await using var ledger = new Ledger(database.Database, TimeProvider.System);
        await using var other = new Ledger(database.OpenAgain(), TimeProvider.System);
        var account = New("a");
        await ledger.CommitAsync(Accounts.Insert(account), _ct);
        var runs = 0;
        var standing = ledger.CommitAsync(Work.Of(Stand, needs => needs.Row(AccountTable.Instance, account.Id)), _ct);
        await Eventually.BecomesAsync(() => Volatile.Read(ref runs) == 1, TimeSpan.FromSeconds(60), _ct);

        await other.CommitAsync(
            Work.Of(
                rows => rows.Update(AccountTable.Instance, rows.Find(AccountTable.Instance, account.Id)! with { Balance = 7 }),
                needs => needs.Row(AccountTable.Instance, account.Id)), _ct).WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System, _ct);
        var told = await Record.ExceptionAsync(() => standing);

        Assert.True(Assert.IsAssignableFrom<DbException>(told).IsPassing());
        Assert.Equal([("a", 7)], await database.OpenAgain().ListAsync(_ct));

        void Stand(LedgerRows rows)
        {
            if (Interlocked.Increment(ref runs) == 1)
                Task.Delay(TimeSpan.FromSeconds(8), TimeProvider.System, _ct).GetAwaiter()
                    .GetResult();   // as a paused process does, with the row's lock
            var current = rows.Find(AccountTable.Instance, account.Id)!;
            rows.Update(AccountTable.Instance, current with { Balance = current.Balance + 1 });
        }
    }

    [Fact]
    public async Task Whatever_a_caller_was_told_is_true_however_often_the_connection_breaks()
    {
        await using var database = await databases.CreateAsync(TestDatabases.PostgreSql, _ct);
        await using var ledger = new Ledger(database.Database, TimeProvider.System);
        var told = Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            var names = new List<(string Name, Exception? Error)>();
            for (var i = 0; i < 60; i++)
            {
                var name = $"w{writer}-{i}";
                names.Add((name, await Record.ExceptionAsync(() => ledger.CommitAsync(Accounts.Insert(New(name)), _ct))));
            }

            return names;
        })));
        while (!told.IsCompleted)
        {
            await TerminateAsync(database);
            await Task.WhenAny(told, Task.Delay(TimeSpan.FromMilliseconds(15), TimeProvider.System, _ct));
        }

        var stored = (await database.OpenAgain().ListAsync(_ct)).Select(account => account.Name).ToHashSet();
        var results = (await told).SelectMany(names => names).ToList();
        Assert.All(results.Where(result => result.Error is null), result => Assert.Contains(result.Name, stored));
        Assert.All(results.Where(result => result.Error is not null and not LedgerUncertainException), result =>
            Assert.DoesNotContain(result.Name, stored));
        Assert.True(results.Count(result => result.Error is null)
            > 400, results.Select(result => result.Error).FirstOrDefault(error => error is not null)?.ToString());
    }

    [Fact]
    public async Task When_the_database_is_away_for_long_all_that_waits_is_told_at_once()
    {
        await using var database = await databases.CreateAsync(TestDatabases.PostgreSql, _ct);
        var time = new ManualTime();
        await using var ledger = new Ledger(database.Database, time);
        await databases.Server.ExecuteAsync($"ALTER DATABASE {NameOf(database)} ALLOW_CONNECTIONS false", _ct);
        var waiting = Task.WhenAll(Enumerable.Range(0, 50)
            .Select(async i => await Record.ExceptionAsync(() => ledger.CommitAsync(Accounts.Insert(New($"a{i}")), _ct))));

        await time.AdvanceUntilAsync(
            () => waiting.IsCompleted || time.GetUtcNow() > ManualTime.Noon.AddSeconds(20), TimeSpan.FromMilliseconds(50), _ct);

        await databases.Server.ExecuteAsync($"ALTER DATABASE {NameOf(database)} ALLOW_CONNECTIONS true", _ct);
        Assert.All(await waiting.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System, _ct), error =>
            Assert.IsAssignableFrom<DbException>(error));
        await ledger.CommitAsync(Accounts.Insert(New("later")), _ct);
        Assert.Equal(["later"], (await database.Database.ListAsync(_ct)).Select(account => account.Name));
    }

    private static string NameOf(TestDatabase database) => new NpgsqlConnectionStringBuilder(database.Setting).Database!;

    private Account New(string name) => new(new AccountId(_ids.NewGuid()), name, 0);

    private async Task TerminateAsync(TestDatabase database)
    {
        await using var connection = new NpgsqlConnection(database.Setting + ";Pooling=false");
        await connection.OpenAsync(_ct);
        await using var command = new NpgsqlCommand(Terminate, connection);
        await command.ExecuteNonQueryAsync(_ct);
    }
}
