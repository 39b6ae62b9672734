using System.Data.Common;
using Npgsql;

namespace Patchbay.Storage;

/// <summary>PostgreSQL 15 or newer, shared by any number of nodes.</summary>
public sealed class PostgreSqlDatabase : Database
{
    private const long MigrationLock = 0x7061746368626179;   // "patchbay"

    private readonly NpgsqlDataSource _source;
    private readonly string _description;

    public PostgreSqlDatabase(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        if (!settings.ContainsKey("Max Auto Prepare"))
            settings.MaxAutoPrepare = 100;
        if (!settings.ContainsKey("Application Name"))
            settings.ApplicationName = "patchbay";
        if (!settings.ContainsKey("Maximum Pool Size"))
            settings.MaxPoolSize = 20;
        _source = new NpgsqlDataSourceBuilder(settings.ToString()).Build();
        _description = $"PostgreSQL {settings.Host}:{settings.Port}/{settings.Database}";
    }

    public override string Kind => "postgresql";

    public override string Description => _description;

    public override bool CanBeShared => true;

    public override string ForUpdateSkipLocked => " FOR UPDATE SKIP LOCKED";

    public override string NotBefore(string column, DateTimeOffset moment) => $" AND {column} >= '{IdGenerator.LowestAt(moment)}'";

    public override async Task<DbConnection> ConnectAsync(CancellationToken cancellationToken) =>
        await _source.OpenConnectionAsync(cancellationToken);

    public override async Task<WriteTransaction> BeginWriteAsync(CancellationToken cancellationToken)
    {
        var connection = await _source.OpenConnectionAsync(cancellationToken);
        try
        {
            return new WriteTransaction(connection, await connection.BeginTransactionAsync(cancellationToken), static () => { });
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public override async Task<IAsyncDisposable> LockForMigrationAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT pg_advisory_lock({MigrationLock})";
        command.CommandTimeout = 0;   // whoever has it may be rebuilding an index
        await command.ExecuteNonQueryAsync(cancellationToken);
        return new AdvisoryLock(connection);
    }

    public override object ToParameter(object? value) => value switch
    {
        null => DBNull.Value,
        DateTimeOffset moment => moment.UtcDateTime,
        _ => value,
    };

    public override Guid ReadGuid(DbDataReader reader, int ordinal) => reader.GetGuid(ordinal);

    public override DateTimeOffset ReadTime(DbDataReader reader, int ordinal) =>
        new(reader.GetFieldValue<DateTime>(ordinal), TimeSpan.Zero);

    public override ValueTask DisposeAsync() => _source.DisposeAsync();

    internal override ILedgerStore OpenLedgerStore() => new PostgreSqlLedgerStore(this, _source);

    private sealed class AdvisoryLock(DbConnection connection) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT pg_advisory_unlock({MigrationLock})";
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }
}
