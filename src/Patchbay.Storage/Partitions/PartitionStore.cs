using System.Data.Common;

namespace Patchbay.Storage;

/// <summary>
/// Adds and retires partitions while the hub works. Any node may do it; the one that has the lock does, the others let it. The table itself
/// is locked for moments only, and one that cannot be locked at once (a dump reads it, for example) is left for the next time.
/// </summary>
public sealed class PartitionStore(PostgreSqlDatabase database)
{
    private const long UpkeepLock = 0x7061727469746e73;   // "partitns"
    private const string Retired = "_retired";

    // Given the table, pg_get_expr looks whether it is still there, and answers null for a partition that was dropped since this query
    // began.
    private const string ListSql = """
        SELECT c.relname::text AS name, pg_get_expr(c.relpartbound, 0) AS bounds
          FROM pg_inherits AS i JOIN pg_class AS c ON c.oid = i.inhrelid
         WHERE i.inhparent = @Name::regclass LIMIT 10000
        """;

    /// <summary>
    /// In the order of time: the first takes everything that is older, the last everything that is newer than those between.
    /// </summary>
    public async Task<IReadOnlyList<Partition>> ListAsync(PartitionedTable table, CancellationToken cancellationToken) =>
        Sort(await database.QueryAsync(ListSql, new { table.Name }, Read, cancellationToken));

    internal async Task<IReadOnlyList<Partition>> ListAsync(
        WriteTransaction write, PartitionedTable table, CancellationToken cancellationToken) =>
        Sort(await database.QueryAsync(write, ListSql, new { table.Name }, Read, cancellationToken));

    /// <summary>Makes the partitions for everything up to a moment. Returns their names.</summary>
    /// <exception cref="DbException">
    /// The table cannot be locked, or this user does not own it. Rows go to the last partition meanwhile.
    /// </exception>
    public async Task<IReadOnlyList<string>> ExtendAsync(
        PartitionedTable table, DateTimeOffset now, DateTimeOffset ahead, TimeSpan length, CancellationToken cancellationToken)
    {
        var presentEnd = (await ListAsync(table, cancellationToken))[^1].From!.Value;
        if (presentEnd >= ahead)
            return [];   // as nearly always: nothing is locked
        await using var write = await BeginAsync(cancellationToken);
        if (write is null)
            return [];
        var from = (await ListAsync(write, table, cancellationToken))[^1].From!.Value;
        var made = new List<string>();
        foreach (var end in PartitionLength.Ends(from, now, ahead, length).ToList())
        {
            made.Add(await AddAsync(write, table, from, end, cancellationToken));
            from = end;
        }

        await write.CommitAsync(cancellationToken);
        return made;
    }

    /// <summary>
    /// Drops what ends not after a moment, oldest first; rows that are <see cref="PartitionedTable.Kept"/> move to the first partition.
    /// Returns the names of what was dropped.
    /// </summary>
    /// <exception cref="DbException">The table cannot be locked, or this user does not own it.</exception>
    public async Task<IReadOnlyList<string>> RetireAsync(PartitionedTable table, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var dropped = new List<string>();
        await DropDetachedAsync(table, dropped, cancellationToken);   // a node ended in between
        foreach (var partition in await ListAsync(table, cancellationToken))
        {
            if (partition.From is null || partition.Until is null || partition.Until > before)
                continue;
            if (!await DetachAsync(table, partition, cancellationToken))
                break;
            await DropDetachedAsync(table, dropped, cancellationToken);
        }

        return dropped;
    }

    private static Partition Read(Row row) => Partition.Parse(row.Text("name"), row.Text("bounds"));

    private static List<Partition> Sort(IEnumerable<Partition> partitions) =>
        partitions.OrderBy(partition => partition.From ?? DateTimeOffset.MinValue).ToList();

    /// <summary>Cuts off the begin of the last partition. What is in it already stays where it is.</summary>
    private async Task<string> AddAsync(
        WriteTransaction write, PartitionedTable table, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var name = Partition.NameOf(table, from);
        var options = (await database.QueryAsync(
            write,
            "SELECT coalesce('WITH (' || array_to_string(reloptions, ', ') || ')', '') AS options FROM pg_class "
                + "WHERE oid = @Last::regclass",
            new { table.Last }, row => row.Text("options"), cancellationToken))[0];
        var indexes = await database.QueryAsync(
            write,
            "SELECT c.relname::text AS name FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid "
                + "WHERE i.indrelid = @Last::regclass LIMIT 100",
            new { table.Last }, row => row.Text("name"), cancellationToken);
        await ExecuteAsync(write, $"ALTER TABLE {table.Name} DETACH PARTITION {table.Last}", cancellationToken);
        await ExecuteAsync(write, $"ALTER TABLE {table.Last} RENAME TO {name}", cancellationToken);
        foreach (var index in indexes)
        {
            var renamed = index.Replace(table.Last, name, StringComparison.Ordinal);
            await ExecuteAsync(write, $"ALTER INDEX {index} RENAME TO {renamed}", cancellationToken);
        }

        await ExecuteAsync(
            write, $"CREATE TABLE {table.Last} PARTITION OF {table.Name} FOR VALUES FROM ({Bound(until)}) TO (MAXVALUE) {options}",
            cancellationToken);
        await ExecuteAsync(
            write,
            $"WITH ahead AS (DELETE FROM {name} WHERE {table.Key} >= {Bound(until)} RETURNING *) "
                + $"INSERT INTO {table.Last} SELECT * FROM ahead",
            cancellationToken);
        await ExecuteAsync(
            write, $"ALTER TABLE {table.Name} ATTACH PARTITION {name} FOR VALUES FROM ({Bound(from)}) TO ({Bound(until)})",
            cancellationToken);
        return name;
    }

