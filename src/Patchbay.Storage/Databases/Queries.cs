using System.Data.Common;

namespace Patchbay.Storage;

/// <summary>Runs SQL with <c>@name</c> parameters and reads rows.</summary>
public static class Queries
{
    /// <summary>All rows of a query that carries its own bound.</summary>
    public static async Task<IReadOnlyList<T>> QueryAsync<T>(
        this Database database, string sql, object parameters, Func<Row, T> read, CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        return await database.QueryAsync(connection, null, sql, parameters, read, cancellationToken);
    }

    /// <summary>As above, inside a write transaction.</summary>
    public static Task<IReadOnlyList<T>> QueryAsync<T>(
        this Database database, WriteTransaction write, string sql, object parameters, Func<Row, T> read,
        CancellationToken cancellationToken) =>
        database.QueryAsync(write.Connection, write.Transaction, sql, parameters, read, cancellationToken);

    /// <summary>The first row, or null.</summary>
    public static async Task<T?> FindAsync<T>(
        this Database database, string sql, object parameters, Func<Row, T> read, CancellationToken cancellationToken)
        where T : class =>
        await database.QueryAsync(sql, parameters, read, cancellationToken) is [var first, ..] ? first : null;

    /// <summary>Runs a statement inside a write transaction and tells how many rows it touched.</summary>
    public static async Task<int> ExecuteAsync(
        this Database database, WriteTransaction write, string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var command = database.Command(write.Connection, write.Transaction, sql, parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>As above, however long it takes: for statements that read or rewrite whole tables.</summary>
    public static async Task<int> ExecuteUnhurriedAsync(
        this Database database, WriteTransaction write, string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var command = database.Command(write.Connection, write.Transaction, sql, parameters);
        command.CommandTimeout = 0;
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Runs one statement in a transaction of its own.</summary>
    public static async Task<int> ExecuteAsync(this Database database, string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var write = await database.BeginWriteAsync(cancellationToken);
        var count = await database.ExecuteAsync(write, sql, parameters, cancellationToken);
        await write.CommitAsync(cancellationToken);
        return count;
    }

    private static async Task<IReadOnlyList<T>> QueryAsync<T>(
        this Database database, DbConnection connection, DbTransaction? transaction, string sql, object parameters, Func<Row, T> read,
        CancellationToken cancellationToken)
    {
        await using var command = database.Command(connection, transaction, sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(read(new Row(database, reader)));
        return rows;
    }

    private static DbCommand Command(
        this Database database, DbConnection connection, DbTransaction? transaction, string sql, object parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        foreach (var (name, value) in ParameterBag.Of(parameters))
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = database.ToParameter(value);
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
