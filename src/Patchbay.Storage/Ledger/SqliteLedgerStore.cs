using Microsoft.Data.Sqlite;

namespace Patchbay.Storage;

/// <summary>Keeps one connection with a prepared statement for every table and kind of change.</summary>
internal sealed class SqliteLedgerStore(SqliteDatabase database) : ILedgerStore
{
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);
    private SqliteConnection? _connection;

    public async Task<ITableTransaction> BeginAsync(CancellationToken cancellationToken)
    {
        await database.EnterWriterAsync(cancellationToken);
        try
        {
            _connection ??= (SqliteConnection)await database.ConnectAsync(cancellationToken);
            return new Transaction(this, SqliteDatabase.BeginImmediate(_connection));
        }
        catch
        {
            database.LeaveWriter();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in _prepared.Values)
            await command.DisposeAsync();
        if (_connection is not null)
            await _connection.DisposeAsync();
    }

    private SqliteCommand Prepare(string sql, int parameters, SqliteTransaction transaction)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = _connection!.CreateCommand();
            command.CommandText = sql;
            for (var i = 0; i < parameters; i++)
                command.Parameters.Add(new SqliteParameter { ParameterName = $"@p{i}" });
            _prepared.Add(sql, command);
        }

        command.Transaction = transaction;
        return command;
    }

    private sealed class Transaction(SqliteLedgerStore store, SqliteTransaction transaction) : ITableTransaction
    {
        public Task<IReadOnlyList<TRow>> SelectAsync<TKey, TRow>(
            Table<TKey, TRow> table, TableStatements<TKey, TRow> statements, TKey[] keys, CancellationToken cancellationToken)
            where TKey : struct, IEquatable<TKey>
            where TRow : class
        {
            var command = store.Prepare(statements.SelectOne, statements.Keys.Length, transaction);
            var rows = new List<TRow>(keys.Length);
            foreach (var key in keys)
            {
                Bind(command, statements.Keys, column => column.KeyValueOf(key));
                using var reader = command.ExecuteReader();
                if (reader.Read())
                    rows.Add(table.Read(new Row(store.Database, reader)));
            }

            return Task.FromResult<IReadOnlyList<TRow>>(rows);
        }

        public Task InsertAsync<TKey, TRow>(
            TableStatements<TKey, TRow> statements, IReadOnlyList<TRow> rows, CancellationToken cancellationToken)
            where TKey : struct, IEquatable<TKey>
            where TRow : class => Write(statements.InsertOne, 0, statements.All, rows, static (column, row) => column.ValueOf(row));

        public Task UpdateAsync<TKey, TRow>(
            TableStatements<TKey, TRow> statements, IReadOnlyList<TRow> rows, CancellationToken cancellationToken)
            where TKey : struct, IEquatable<TKey>
            where TRow : class => Write(
                statements.UpdateOne, statements.HasVersion ? 1 : 0, statements.Updated, rows, static (column, row) => column.ValueOf(row));

        public Task DeleteAsync<TKey, TRow>(TableStatements<TKey, TRow> statements, TKey[] keys, CancellationToken cancellationToken)
            where TKey : struct, IEquatable<TKey>
            where TRow : class => Write(statements.DeleteOne, 0, statements.Keys, keys, static (column, key) => column.KeyValueOf(key));

        public Task CommitAsync(CancellationToken cancellationToken)
        {
            transaction.Commit();
            return Task.CompletedTask;
        }

        public async ValueTask DisposeAsync()
        {
            try
            {
                await SqliteDatabase.EndAsync(transaction);
            }
            finally
            {
                store.Database.LeaveWriter();
            }
        }

        private Task Write<TColumn, TItem>(
            string sql, int expected, TColumn[] columns, IEnumerable<TItem> items, Func<TColumn, TItem, object?> value)
        {
            var command = store.Prepare(sql, columns.Length, transaction);
            foreach (var item in items)
            {
                Bind(command, columns, column => value(column, item));
                if (command.ExecuteNonQuery() < expected)
                    throw new StaleRowException();
            }

            return Task.CompletedTask;
        }

        private void Bind<TColumn>(SqliteCommand command, TColumn[] columns, Func<TColumn, object?> value)
        {
            for (var i = 0; i < columns.Length; i++)
                command.Parameters[i].Value = store.Database.ToParameter(value(columns[i]));
        }
    }

    private SqliteDatabase Database => database;
}
