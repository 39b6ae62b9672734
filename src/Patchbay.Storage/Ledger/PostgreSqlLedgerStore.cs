using System.Data.Common;
using Npgsql;

namespace Patchbay.Storage;

/// <summary>Keeps one connection; every statement takes all its rows as arrays, one per column.</summary>
internal sealed class PostgreSqlLedgerStore(PostgreSqlDatabase database) : ILedgerStore
{
    // With young statistics the planner may scan whole tables for a join with unnest; this connection only ever looks rows up by key.
    // One plan for all: planning over every partition again for each batch would cost more than the better plan could save.
    private const string Session =
        "SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; SET plan_cache_mode = force_generic_plan; "
        + "SELECT set_config('application_name', left(current_setting('application_name'), 50) || '"
        + PostgreSqlDatabase.LedgerSuffix + "', false)";

    private NpgsqlConnection? _connection;

    public async Task<ITableTransaction> BeginAsync(CancellationToken cancellationToken)
    {
        if (_connection is not { State: System.Data.ConnectionState.Open })
        {
            if (_connection is not null)
                await _connection.DisposeAsync();
            _connection = await database.OpenAsync(cancellationToken);
            await using var session = new NpgsqlCommand(Session, _connection);
            await session.ExecuteNonQueryAsync(cancellationToken);
        }

        return new Transaction(_connection, await _connection.BeginTransactionAsync(cancellationToken), database);
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
            await _connection.DisposeAsync();
    }

    private sealed class Transaction(NpgsqlConnection connection, NpgsqlTransaction transaction, Database database) : ITableTransaction
    {
        private readonly List<(NpgsqlBatchCommand Command, int Rows)> _writes = [];

        public async Task<IReadOnlyList<TRow>> SelectAsync<TKey, TRow>(
            Table<TKey, TRow> table, TableStatements<TKey, TRow> statements, TKey[] keys, CancellationToken cancellationToken)
            where TKey : struct, IEquatable<TKey>
            where TRow : class
        {
            await using var command = new NpgsqlCommand(statements.SelectMany, connection, transaction);
            foreach (var column in statements.Keys)
                command.Parameters.Add(column.ToKeyArray(keys));
            var rows = new List<TRow>(keys.Length);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
                rows.Add(table.Read(new Row(database, reader)));
            return rows;
        }

        public Task InsertAsync<TKey, TRow>(
            TableStatements<TKey, TRow> statements, IReadOnlyList<TRow> rows, CancellationToken cancellationToken)
            where TKey : struct, IEquatable<TKey>
            where TRow : class => Write(statements.InsertMany, 0, statements.All.Select(column => column.ToArray(rows)));

        public Task UpdateAsync<TKey, TRow>(
            TableStatements<TKey, TRow> statements, IReadOnlyList<TRow> rows, CancellationToken cancellationToken)
            where TKey : struct, IEquatable<TKey>
            where TRow : class => Write(
                statements.UpdateMany, statements.HasVersion ? rows.Count : 0, statements.Updated.Select(column => column.ToArray(rows)));

        public Task DeleteAsync<TKey, TRow>(TableStatements<TKey, TRow> statements, TKey[] keys, CancellationToken cancellationToken)
            where TKey : struct, IEquatable<TKey>
            where TRow : class => Write(statements.DeleteMany, 0, statements.Keys.Select(column => column.ToKeyArray(keys)));

        public async Task CommitAsync(CancellationToken cancellationToken)
        {
            await using var batch = new NpgsqlBatch(connection, transaction);
            foreach (var (command, _) in _writes)
                batch.BatchCommands.Add(command);
            await batch.ExecuteNonQueryAsync(cancellationToken);
            if (_writes.Exists(write => write.Command.RecordsAffected < write.Rows))
                throw new StaleRowException();
            try
            {
                await transaction.CommitAsync(cancellationToken);
            }
            catch (Exception exception) when (exception is not PostgresException { InvariantSeverity: "ERROR" })
            {
                await connection.CloseAsync();
                throw new LedgerUncertainException(exception);
            }
        }

        public async ValueTask DisposeAsync()
        {
            try
            {
                await transaction.DisposeAsync();
            }
            catch (Exception exception) when (exception is DbException or InvalidOperationException or IOException)
            {
                await connection.CloseAsync();   // broken: the next batch opens a new one
            }
        }

        /// <param name="rows">So many must be written at least.</param>
        private Task Write(string sql, int rows, IEnumerable<DbParameter> parameters)
        {
            var command = new NpgsqlBatchCommand(sql);
            foreach (var parameter in parameters)
                command.Parameters.Add(parameter);
            _writes.Add((command, rows));   // sent together, in one round trip, by CommitAsync
            return Task.CompletedTask;
        }
    }
}
