using System.Data.Common;
using Npgsql;

namespace Patchbay.Storage;

/// <summary>PostgreSQL 15 or newer, shared by any number of nodes.</summary>
public sealed class PostgreSqlDatabase : Database
{
    /// <summary>
    /// Ends the <c>application_name</c> of the session in which a ledger commits: by it, <c>pg_stat_activity</c> tells when the oldest
    /// batch under way began.
    /// </summary>
    public const string LedgerSuffix = " ledger";

    private const long MigrationLock = 0x7061746368626179;   // "patchbay"

    // A node that stands still or is cut off in the middle of a transaction holds locks on rows that others wait for, and PostgreSQL would
    // wait for it for hours. No transaction here waits for anything but the database, so that five seconds of silence mean that nobody is
    // there.
    private const string Session =
        "-c idle_in_transaction_session_timeout=5s -c tcp_user_timeout=5s "
        + "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3";

    private readonly NpgsqlDataSource _source;
    private readonly Lazy<PostgreSqlDatabase> _reserved;
    private readonly string _description;

    /// <param name="pool">What metrics call its connections: by themselves they would be called by the connection string, host and user in
    /// it.</param>
    public PostgreSqlDatabase(string connectionString, string pool = "patchbay")
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        Default("Max Auto Prepare", () => settings.MaxAutoPrepare = 100);
        Default("Application Name", () => settings.ApplicationName = "patchbay");
        Default("Maximum Pool Size", () => settings.MaxPoolSize = 20);
        Default("Timeout", () => settings.Timeout = 5);
        Default("Host Recheck Seconds", () => settings.HostRecheckSeconds = 1);
        // The other way round: who waits for an answer that was lost on the way sends nothing, and would not notice before the command's
        // own time-out of 30 s.
        Default("TCP Keepalive", () => settings.TcpKeepAlive = true);
        Default("TCP Keepalive Time", () => settings.TcpKeepAliveTime = 5);
        Default("TCP Keepalive Interval", () => settings.TcpKeepAliveInterval = 2);
        settings.Options = $"{Session} {settings.Options}".TrimEnd();   // what comes later wins
        var builder = new NpgsqlDataSourceBuilder(settings.ToString()) { Name = pool };
        _source = IsMultiHost(settings) ? builder.BuildMultiHost().WithTargetSession(TargetOf(settings)) : builder.Build();
        _reserved = new Lazy<PostgreSqlDatabase>(() => new PostgreSqlDatabase(
            new NpgsqlConnectionStringBuilder(connectionString) { MinPoolSize = 0, MaxPoolSize = 1 }.ToString(), pool + " reserved"));
        var hosts = settings.Host?.Split(',').Select(
            host => host.Contains(':', StringComparison.Ordinal) ? host : $"{host}:{settings.Port}");
        _description = $"PostgreSQL {string.Join(',', hosts ?? [])}/{settings.Database}";

        void Default(string name, Action set)
        {
            if (!settings.ShouldSerialize(name))   // ContainsKey is true for every name that exists
                set();
        }
    }

    /// <summary>Reads the connection string; connects to nothing.</summary>
    /// <exception cref="ArgumentException">It is not one.</exception>
    public static void Check(string connectionString)
    {
        var database = new PostgreSqlDatabase(connectionString, "checked");
        database._source.Dispose();   // or metrics would tell of its pool
    }

    /// <summary>Whether a password is part of it.</summary>
    /// <exception cref="ArgumentException">It is not a connection string.</exception>
    public static bool HasPassword(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString) is
        { Password.Length: > 0 } or { SslPassword.Length: > 0 };

    public override string Kind => "postgresql";

    public override string Description => _description;

    public override bool CanBeShared => true;

    public override Database Reserved => _reserved.Value;

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
        string text => StorableText.Of(text),
        string[] texts => Array.ConvertAll(texts, StorableText.Of),
        _ => value,
    };

    public override Guid ReadGuid(DbDataReader reader, int ordinal) => reader.GetGuid(ordinal);

    public override DateTimeOffset ReadTime(DbDataReader reader, int ordinal) =>
        new(reader.GetFieldValue<DateTime>(ordinal), TimeSpan.Zero);

    public override async ValueTask DisposeAsync()
    {
        if (_reserved.IsValueCreated)
            await _reserved.Value.DisposeAsync();
        await _source.DisposeAsync();
    }

    /// <summary>As <see cref="ConnectAsync"/>, for whoever needs more of the driver than statements.</summary>
    internal ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken) => _source.OpenConnectionAsync(cancellationToken);

    private static bool IsMultiHost(NpgsqlConnectionStringBuilder settings) =>
        settings.Host?.Contains(',', StringComparison.Ordinal) == true;

    /// <summary>The hub always writes: of several servers it wants the primary, unless it is told otherwise.</summary>
    private static TargetSessionAttributes TargetOf(NpgsqlConnectionStringBuilder settings) =>
        settings.TargetSessionAttributes is { } target
            ? Enum.Parse<TargetSessionAttributes>(target.Replace("-", "", StringComparison.Ordinal), ignoreCase: true)
            : TargetSessionAttributes.Primary;

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
