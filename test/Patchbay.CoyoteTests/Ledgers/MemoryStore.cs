using Patchbay.Storage;

namespace Patchbay.CoyoteTests;

/// <summary>The tables of a database in memory. Like SQLite it has one writer at a time, and others queue for it.</summary>
internal sealed class MemoryTables
{
    public SemaphoreSlim Writer { get; } = new(1, 1);

    /// <summary>Committed rows by table and key.</summary>
    public Dictionary<string, object> Rows { get; set; } = [];
}

/// <summary>Where one ledger commits to them. Between any two statements others may run.</summary>
internal sealed class MemoryStore(MemoryTables tables) : ILedgerStore
{
    private bool _disposed;
    private int _open;

    public async Task<ITableTransaction> BeginAsync(CancellationToken cancellationToken)
    {
        BrokenPromiseException.Unless(!_disposed, "A ledger that has stopped begins to write.");
        BrokenPromiseException.Unless(Interlocked.Increment(ref _open) == 1, "A ledger has two writers.");
        await tables.Writer.WaitAsync(cancellationToken);
        return new Transaction(this, tables);
    }

    public ValueTask DisposeAsync()
    {
        _disposed = true;
        return ValueTask.CompletedTask;
    }

    private sealed class Transaction(MemoryStore store, MemoryTables tables) : ITableTransaction
    {
        private readonly Dictionary<string, object> _rows = new(tables.Rows);

        public async Task<IReadOnlyList<TRow>> SelectAsync<TKey, TRow>(
            Table<TKey, TRow> table, TableStatements<TKey, TRow> statements, TKey[] keys, CancellationToken cancellationToken)
            where TKey : struct, IEquatable<TKey>
            where TRow : class
        {
            await Task.Yield();
            return [.. keys.Select(key => _rows.GetValueOrDefault(NameOf(statements, column => column.KeyValueOf(key)))).OfType<TRow>()];
        }

        public Task InsertAsync<TKey, TRow>(
            TableStatements<TKey, TRow> statements, IReadOnlyList<TRow> rows, CancellationToken cancellationToken)
            where TKey : struct, IEquatable<TKey>
            where TRow : class => WriteAsync(statements, rows, mustBeThere: false);

        public Task UpdateAsync<TKey, TRow>(
            TableStatements<TKey, TRow> statements, IReadOnlyList<TRow> rows, CancellationToken cancellationToken)
            where TKey : struct, IEquatable<TKey>
            where TRow : class => WriteAsync(statements, rows, mustBeThere: true);

        public Task DeleteAsync<TKey, TRow>(TableStatements<TKey, TRow> statements, TKey[] keys, CancellationToken cancellationToken)
            where TKey : struct, IEquatable<TKey>
            where TRow : class => throw new NotSupportedException();

        public async Task CommitAsync(CancellationToken cancellationToken)
        {
            await Task.Yield();
            tables.Rows = _rows;
        }

        public ValueTask DisposeAsync()
        {
            Interlocked.Decrement(ref store._open);
            tables.Writer.Release();
            return ValueTask.CompletedTask;
        }

        private async Task WriteAsync<TKey, TRow>(TableStatements<TKey, TRow> statements, IReadOnlyList<TRow> rows, bool mustBeThere)
            where TKey : struct, IEquatable<TKey>
            where TRow : class
        {
            await Task.Yield();
            foreach (var row in rows)
            {
                var name = NameOf(statements, column => column.ValueOf(row));
                if (mustBeThere && !Follows(statements, row, (TRow?)_rows.GetValueOrDefault(name)))
                    throw new StaleRowException();
                _rows[name] = row;
            }
        }

        private static bool Follows<TKey, TRow>(TableStatements<TKey, TRow> statements, TRow row, TRow? present)
            where TKey : struct, IEquatable<TKey>
            where TRow : class =>
            present is not null && statements.Updated.Where(column => column.Role == ColumnRole.Version)
                .All(version => (int)version.ValueOf(row)! == (int)version.ValueOf(present)! + 1);

        private static string NameOf<TKey, TRow>(TableStatements<TKey, TRow> statements, Func<Column<TKey, TRow>, object?> value)
            where TKey : struct, IEquatable<TKey>
            where TRow : class => typeof(TRow).Name + string.Join('/', statements.Keys.Select(value));
    }
}
