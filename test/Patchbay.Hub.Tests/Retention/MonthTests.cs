using Patchbay.Engine;
using Patchbay.Integrations.Deliveries;
using Patchbay.Platform.Events;
using Patchbay.Platform.Retention;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Retention;

/// <summary>A month of a busy hub that keeps deliveries for ten days and events for five.</summary>
[Trait("Takes", "long")]
public abstract class MonthTests(HubDatabases databases, string kind)
{
    private const int Days = 31;
    private static readonly int PerDay = TestForm.IsLong ? 1_500 : 400;

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private readonly RetentionOptions _options =
        new() { ["deliveries"] = TimeSpan.FromDays(10), ["events"] = TimeSpan.FromDays(5), ["inbox"] = TimeSpan.FromDays(5) };

    [Fact]
    public async Task Rows_come_and_go_space_stays_bounded_and_what_is_unfinished_survives()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var rows = new TimedRows(database.Database, _options, new ManualTime(TimeProvider.System.GetUtcNow()));
        await rows.CreateTenantsAsync();
        await rows.Upkeep.PrepareAsync(_ct);
        var empty = await SizeAsync(rows);
        var unfinished = new List<Delivery>();
        var sizes = new List<long>();

        for (var day = 0; day < Days; day++)
        {
            unfinished.AddRange(await rows.AddAsync(6, Unfinished(day)));
            await rows.AddAsync(PerDay);
            await CheckPartitionsAsync(rows);
            rows.Time.Advance(TimeSpan.FromDays(1));
            await rows.Retention.RunAsync(_ct);
            sizes.Add(await SizeAsync(rows));

            // At most a day's partition more than what is kept.
            Assert.InRange(
                await rows.CountAsync("deliveries"), Math.Min(day + 1, 10) * PerDay, Math.Min(day + 1, 11) * PerDay + unfinished.Count);
            Assert.InRange(
                await rows.CountAsync("attempts"), Math.Min(day + 1, 10) * PerDay, Math.Min(day + 1, 11) * PerDay + unfinished.Count);
            Assert.InRange(await rows.CountAsync("events"), Math.Min(day + 1, 5) * PerDay, Math.Min(day + 1, 6) * (PerDay + 6));
        }

        foreach (var delivery in unfinished)
        {
            Assert.Equal(delivery.Status, (await rows.FindAsync(delivery))?.Status);
            Assert.Equal(1, await rows.AttemptsAsync(delivery));
        }

        Assert.True(sizes[^1] <= sizes[14] * 1.1, $"{sizes[14]} bytes after 15 days, {sizes[^1]} after {Days}: {string.Join(' ', sizes)}");
        await SpaceIsGivenBackAsync(rows, empty, sizes[^1]);
        await OneThatIsFinishedAfterAllIsDeletedAsync(rows, unfinished[0], unfinished.Count);
    }

    /// <summary>After three quiet weeks.</summary>
    private async Task SpaceIsGivenBackAsync(TimedRows rows, long empty, long before)
    {
        rows.Time.Advance(TimeSpan.FromDays(21));
        await rows.Retention.RunAsync(_ct);
        var size = await SizeAsync(rows);
        Assert.True(size - empty < (before - empty) / 4, $"{empty} bytes when empty, {before} before, {size} after");
    }

    /// <summary>A result is still recorded, weeks after the partition has gone, and then the delivery goes its way.</summary>
    private async Task OneThatIsFinishedAfterAllIsDeletedAsync(TimedRows rows, Delivery first, int unfinished)
    {
        Assert.True(await rows.RecordAsync(first));
        Assert.Equal(DeliveryStatus.Delivered, (await rows.FindAsync(first))!.Status);
        Assert.Equal(2, await rows.AttemptsAsync(first));

        await rows.Retention.RunAsync(_ct);

        Assert.Null(await rows.FindAsync(first));
        Assert.Equal(0, await rows.AttemptsAsync(first));
        Assert.Equal(unfinished - 1, await rows.CountAsync("deliveries", "status <> 'delivered'"));
    }

    private static Func<Delivery, Delivery> Unfinished(int day) => delivery => (day % 4) switch
    {
        0 => delivery with { Status = DeliveryStatus.Exhausted, Reason = ExhaustReason.Unresolved },
        1 => delivery with { Status = DeliveryStatus.Failed },
        2 => delivery with { Status = DeliveryStatus.Retrying, DueAt = delivery.CreatedAt.AddDays(100) },
        _ => delivery with { Status = DeliveryStatus.InProgress, LeasedBy = NodeId.From(delivery.TenantId.Value) },
    };

    private async Task CheckPartitionsAsync(TimedRows rows)
    {
        if (kind != TestDatabases.PostgreSql)
            return;
        foreach (var (table, kept) in new[] { (KeptDeliveries.Deliveries.Partitions!, 10), (KeptDeliveries.Attempts.Partitions!, 10),
            (EventTable.Kept.Partitions!, 5) })
        {
            var partitions = await rows.Partitions.ListAsync(table, _ct);
            Assert.All(partitions.Zip(partitions.Skip(1)), pair => Assert.Equal(pair.First.Until, pair.Second.From));
            Assert.Equal((null, null), (partitions[0].From, partitions[^1].Until));
            Assert.True(partitions[^1].From >= rows.Time.GetUtcNow() + TimeSpan.FromDays(6), "Partitions are made ahead.");
            Assert.InRange(partitions.Count, 3, kept + 12);
            Assert.Equal(0, await rows.CountAsync(table.Last));   // everything fell into a partition made for it
        }
    }

    private async Task<long> SizeAsync(TimedRows rows)
    {
        if (kind == TestDatabases.PostgreSql)
        {
            return (await rows.Database.QueryAsync(
                "SELECT sum(pg_total_relation_size(relid))::bigint AS n FROM pg_stat_user_tables", new { }, row => row.Long("n"), _ct))[0];
        }

        await rows.Database.QueryAsync("PRAGMA wal_checkpoint(TRUNCATE)", new { }, row => row.Int("busy"), _ct);
        return new FileInfo(rows.Database.Description["SQLite ".Length..]).Length;
    }
}

public sealed class MonthTestsOnSqlite(HubDatabases databases) : MonthTests(databases, TestDatabases.Sqlite);

public sealed class MonthTestsOnPostgreSql(HubDatabases databases) : MonthTests(databases, TestDatabases.PostgreSql);