    /// <summary>
    /// Takes a partition out of the table and gives its time to the first one, into which the kept rows move in the same moment: they were
    /// looked for before the table was locked. False when another node is at it.
    /// </summary>
    private async Task<bool> DetachAsync(PartitionedTable table, Partition partition, CancellationToken cancellationToken)
    {
        await using var write = await BeginAsync(cancellationToken);
        if (write is null || !(await ListAsync(write, table, cancellationToken)).Contains(partition))
            return false;
        var (name, key) = (partition.Name, string.Join(", ", table.PrimaryKey));
        if (table.Kept is not null)
        {
            await ExecuteAsync(
                write, $"CREATE TEMPORARY TABLE kept_keys ON COMMIT DROP AS SELECT {key} FROM {name} AS r WHERE {table.Kept}",
                cancellationToken);
        }

        await ExecuteAsync(write, $"ALTER TABLE {table.Name} DETACH PARTITION {name}", cancellationToken);
        await ExecuteAsync(write, $"ALTER TABLE {table.Name} DETACH PARTITION {table.First}", cancellationToken);
        if (table.Active is not null)
            await MoveAsync($"({table.Active}) AND ({table.Kept})");
        if (table.Kept is not null)
            await MoveAsync($"({key}) IN (SELECT {key} FROM kept_keys) AND ({table.Kept})");
        await ExecuteAsync(
            write,
            $"ALTER TABLE {table.Name} ATTACH PARTITION {table.First} FOR VALUES FROM (MINVALUE) TO ({Bound(partition.Until!.Value)})",
            cancellationToken);
        await ExecuteAsync(write, $"ALTER TABLE {name} RENAME TO {name}{Retired}", cancellationToken);
        await write.CommitAsync(cancellationToken);
        return true;

        Task<int> MoveAsync(string which) => ExecuteAsync(
            write, $"WITH kept AS (DELETE FROM {name} AS r WHERE {which} RETURNING *) INSERT INTO {table.First} SELECT * FROM kept",
            cancellationToken);
    }

    /// <summary>Looks once more, without holding up anybody, for rows that were changed while the kept ones were looked for.</summary>
    private async Task DropDetachedAsync(PartitionedTable table, List<string> dropped, CancellationToken cancellationToken)
    {
        await using var write = await BeginAsync(cancellationToken);
        if (write is null)
            return;
        var detached = await database.QueryAsync(
            write,
            "SELECT relname::text AS name FROM pg_class WHERE relkind = 'r' AND relname ~ @pattern AND pg_table_is_visible(oid) LIMIT 100",
            new { pattern = $"^{table.Name}_[0-9]{{8}}{Retired}$" }, row => row.Text("name"), cancellationToken);
        foreach (var name in detached)
        {
            if (table.Kept is not null)
                await ExecuteAsync(write, $"INSERT INTO {table.First} SELECT * FROM {name} AS r WHERE {table.Kept}", cancellationToken);
            await ExecuteAsync(write, $"DROP TABLE {name}", cancellationToken);
        }

        await write.CommitAsync(cancellationToken);
        dropped.AddRange(detached.Select(name => name[..^Retired.Length]));
    }

    /// <summary>Null when another node is at it.</summary>
    private async Task<WriteTransaction?> BeginAsync(CancellationToken cancellationToken)
    {
        var write = await database.BeginWriteAsync(cancellationToken);
        try
        {
            // Whoever waits for the table's lock holds up those behind it: rather not for long.
            await ExecuteAsync(write, "SET LOCAL lock_timeout = '2s'", cancellationToken);
            var mine = await database.QueryAsync(
                write, "SELECT pg_try_advisory_xact_lock(@UpkeepLock) AS mine", new { UpkeepLock },
                row => row.Flag("mine"), cancellationToken);
            if (mine[0])
                return write;
        }
        catch
        {
            await write.DisposeAsync();
            throw;
        }

        await write.DisposeAsync();
        return null;
    }

    private Task<int> ExecuteAsync(WriteTransaction write, string sql, CancellationToken cancellationToken) =>
        database.ExecuteUnhurriedAsync(write, sql, new { }, cancellationToken);

    private static string Bound(DateTimeOffset moment) => $"'{IdGenerator.LowestAt(moment)}'";
}
