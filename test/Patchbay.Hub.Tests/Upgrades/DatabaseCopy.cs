using System.Data.Common;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Upgrades;

/// <summary>Copies rows as they are, by plain SQL, into a database that may have an older schema.</summary>
internal static class DatabaseCopy
{
    /// <summary>Returns how many rows each table of the target got.</summary>
    public static async Task<Dictionary<string, int>> RunAsync(Database source, Database target, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, int>();
        foreach (var table in await TablesAsync(target, cancellationToken))
            counts.Add(table, await CopyAsync(source, target, table, cancellationToken));
        return counts;
    }

    private static async Task<IReadOnlyList<string>> TablesAsync(Database database, CancellationToken cancellationToken) =>
        await database.QueryAsync(
        (database.Kind == TestDatabases.PostgreSql
            ? "SELECT relname::text AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT "
                + "relispartition"
            : "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'") + " ORDER BY 1 LIMIT 1000",
        new { }, row => row.Text("name"), cancellationToken) is { } names ? names.Where(name => name != "schema_migrations").ToList() : [];

    private static async Task<int> CopyAsync(Database source, Database target, string table, CancellationToken cancellationToken)
    {
        var columns = await ColumnsAsync(target, table, cancellationToken);
        await using var reading = await source.ConnectAsync(cancellationToken);
        await using var select = Command(reading, $"SELECT {string.Join(", ", columns)} FROM {table}");
        await using var rows = await select.ExecuteReaderAsync(cancellationToken);
        await using var writing = await target.ConnectAsync(cancellationToken);
        var count = 0;
        for (; await rows.ReadAsync(cancellationToken); count++)
        {
            await using var insert = Command(writing,
                $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select((_, i) => $"@p{i}"))})");
            for (var i = 0; i < columns.Count; i++)
            {
                var parameter = insert.CreateParameter();
                (parameter.ParameterName, parameter.Value) = ($"p{i}", rows.GetValue(i));
                insert.Parameters.Add(parameter);
            }

            await insert.ExecuteNonQueryAsync(cancellationToken);
        }

        return count;
    }

    private static async Task<List<string>> ColumnsAsync(Database database, string table, CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        await using var select = Command(connection, $"SELECT * FROM {table} LIMIT 0");
        await using var reader = await select.ExecuteReaderAsync(cancellationToken);
        return Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToList();
    }

    private static DbCommand Command(DbConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
