using System.Runtime.ExceptionServices;
using Patchbay.Platform.Api;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Platform.Jobs;

/// <summary>
/// Rows that are due by a column of theirs (docs/adr/0008-due-columns.md), longest due first, of all tenants but those on the move. Several
/// nodes may see the same: who takes a row moves the column in the same transaction, on condition that it is as it was seen.
/// </summary>
/// <param name="due">The column with the time; indexed, null in rows that are not due at all.</param>
public sealed class DueRows<TKey, TRow>(Table<TKey, TRow> table, string due, Database database, TimeProvider time)
    where TKey : struct, IEquatable<TKey>
    where TRow : class
{
    private readonly FailedRows<TKey> _failed = new(time);

    /// <summary>So many are looked at in one round.</summary>
    public int Batch { get; init; } = 100;

    /// <summary>Adds what else must hold of the rows; null: nothing.</summary>
    public Func<SqlFilter, SqlFilter>? Only { get; init; }

    /// <summary>
    /// One after the other. A row at which the work fails holds up none of the others and is left alone for a while, longer each time; the
    /// first such failure is thrown at the end. What would fail with every row, as a database that is away, ends the round.
    /// </summary>
    public async Task EachAsync(Func<TRow, CancellationToken, Task> take, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        foreach (var row in await FindAsync(cancellationToken))
        {
            var key = table.KeyOf(row);
            if (_failed.Rests(key))
                continue;
            try
            {
                await take(row, cancellationToken);
                _failed.Went(key);
            }
            catch (Exception exception) when (FailedRows<TKey>.IsOfTheRow(exception))
            {
                _failed.Add(key);
                failure ??= exception;
            }
        }

        if (failure is not null)
            ExceptionDispatchInfo.Throw(failure);
    }

    /// <summary>
    /// Takes up to a batch for this node, without anything else: they are due again after the lease, should the node die meanwhile. Rows
    /// that another node is just taking are passed over.
    /// </summary>
    /// <param name="key">The columns of the key.</param>
    public async Task<IReadOnlyList<TKey>> ClaimAsync(string key, Func<Row, TKey> read, TimeSpan lease, CancellationToken cancellationToken)
    {
        // A look that takes no lock: mostly there is nothing.
        var filter = Filter();
        var some = await database.QueryAsync(   // engine scope: all tenants
            $"SELECT 1 AS one FROM {table.Name} WHERE {filter.Where} LIMIT 1", filter.Parameters, row => row.Int("one"), cancellationToken);
        if (some.Count == 0)
            return [];
        // SKIP LOCKED lets nodes claim side by side. SQLite has one writer and claims inside BEGIN IMMEDIATE instead.
        var sql = $"""
            WITH chosen AS MATERIALIZED (   -- engine scope: all tenants
                SELECT {key} FROM {table.Name} WHERE {filter.Where} ORDER BY {due} LIMIT @batch{database.ForUpdateSkipLocked})
            UPDATE {table.Name} SET {due} = @until WHERE ({key}) IN (SELECT {key} FROM chosen) RETURNING {key}
            """;
        filter.With("batch", Batch).With("until", time.GetUtcNow() + lease);
        await using var write = await database.BeginWriteAsync(cancellationToken);
        var claimed = await database.QueryAsync(write, sql, filter.Parameters, read, cancellationToken);
        await write.CommitAsync(cancellationToken);
        return claimed;
    }

    private Task<IReadOnlyList<TRow>> FindAsync(CancellationToken cancellationToken)
    {
        var filter = Filter().With("batch", Batch + _failed.Resting);
        return database.QueryAsync(   // engine scope: all tenants
            $"SELECT * FROM {table.Name} WHERE {filter.Where} ORDER BY {due} LIMIT @batch", filter.Parameters, table.Read,
            cancellationToken);
    }

    private SqlFilter Filter()
    {
        var filter = new SqlFilter().And(due + " <= @now", "now", time.GetUtcNow()).And(TenantMoveTable.NotMoving);
        return Only is null ? filter : Only(filter);
    }
}
