using Npgsql;
using Xunit.v3;

namespace Patchbay.TestKit;

/// <summary>
/// A private PostgreSQL for one test run, started when first needed: <c>[assembly: AssemblyFixture(typeof(PostgresServer))]</c>, or held
/// by <see cref="TestDatabases"/>. It promises nothing about its data when the machine fails, and is the faster for it.
/// </summary>
public sealed partial class PostgresServer : IAsyncDisposable
{
    private const int StartAttempts = 3;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private string? _folder;
    private int _port;
    private int _databases;

    /// <summary>Whether PostgreSQL's programs are installed here.</summary>
    public static bool IsInstalled => PostgresTools.Available;

    /// <summary>Keeps its write-ahead log, so that <see cref="RecoverAsync"/> can go back to any moment since a base backup.</summary>
    public bool Archives { get; init; }

    /// <summary>A new database, empty or a copy of another that nobody is connected to. Returns its connection string.</summary>
    public async Task<string> CreateDatabaseAsync(string? template, CancellationToken cancellationToken)
    {
        await EnsureStartedAsync(cancellationToken);
        var name = $"t{Interlocked.Increment(ref _databases)}";
        var from = template is null ? "template0" : new NpgsqlConnectionStringBuilder(template).Database;
        await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {from} STRATEGY file_copy", cancellationToken);
        return ConnectionString(name);
    }

    /// <summary>Runs a statement as administrator, on the maintenance database.</summary>
    public async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await EnsureStartedAsync(cancellationToken);
        await ScalarAsync(sql, cancellationToken);
    }

    /// <summary>Crashes and comes back on the same port. Commits survive it on connections with <c>synchronous_commit=on</c>.</summary>
    /// <param name="away">How long it is not there.</param>
    public Task CrashAsync(TimeSpan away, CancellationToken cancellationToken) =>
        CrashAsync(() => Task.Delay(away, TimeProvider.System, cancellationToken), cancellationToken);

    /// <inheritdoc cref="CrashAsync(TimeSpan, CancellationToken)"/>
    /// <param name="meanwhile">It is not there until this has ended.</param>
    public async Task CrashAsync(Func<Task> meanwhile, CancellationToken cancellationToken)
    {
        await PostgresTools.RunAsync("pg_ctl", ["-D", Path.Combine(_folder!, "data"), "-m", "immediate", "stop"], cancellationToken);
        try
        {
            await meanwhile();
        }
        finally
        {
            await RunAsync(_folder!, cancellationToken);
        }
    }

    public async Task DropDatabaseAsync(string connectionString, CancellationToken cancellationToken) =>
        await ExecuteAsync(
            $"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(connectionString).Database} WITH (FORCE)", cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _gate.Dispose();
        if (_folder is null)
            return;
        NpgsqlConnection.ClearAllPools();
        await PostgresTools.RunAsync("pg_ctl", ["-D", Path.Combine(_folder, "data"), "-m", "immediate", "stop"], CancellationToken.None);
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<object?> ScalarAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellationToken);
    }

    private string ConnectionString(string database) => $"Host=127.0.0.1;Port={_port};Username=hub;Database={database}";

    private async Task EnsureStartedAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _folder) is not null)
            return;
        if (TestForm.IsQuick)
            throw new InvalidOperationException(DynamicSkipToken.Value + "What needs PostgreSQL is left to the whole run.");
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_folder is null)
            {
                Volatile.Write(ref _folder, await StartAsync(
                    data => PostgresTools.RunAsync("initdb", ["-D", data, "-U", "hub", "-A", "trust", "-E", "UTF8", "--locale=C",
                        "--no-sync"], cancellationToken), cancellationToken));
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <param name="fill">Makes the folder of the data.</param>
    private async Task<string> StartAsync(Func<string, Task> fill, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("patchbay-pg-").FullName;
        await PostgresTools.OwnAsync(folder, cancellationToken);
        Directory.CreateDirectory(Archive(folder));
        await PostgresTools.OwnAsync(Archive(folder), cancellationToken);
        await fill(Path.Combine(folder, "data"));
        for (var attempt = 1; ; attempt++)
        {
            _port = Ports.Free();
            try
            {
                await RunAsync(folder, cancellationToken);
                return folder;
            }
            catch (InvalidOperationException) when (attempt < StartAttempts)
            {
                // Somebody else may have taken the port meanwhile: try another.
            }
        }
    }

    private Task RunAsync(string folder, CancellationToken cancellationToken)
    {
        var settings = $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c synchronous_commit=off "
            + "-c full_page_writes=off -c max_connections=300 -c shared_buffers=64MB"
            + (Archives
                ? $" -c archive_mode=on -c archive_command='cp %p {Archive(folder)}/part && mv {Archive(folder)}/part {Archive(folder)}/%f'"
                : "");
        return PostgresTools.RunAsync(
            "pg_ctl", ["-D", Path.Combine(folder, "data"), "-w", "-l", Path.Combine(folder, "log"), "-o", settings, "start"],
            cancellationToken);
    }

    private static string Archive(string folder) => Path.Combine(folder, "archive");
}
