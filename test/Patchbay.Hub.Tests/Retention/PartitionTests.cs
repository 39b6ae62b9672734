using Patchbay.Engine;
using Patchbay.Integrations.Deliveries;
using Patchbay.Platform.Retention;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Retention;

/// <summary>Partitions come and go under a hub at work.</summary>
public sealed class PartitionTests(HubDatabases databases)
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_table_kept_for_months_has_weeks_from_monday_to_monday()
    {
        await using var database = await databases.CreateAsync(TestDatabases.PostgreSql, _ct);
        await using var rows = NewRows(database.Database, new RetentionOptions());

        for (var week = 0; week < 20; week++)
        {
            await rows.Retention.RunAsync(_ct);
            await rows.AddAsync(10);
            rows.Time.Advance(TimeSpan.FromDays(7));
        }

        var partitions = await rows.Partitions.ListAsync(KeptDeliveries.Deliveries.Partitions!, _ct);
        Assert.All(partitions.Skip(1).SkipLast(1), partition => Assert.Equal(TimeSpan.FromDays(7), partition.Until - partition.From));
        Assert.All(partitions.SkipLast(1), partition =>
            Assert.Equal((DayOfWeek.Monday, TimeSpan.Zero), (partition.Until!.Value.DayOfWeek, partition.Until.Value.TimeOfDay)));
        Assert.InRange(partitions.Count, 15, 18);
        Assert.InRange(await rows.CountAsync("deliveries"), 13 * 10, 15 * 10);
    }

    [Fact]
    public async Task New_partitions_have_the_settings_and_indexes_of_the_table()
    {
        await using var database = await databases.CreateAsync(TestDatabases.PostgreSql, _ct);
        await using var rows = NewRows(database.Database, new RetentionOptions());
        await rows.Upkeep.PrepareAsync(_ct);
        rows.Time.Advance(TimeSpan.FromDays(30));
        await rows.Upkeep.PrepareAsync(_ct);

        foreach (var partition in await rows.Partitions.ListAsync(KeptDeliveries.Deliveries.Partitions!, _ct))
        {
            var (settings, indexes) = (await database.Database.QueryAsync(
                "SELECT array_to_string(reloptions, ' ') AS settings, (SELECT count(*) FROM pg_index WHERE indrelid = c.oid AND "
                + "indisvalid) AS indexes " +
                "FROM pg_class AS c WHERE oid = @Name::regclass",
                new { partition.Name }, row => (row.Text("settings"), row.Int("indexes")), _ct))[0];
            Assert.Contains("fillfactor=70", settings, StringComparison.Ordinal);
            Assert.Contains("autovacuum_vacuum_scale_factor", settings, StringComparison.Ordinal);
            Assert.Equal(6, indexes);
        }
    }

    [Fact]
    public async Task After_a_month_in_which_no_node_ran_there_are_partitions_for_now_before_it_serves()
    {
        await using var database = await databases.CreateAsync(TestDatabases.PostgreSql, _ct);
        await using var rows = NewRows(database.Database, new RetentionOptions());
        await rows.Upkeep.PrepareAsync(_ct);
        rows.Time.Advance(TimeSpan.FromDays(30));
        var early = await rows.AddAsync(3);   // as by a node that serves although it could not make partitions
        Assert.Equal(3, await rows.CountAsync("deliveries_after"));

        await rows.Upkeep.PrepareAsync(_ct);
        await rows.AddAsync(3);

        Assert.Equal(6, await rows.CountAsync("deliveries"));
        Assert.Equal(0, await rows.CountAsync("deliveries_after"));
        Assert.All(early, delivery => Assert.True(rows.RecordAsync(delivery).GetAwaiter().GetResult()));
    }

    [Fact]
    public async Task Keys_of_clocks_that_are_years_ahead_or_behind_are_taken()
    {
        await using var database = await databases.CreateAsync(TestDatabases.PostgreSql, _ct);
        await using var rows = NewRows(database.Database, new RetentionOptions());
        await rows.Upkeep.PrepareAsync(_ct);
        await using var ahead = NewRows(database.Database, new RetentionOptions(), TimeSpan.FromDays(800));
        await using var behind = NewRows(database.Database, new RetentionOptions(), TimeSpan.FromDays(-800));

        await ahead.AddAsync(2);
        await behind.AddAsync(2);
        await rows.Retention.RunAsync(_ct);
        rows.Time.Advance(TimeSpan.FromDays(14));
        await rows.Retention.RunAsync(_ct);

        Assert.Equal(2, await rows.CountAsync("deliveries_after"));   // those of 800 days ahead, partitions having been made meanwhile
        Assert.Equal(2, await rows.CountAsync("deliveries_before"));
    }

    [Fact]
    public async Task Nodes_that_do_it_at_once_do_it_once()
    {
        await using var database = await databases.CreateAsync(TestDatabases.PostgreSql, _ct);
        var start = TimeProvider.System.GetUtcNow();
        var nodes = Enumerable.Range(0, 6).Select(_ => NewRows(database.OpenAgain(), new RetentionOptions())).ToList();
        await nodes[0].Upkeep.PrepareAsync(_ct);
        await nodes[0].AddAsync(100);
        foreach (var node in nodes)
            node.Time.Advance(TimeSpan.FromDays(200));

        await Task.WhenAll(nodes.Select(node => Task.Run(() => node.Retention.RunAsync(_ct))));
        await nodes[0].Retention.RunAsync(_ct);

        var partitions = await nodes[0].Partitions.ListAsync(KeptDeliveries.Deliveries.Partitions!, _ct);
        Assert.All(partitions.Zip(partitions.Skip(1)), pair => Assert.Equal(pair.First.Until, pair.Second.From));
        Assert.Equal(0, await nodes[0].CountAsync("deliveries"));
        Assert.Equal(0, await nodes[0].CountAsync("pg_class", "relname LIKE '%_retired'"));
        Assert.True(partitions[0].Until > start);
        foreach (var node in nodes)
            await node.DisposeAsync();
    }

    [Fact]
    public async Task Work_goes_on_while_partitions_come_and_go()
    {
        await using var database = await databases.CreateAsync(TestDatabases.PostgreSql, _ct);
        var options = new RetentionOptions { ["deliveries"] = TimeSpan.FromDays(2), ["events"] = TimeSpan.FromDays(1) };
        await using var rows = NewRows(database.Database, options);
        await rows.Upkeep.PrepareAsync(_ct);
        var waiting = (await rows.AddAsync(
            300, delivery => delivery with { Status = DeliveryStatus.Retrying, DueAt = delivery.CreatedAt.AddYears(1) })).ToList();
        await using var worker = NewRows(database.OpenAgain(), options);
        var recorded = Task.Run(async () =>
        {
            var found = 0;
            foreach (var delivery in waiting)
                found += await worker.RecordAsync(delivery) ? 1 : 0;
            return found;
        });

        for (var day = 0; day < 12 || !recorded.IsCompleted; day++)
        {
            rows.Time.Advance(TimeSpan.FromDays(1));
            await rows.Upkeep.PrepareAsync(_ct);
            await rows.Upkeep.RetireAsync(_ct);
        }

        Assert.Equal(waiting.Count, await recorded);   // none was out of sight when its result came
    }

    [Fact]
    public async Task A_node_that_ended_between_taking_a_partition_out_and_dropping_it_loses_nothing()
    {
        await using var database = await databases.CreateAsync(TestDatabases.PostgreSql, _ct);
        await using var rows = NewRows(database.Database, new RetentionOptions());
        await rows.Upkeep.PrepareAsync(_ct);
        var open = (await rows.AddAsync(1, delivery => delivery with { Status = DeliveryStatus.Failed }))[0];
        await rows.AddAsync(5);
        var partition = (await rows.Partitions.ListAsync(KeptDeliveries.Deliveries.Partitions!, _ct))
            .Single(partition => partition.From <= open.CreatedAt && open.CreatedAt < partition.Until);
        await database.Database.ExecuteAsync(
            $"ALTER TABLE deliveries DETACH PARTITION {partition.Name}; ALTER TABLE {partition.Name} RENAME TO {partition.Name}_retired; " +
            "ALTER TABLE deliveries DETACH PARTITION deliveries_before; " +
            "ALTER TABLE deliveries ATTACH PARTITION deliveries_before FOR VALUES FROM (MINVALUE) TO "
            + $"('{IdGenerator.LowestAt(partition.Until!.Value)}')", new { }, _ct);
        Assert.Null(await rows.FindAsync(open));

        await rows.Retention.RunAsync(_ct);

        Assert.NotNull(await rows.FindAsync(open));
        Assert.Equal(1, await rows.CountAsync("deliveries"));
        Assert.Equal(0, await rows.CountAsync("pg_class", "relname LIKE '%_retired'"));
    }

    [Fact]
    public async Task A_table_that_somebody_reads_all_the_time_is_left_for_later()
    {
        await using var database = await databases.CreateAsync(TestDatabases.PostgreSql, _ct);
        await using var rows = NewRows(database.Database, new RetentionOptions());
        await rows.Upkeep.PrepareAsync(_ct);
        await using var dump = await database.Database.BeginWriteAsync(_ct);
        await database.Database.ExecuteAsync(dump, "LOCK TABLE deliveries IN ACCESS SHARE MODE", new { }, _ct);
        rows.Time.Advance(TimeSpan.FromDays(30));

        await rows.Upkeep.PrepareAsync(_ct);
        await rows.AddAsync(4);

        Assert.Equal(4, await rows.CountAsync("deliveries_after"));
        await dump.DisposeAsync();
        await rows.Upkeep.PrepareAsync(_ct);
        Assert.Equal(0, await rows.CountAsync("deliveries_after"));
        Assert.Equal(4, await rows.CountAsync("deliveries"));
    }

    [Fact]
    public async Task Look_ups_by_key_touch_one_partition_and_the_newest_come_from_the_newest()
    {
        await using var database = await databases.CreateAsync(TestDatabases.PostgreSql, _ct);
        IReadOnlyList<Delivery> last = [];
        await using (var preparing = (PostgreSqlDatabase)Database.Open(database.Setting))
        {
            await using var rows = NewRows(preparing, new RetentionOptions());
            for (var week = 0; week < 8; week++)
            {
                await rows.Upkeep.PrepareAsync(_ct);
                last = await rows.AddAsync(200);
                rows.Time.Advance(TimeSpan.FromDays(7));
            }
        }

        var before = await ScansAsync(database.Database);
        await using (var working = (PostgreSqlDatabase)Database.Open(database.Setting))
        {
            await using var rows = NewRows(working, new RetentionOptions());
            foreach (var delivery in last.Take(20))
                await rows.RecordAsync(delivery);
            await working.QueryAsync(
                "SELECT id FROM deliveries WHERE tenant_id = @TenantId AND id < @before ORDER BY id DESC LIMIT 51",
                new { last[0].TenantId, before = new Guid("ffffffff-ffff-ffff-ffff-ffffffffffff") }, row => row.Guid("id"), _ct);
        }

        var used = (await ScansAsync(database.Database)).Where(pair => pair.Value > before.GetValueOrDefault(pair.Key))
            .Select(pair => pair.Key).ToHashSet();
        var partitions = await new PartitionStore((PostgreSqlDatabase)database.Database).ListAsync(
            KeptDeliveries.Deliveries.Partitions!, _ct);
        var holding = partitions.Single(partition => partition.From <= last[0].CreatedAt && last[0].CreatedAt < partition.Until).Name;
        var newer = partitions.Where(partition => partition.From > last[0].CreatedAt).Select(partition => partition.Name);
        Assert.Contains(holding, used);
        Assert.Subset(newer.Append(holding).ToHashSet(), used);
    }

    /// <summary>Read when all other sessions have ended: each reports what it did at its end, at the latest.</summary>
    private async Task<Dictionary<string, long>> ScansAsync(Database database)
    {
        await Eventually.BecomesAsync(
            async () => (await database.QueryAsync(
                "SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend' AND pid "
                    + "<> pg_backend_pid()",
                new { }, row => row.Int("n"), _ct))[0] == 0,
            TimeSpan.FromSeconds(60), _ct);
        return (await database.QueryAsync(
            "SELECT relname::text AS name, coalesce(idx_scan, 0) + coalesce(seq_scan, 0) AS scans FROM pg_stat_user_tables WHERE relname "
                + "LIKE 'deliveries\\_%' LIMIT 1000",
            new { }, row => (row.Text("name"), row.Long("scans")), _ct)).ToDictionary();
    }

    private static TimedRows NewRows(Database database, RetentionOptions options, TimeSpan offset = default) =>
        new(database, options, new ManualTime(TimeProvider.System.GetUtcNow() + offset));
}
