using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Patchbay.Storage;

/// <summary>Copies a SQLite database as it is at one moment, while others read and write it.</summary>
public static class SqliteBackup
{
    /// <summary>
    /// The copy appears under its name when it is whole: checked, and on the disk. Readable by its owner only. Returns its length in bytes.
    /// </summary>
    /// <exception cref="BackupException">
    /// There is nothing to copy, the file exists, or the copy is damaged; the message says what to do.
    /// </exception>
    public static async Task<long> RunAsync(SqliteDatabase database, string file, CancellationToken cancellationToken)
    {
        if (!File.Exists(database.FilePath))
            throw new BackupException($"There is no database at {database.FilePath}. Say where it is with --database or --data.");
        if (File.Exists(file))
            throw new BackupException($"{file} exists and is not overwritten. Choose another name, or remove it.");
        var partial = file + ".partial";
        try
        {
            await OwnersFiles.Create(partial).DisposeAsync();
            await using (var connection = await database.ConnectAsync(cancellationToken))
            {
                // One read transaction: everything committed before it begins, and nothing of what is committed meanwhile.
                await using var copy = connection.CreateCommand();
                copy.CommandText = "VACUUM INTO @partial";
                var parameter = copy.CreateParameter();
                (parameter.ParameterName, parameter.Value) = ("@partial", partial);
                copy.Parameters.Add(parameter);
                await copy.ExecuteNonQueryAsync(cancellationToken);
            }

            await CheckAsync(partial, cancellationToken);
            await using (var stream = new FileStream(partial, FileMode.Open, FileAccess.ReadWrite))
                stream.Flush(flushToDisk: true);
            File.Move(partial, file, overwrite: false);
            return new FileInfo(file).Length;
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static async Task CheckAsync(string partial, CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = partial, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        await connection.OpenAsync(cancellationToken);
        var found = await TextAsync(connection, "PRAGMA integrity_check(1)", cancellationToken);
        if (found != "ok")
        {
            throw new BackupException(
                $"The copy is damaged, and so, most likely, is the database: {found}. Keep both, and look at the disk first.");
        }

        if (await TextAsync(connection, "SELECT name FROM sqlite_master WHERE name = 'schema_migrations'", cancellationToken) is null)
            throw new BackupException("This is not a database of the hub. Say where it is with --database or --data.");
    }

    private static async Task<string?> TextAsync(DbConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(cancellationToken) as string;
    }
}
