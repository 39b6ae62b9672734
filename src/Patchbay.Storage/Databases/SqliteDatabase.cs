using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Patchbay.Storage;

/// <summary>A file of one's own: WAL, every commit on disk before it is answered, one writer at a time.</summary>
public sealed class SqliteDatabase : Database
{
    private readonly SemaphoreSlim _writer = new(1, 1);
    private readonly string _path;
    private readonly string _connectionString;

    public SqliteDatabase(string path)
    {
        _ = SqliteLibrary.IsSystem;
        _path = Path.GetFullPath(path);
        if (Path.GetDirectoryName(_path) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder);
        _connectionString = new SqliteConnectionStringBuilder { DataSource = _path, Pooling = true }.ToString();
    }

    public override string Kind => "sqlite";

    public override string Description => $"SQLite {_path}";

    public override bool CanBeShared => false;

    public override string ForUpdateSkipLocked => "";

    public override async Task<DbConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(_connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var pragmas = connection.CreateCommand();
        pragmas.CommandText = "pragma busy_timeout=30000; pragma journal_mode=wal; pragma synchronous=full; pragma temp_store=memory; pragma cache_size=-32000;";
        await pragmas.ExecuteNonQueryAsync(cancellationToken);
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
        _ => value,
    };

    public override Guid ReadGuid(DbDataReader reader, int ordinal) => new(reader.GetFieldValue<byte[]>(ordinal), bigEndian: true);

    public override DateTimeOffset ReadTime(DbDataReader reader, int ordinal) =>
        DateTimeOffset.UnixEpoch.AddTicks(reader.GetInt64(ordinal) * TimeSpan.TicksPerMicrosecond);

    public override ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        _writer.Dispose();
        return ValueTask.CompletedTask;
    }

    internal override ILedgerStore OpenLedgerStore() => new SqliteLedgerStore(this);

    internal Task EnterWriterAsync(CancellationToken cancellationToken) => _writer.WaitAsync(cancellationToken);

    internal void LeaveWriter() => _writer.Release();

    /// <summary>Serializable is what this driver turns into BEGIN IMMEDIATE: the lock is taken now, not at the first write.</summary>
    internal static SqliteTransaction BeginImmediate(SqliteConnection connection) =>
        connection.BeginTransaction(IsolationLevel.Serializable, deferred: false);

    /// <summary>
    /// Disposes of a transaction. A full disk has ended it behind the driver's back, whose own rollback then fails and leaves the connection
    /// useless for good: it is given something that it can roll back.
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
