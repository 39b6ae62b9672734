using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace Patchbay.Storage;

/// <summary>A file of one's own: WAL, every commit on disk before it is answered, one writer at a time.</summary>
public sealed class SqliteDatabase : Database
{
    private static readonly ConditionalWeakTable<SQLitePCL.sqlite3, SqliteDatabase> Prepared = [];

    private readonly SemaphoreSlim _writer = new(1, 1);
    private readonly string _path;
    private readonly string _connectionString;
    private volatile bool _made;

    public SqliteDatabase(string path)
    {
        _path = Path.GetFullPath(path);
        OwnersFiles.MakeFolderOf(_path);
        _connectionString = new SqliteConnectionStringBuilder { DataSource = _path, Pooling = true }.ToString();
    }

    /// <summary>Of the file, in full.</summary>
    public string FilePath => _path;

    /// <summary>The database, and what SQLite keeps beside it: made in the mode of the database.</summary>
    public IEnumerable<string> Files => FilesOf(_path);

    public static IEnumerable<string> FilesOf(string path) =>
        new[] { "", "-wal", "-shm" }.Select(ending => Path.GetFullPath(path) + ending);

    public override string Kind => "sqlite";

    public override string Description => $"SQLite {_path}";

    public override bool CanBeShared => false;

    public override string ForUpdateSkipLocked => "";

    public override IDisposable HoldForServing()
    {
        try
        {
            // By the file itself: a link to it is another name of the same database.
            var target = File.Exists(_path) ? File.ResolveLinkTarget(_path, returnFinalTarget: true)?.FullName : null;
            return OwnersFiles.Hold((target ?? _path) + "-serving");
        }
        catch (IOException)
        {
            throw new DatabaseInUseException(
                $"Another hub serves {_path}; a SQLite file is for one. Stop that one first, or use PostgreSQL for several nodes.");
        }
    }

    public override async Task<DbConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        if (!_made)
            MakeFile();
        var connection = new SqliteConnection(_connectionString);
        await connection.OpenAsync(cancellationToken);
        if (Prepared.TryGetValue(connection.Handle!, out _))
            return connection;   // the pool hands the same one out again, with its settings
        await using var pragmas = connection.CreateCommand();
        // auto_vacuum counts only where the file is made: before its first table, and before WAL writes its header.
        pragmas.CommandText =
            "pragma busy_timeout=30000; pragma auto_vacuum=incremental; pragma journal_mode=wal; pragma synchronous=full; "
            + "pragma temp_store=memory; pragma cache_size=-32000;";
        await pragmas.ExecuteNonQueryAsync(cancellationToken);
        Prepared.AddOrUpdate(connection.Handle!, this);
        return connection;
    }

    public override async Task<WriteTransaction> BeginWriteAsync(CancellationToken cancellationToken)
    {
        await _writer.WaitAsync(cancellationToken);
        try
        {
            var connection = (SqliteConnection)await ConnectAsync(cancellationToken);
            return new WriteTransaction(connection, BeginImmediate(connection), () => _writer.Release());
        }
        catch
        {
            _writer.Release();
            throw;
        }
    }

    public override Task<IAsyncDisposable> LockForMigrationAsync(DbConnection connection, CancellationToken cancellationToken) =>
        Task.FromResult<IAsyncDisposable>(new Unlocked());   // BEGIN IMMEDIATE around the run is the lock

    public override object ToParameter(object? value) => value switch
    {
        null => DBNull.Value,
        Guid guid => guid.ToByteArray(bigEndian: true),
        DateTimeOffset moment => moment.ToUnixTimeMilliseconds() * 1000 + moment.Ticks / TimeSpan.TicksPerMicrosecond % 1000,
        bool flag => flag ? 1L : 0L,
        string text => StorableText.Of(text),
        _ => value,
    };

    public override Guid ReadGuid(DbDataReader reader, int ordinal) => new(reader.GetFieldValue<byte[]>(ordinal), bigEndian: true);

    public override DateTimeOffset ReadTime(DbDataReader reader, int ordinal) =>
        DateTimeOffset.UnixEpoch.AddTicks(reader.GetInt64(ordinal) * TimeSpan.TicksPerMicrosecond);

    /// <summary>
    /// Returns pages that deletion left empty to the file system, so many at a time, so that writers are let in between. A file made before
    /// <c>auto_vacuum</c> was set keeps them for rows to come; see docs/operations.md.
    /// </summary>
    public async Task GiveBackSpaceAsync(int pages, CancellationToken cancellationToken)
    {
        for (var before = long.MaxValue; ;)
        {
            await _writer.WaitAsync(cancellationToken);
            try
            {
                await using var connection = (SqliteConnection)await ConnectAsync(cancellationToken);
                var free = await NumberAsync(connection, "pragma freelist_count", cancellationToken);
                if (free == 0 || free >= before || await NumberAsync(connection, "pragma auto_vacuum", cancellationToken) == 0)
                    return;
                before = free;
                await using var vacuum = connection.CreateCommand();
                vacuum.CommandText = $"pragma incremental_vacuum({pages})";
                await using var reader = await vacuum.ExecuteReaderAsync(cancellationToken);
                while (await reader.ReadAsync(cancellationToken))
                {
                    // A row for each page: it frees them while it is read.
                }
            }
            finally
            {
                _writer.Release();
            }
        }
    }

    public override ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        _writer.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>SQLite would let everybody read it. Of two at a time, one makes it.</summary>
    private void MakeFile()
    {
        try
        {
            if (!File.Exists(_path))
                OwnersFiles.Create(_path, FileMode.CreateNew).Dispose();
            _made = true;
        }
        catch (IOException) when (File.Exists(_path))
        {
            // The other one did.
        }
    }

    private static async Task<long> NumberAsync(SqliteConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    internal Task EnterWriterAsync(CancellationToken cancellationToken) => _writer.WaitAsync(cancellationToken);

    internal void LeaveWriter() => _writer.Release();

    /// <summary>Serializable is what this driver turns into BEGIN IMMEDIATE: the lock is taken now, not at the first write.</summary>
    internal static SqliteTransaction BeginImmediate(SqliteConnection connection) =>
        connection.BeginTransaction(IsolationLevel.Serializable, deferred: false);

    /// <summary>
    /// Disposes of a transaction. A full disk has ended it behind the driver's back, whose own rollback then fails and leaves the
    /// connection useless for good: it is given something that it can roll back.
    /// </summary>
    internal static async ValueTask EndAsync(SqliteTransaction transaction)
    {
        try
        {
            await transaction.DisposeAsync();
        }
        catch (SqliteException)
        {
            await using (var begin = transaction.Connection!.CreateCommand())
            {
                begin.Transaction = transaction;
                begin.CommandText = "BEGIN";
                begin.ExecuteNonQuery();
            }

            await transaction.DisposeAsync();
        }
    }

    private sealed class Unlocked : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
