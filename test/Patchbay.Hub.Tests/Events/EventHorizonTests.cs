using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Patchbay.Platform.Events;
using Patchbay.Storage;
using Patchbay.TestKit;
using EventId = Patchbay.Platform.Events.EventId;

namespace Patchbay.Hub.Tests.Events;

/// <summary>Several nodes write into one PostgreSQL, and a reader that follows by cursor misses nothing (decision 13).</summary>
public sealed class EventHorizonTests(HubDatabases databases)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private readonly TenantId _tenant = new IdGenerator(TimeProvider.System).New<TenantId>();

    [Fact]
    public async Task What_was_committed_early_with_a_high_id_is_shown_after_what_is_committed_late_with_a_low_one()
    {
        await using var database = await databases.CreateAsync(TestDatabases.PostgreSql, _ct);
        await using var slow = new Ledger(database.OpenAgain(), TimeProvider.System);
        var quick = Announcer.On(database.OpenAgain(), _tenant, out var quickLedger);
        await using var ending = quickLedger;
        var feed = Feed(database.Database);
        using var gate = new ManualResetEventSlim();
        using var decided = new ManualResetEventSlim();
        var ids = new IdGenerator(TimeProvider.System);
        var held = slow.CommitAsync(
            new Inserting(
                _ =>
                {
                    var made = ids.New<EventId>();
                    decided.Set();
                    gate.Wait(Patience, _ct);
                    return made;
                },
                needs => needs.Row(EventTable.Instance, new EventKey(_tenant, default)), _tenant),
                _ct);   // reads first: the transaction has begun
        await Task.Run(() => decided.Wait(_ct), _ct);

        await quick.AlertAsync(3, _ct);
        var until = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(until) < TimeSpan.FromMilliseconds(700))   // long past what the tolerance would hold back
            Assert.Empty((await feed.ReadAsync(_tenant, default, EventPatterns.All, 10, _ct)).Events);
        gate.Set();
        var low = await held;

        EventBatch batch = null!;
        await Eventually.BecomesAsync(
            async () => (batch = await feed.ReadAsync(_tenant, default, EventPatterns.All, 10, _ct)).Events.Count == 4, Patience, _ct);
        Assert.Equal(low, batch.Events[0].Id);
    }

    [Fact]
    public async Task An_id_made_long_before_its_transaction_is_refused_and_the_ledger_decides_again()
    {
        await using var database = await databases.CreateAsync(TestDatabases.PostgreSql, _ct);
        await using var ledger = new Ledger(database.Database, TimeProvider.System);
        var ids = new IdGenerator(TimeProvider.System);
        var decisions = 0;

        var id = await ledger.CommitAsync(
            new Inserting(_ => decisions++ == 0 ? MadeBefore(TimeSpan.FromSeconds(1)) : ids.New<EventId>(), null, _tenant), _ct);

        Assert.Equal(2, decisions);
        Assert.Equal([id], await AllAsync(database.Database));
        var refused = await Assert.ThrowsAsync<PostgresException>(() => database.Database.ExecuteAsync(
            "INSERT INTO events (tenant_id, id, type, subject, occurred_at, data) VALUES (@_tenant, @id, 'alert.raised', 's', now(), '{}')",
            new { _tenant, id = MadeBefore(TimeSpan.FromMilliseconds(400)) }, _ct));
        Assert.Equal("ids_are_fresh", refused.ConstraintName);
    }

    [Fact]
    public async Task A_node_that_stood_still_for_long_in_the_middle_of_it_decides_again_too()
    {
        await using var database = await databases.CreateAsync(TestDatabases.PostgreSql, _ct);
        var time = new ManualTime();
        await using var ledger = new Ledger(database.Database, time);
        var ids = new IdGenerator(TimeProvider.System);
        var decisions = 0;

        var id = await ledger.CommitAsync(new Inserting(_ => decisions++ == 0 ? AfterAnHour() : ids.New<EventId>(), null, _tenant), _ct);

        Assert.Equal([id], await AllAsync(database.Database));

        EventId AfterAnHour()
        {
            time.StandStill(TimeSpan.FromHours(1));
            return MadeBefore(TimeSpan.FromHours(1));
        }
    }

    [Fact]
    public async Task A_node_whose_clock_stays_behind_is_told_in_the_end()
    {
        await using var database = await databases.CreateAsync(TestDatabases.PostgreSql, _ct);
        await using var ledger = new Ledger(database.Database, TimeProvider.System);

        var refused = await Assert.ThrowsAsync<PostgresException>(
            () => ledger.CommitAsync(new Inserting(_ => MadeBefore(TimeSpan.FromHours(1)), null, _tenant), _ct));

        Assert.Equal(("ids_are_fresh", true), (refused.ConstraintName, refused.IsPassing()));   // 503: the caller comes again
        Assert.Empty(await AllAsync(database.Database));
    }

    [Fact]
    public async Task A_reader_sees_what_two_nodes_write_at_once_exactly_once_and_in_order()
    {
        const int Works = 1_500;
        await using var database = await databases.CreateAsync(TestDatabases.PostgreSql, _ct);
        var (one, other) = (Announcer.On(database.OpenAgain(), _tenant, out var oneLedger),
            Announcer.On(database.OpenAgain(), _tenant, out var otherLedger));
        var feed = Feed(database.Database);

        var writing = Task.WhenAll(new[] { one, other }.SelectMany(node => Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < Works / 4; i++)
                await node.AlertAsync(2, _ct);
        }, _ct))));
        var (seen, cursor) = (new List<EventId>(), default(EventId));
        var total = 2 * 2 * (Works / 4 * 4);
        await Eventually.BecomesAsync(
            async () =>
            {
                var batch = await feed.ReadAsync(_tenant, cursor, EventPatterns.All, 200, _ct);
                seen.AddRange(batch.Events.Select(entry => entry.Id));
                cursor = batch.Cursor;
                return writing.IsCompleted && cursor == (await AllAsync(database.Database))[^1];
            },
            TimeSpan.FromSeconds(60), _ct);
        await writing;
        await oneLedger.DisposeAsync();
        await otherLedger.DisposeAsync();

        Assert.Equal(total, seen.Count);
        Assert.Equal(await AllAsync(database.Database), seen);
    }

    [Fact]
    public async Task Where_the_sessions_of_other_nodes_cannot_be_seen_nothing_is_shown_rather_than_something_missed()
    {
        await using var database = await databases.CreateAsync(TestDatabases.PostgreSql, _ct);
        var announcer = Announcer.On(database.Database, _tenant, out var ledger);
        await using var ending = ledger;
        await announcer.AlertAsync(1, _ct);
        await databases.Server.ExecuteAsync("CREATE ROLE stranger LOGIN", _ct);
        await database.Database.ExecuteAsync("GRANT SELECT ON ALL TABLES IN SCHEMA public TO stranger", new { }, _ct);
        await using var blind = Database.Open(new NpgsqlConnectionStringBuilder(database.Setting) { Username = "stranger" }.ToString());
        using var log = new CapturedLog();
        using var loggers = LoggerFactory.Create(builder => builder.AddProvider(log));
        var feed = new EventFeed(blind, new EventHorizon(blind, TimeProvider.System, loggers.CreateLogger<EventHorizon>()));
        await Eventually.BecomesAsync(async () => await Feed(database.Database).NewestAsync(_tenant, _ct) != default, Patience, _ct);

        Assert.Equal(default, await feed.NewestAsync(_tenant, _ct));
        Assert.Contains(
            log.Lines, line => line.Level == LogLevel.Warning && line.Text.Contains("pg_read_all_stats", StringComparison.Ordinal));

        await databases.Server.ExecuteAsync("GRANT pg_read_all_stats TO stranger", _ct);
        await Eventually.BecomesAsync(async () => await feed.NewestAsync(_tenant, _ct) != default, Patience, _ct);
    }

    private static EventFeed Feed(Database database) =>
        new(database, new EventHorizon(database, TimeProvider.System, NullLogger<EventHorizon>.Instance));

    private static EventId MadeBefore(TimeSpan ago) => new(IdGenerator.LowestAt(TimeProvider.System.GetUtcNow() - ago));

    private Task<IReadOnlyList<EventId>> AllAsync(Database database) =>
        database.QueryAsync("SELECT id FROM events WHERE tenant_id = @_tenant ORDER BY id LIMIT 100000", new { _tenant }, row =>
            row.Id<EventId>("id"), _ct);

    private sealed class Inserting(Func<LedgerRows, EventId> id, Action<LedgerNeeds>? need, TenantId tenant) : LedgerWork<EventId>
    {
        public override void Need(LedgerNeeds needs) => need?.Invoke(needs);

        public override EventId Decide(LedgerRows rows)
        {
            var made = id(rows);
            rows.Insert(EventTable.Instance, new Event(tenant, made, "alert.raised", "s", TimeProvider.System.GetUtcNow(), "{}"));
            return made;
        }
    }
}
