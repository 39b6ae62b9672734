using Patchbay.TestKit;

namespace Patchbay.Storage.Tests.Partitions;

/// <summary>What comes and goes under a hub at work is in Patchbay.Hub.Tests.</summary>
public sealed class PartitionStoreTests(StorageDatabases databases)
{
    private static readonly PartitionedTable Things = new("things", "id", ["id"]);

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_list_shows_the_partitions_of_one_moment_also_when_one_is_dropped_meanwhile()
    {
        await using var database = await databases.CreateAsync(TestDatabases.PostgreSql, _ct);
        var store = new PartitionStore((PostgreSqlDatabase)database.Database);
        var (first, second) = (IdGenerator.LowestAt(DateTimeOffset.UnixEpoch.AddDays(1)),
            IdGenerator.LowestAt(DateTimeOffset.UnixEpoch.AddDays(2)));
        await database.Database.ExecuteAsync(
            "CREATE TABLE things (id uuid NOT NULL) PARTITION BY RANGE (id); " +
            $"CREATE TABLE things_before PARTITION OF things FOR VALUES FROM (MINVALUE) TO ('{first}'); " +
            $"CREATE TABLE things_19700102 PARTITION OF things FOR VALUES FROM ('{first}') TO ('{second}'); " +
            $"CREATE TABLE things_after PARTITION OF things FOR VALUES FROM ('{second}') TO (MAXVALUE)", new { }, _ct);
        var all = await store.ListAsync(Things, _ct);
        await using var reader = await database.Database.BeginWriteAsync(_ct);
        await database.Database.ExecuteAsync(reader, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ", new { }, _ct);
        await database.Database.QueryAsync(
            reader, "SELECT 1 AS one", new { }, row => row.Int("one"), _ct);   // from here on it sees what is there now

        await database.Database.ExecuteAsync(
            "ALTER TABLE things DETACH PARTITION things_19700102; DROP TABLE things_19700102", new { }, _ct);

        Assert.Equal(["things_before", "things_19700102", "things_after"], all.Select(partition => partition.Name));
        Assert.Equal(all, await store.ListAsync(reader, Things, _ct));
    }
}
