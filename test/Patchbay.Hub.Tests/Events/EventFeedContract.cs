using Microsoft.Extensions.Logging.Abstractions;
using Patchbay.Platform.Events;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Events;

/// <summary>What whoever follows the feed can rely on, on either database.</summary>
public abstract class EventFeedContract(HubDatabases databases, string kind) : IAsyncLifetime
{
    private static readonly EventPatterns Payments = EventPatterns.Of(["payment.*"]);

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private readonly TenantId _tenant = new IdGenerator(TimeProvider.System).New<TenantId>();
    private TestDatabase _database = null!;
    private Ledger _ledger = null!;
    private Announcer _announcer = null!;
    private EventFeed _feed = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await databases.CreateAsync(kind, _ct);
        _announcer = Announcer.On(_database.Database, _tenant, out _ledger);
        _feed = new EventFeed(
            _database.Database, new EventHorizon(_database.Database, TimeProvider.System, NullLogger<EventHorizon>.Instance));
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _ledger.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Pages_follow_each_other_oldest_first_without_gaps_or_repeats()
    {
        await _announcer.AlertAsync(25, _ct);
        await SettledAsync();

        var (seen, cursor) = (new List<string>(), default(EventId));
        for (var more = true; more;)
        {
            var batch = await _feed.ReadAsync(_tenant, cursor, EventPatterns.All, 10, _ct);
            seen.AddRange(batch.Events.Select(entry => entry.Subject));
            (cursor, more) = (batch.Cursor, batch.HasMore);
        }

        Assert.Equal(Enumerable.Range(1, 25).Select(i => $"n{i}"), seen);
        var end = await _feed.ReadAsync(_tenant, cursor, EventPatterns.All, 10, _ct);
        Assert.Equal((0, cursor, false), (end.Events.Count, end.Cursor, end.HasMore));
    }

    [Fact]
    public async Task A_filter_that_fits_little_still_gets_on_a_thousand_rows_at_a_time()
    {
        await _announcer.AlertAsync(EventFeed.MostScanned + 200, _ct);
        await _announcer.PublishAsync("payment.succeeded", _ct);
        await SettledAsync();

        var first = await _feed.ReadAsync(_tenant, default, Payments, 10, _ct);
        var second = await _feed.ReadAsync(_tenant, first.Cursor, Payments, 10, _ct);
        var third = await _feed.ReadAsync(_tenant, second.Cursor, Payments, 10, _ct);

        Assert.Equal((0, true), (first.Events.Count, first.HasMore));
        Assert.Equal(("payment.succeeded", false), (Assert.Single(second.Events).Type, second.HasMore));
        Assert.Equal((0, second.Cursor, false), (third.Events.Count, third.Cursor, third.HasMore));
    }

    [Fact]
    public async Task A_filter_takes_the_limit_and_goes_on_behind_it()
    {
        foreach (var type in new[] { "payment.created", "alert.raised", "payment.processing", "payment.succeeded", "alert.raised" })
            await _announcer.PublishAsync(type, _ct);
        await SettledAsync();

        var first = await _feed.ReadAsync(_tenant, default, Payments, 2, _ct);
        var second = await _feed.ReadAsync(_tenant, first.Cursor, Payments, 2, _ct);

        Assert.Equal(["payment.created", "payment.processing"], first.Events.Select(entry => entry.Type));
        Assert.True(first.HasMore);
        Assert.Equal(["payment.succeeded"], second.Events.Select(entry => entry.Type));
        Assert.False(second.HasMore);
        Assert.Equal(await _feed.NewestAsync(_tenant, _ct), second.Cursor);
    }

    [Fact]
    public async Task Nobody_reads_what_is_another_tenants()
    {
        await _announcer.AlertAsync(1, _ct);
        await SettledAsync();
        var own = (await _feed.ReadAsync(_tenant, default, EventPatterns.All, 10, _ct)).Events[0];
        var stranger = new IdGenerator(TimeProvider.System).New<TenantId>();

        Assert.Equal(own, await _feed.FindAsync(_tenant, own.Id, _ct));
        Assert.Null(await _feed.FindAsync(stranger, own.Id, _ct));
        Assert.Empty((await _feed.ReadAsync(stranger, default, EventPatterns.All, 10, _ct)).Events);
        Assert.Equal(default, await _feed.NewestAsync(stranger, _ct));
    }

    /// <summary>Until all that was published may be shown.</summary>
    private Task SettledAsync() => Eventually.BecomesAsync(
        async () => await _feed.NewestAsync(_tenant, _ct) == await NewestOfAllAsync(), TimeSpan.FromSeconds(60), _ct);

    private async Task<EventId> NewestOfAllAsync() =>
        (await _database.Database.QueryAsync(
            "SELECT id FROM events ORDER BY id DESC LIMIT 1", new { }, row => row.Id<EventId>("id"), _ct))[0];
}

public sealed class SqliteEventFeedTests(HubDatabases databases) : EventFeedContract(databases, TestDatabases.Sqlite);

public sealed class PostgreSqlEventFeedTests(HubDatabases databases) : EventFeedContract(databases, TestDatabases.PostgreSql);
