using System.Net;
using System.Net.Sockets;
using Npgsql;
using Patchbay.TestKit;

namespace Patchbay.ClusterTests.Running;

/// <summary>A PostgreSQL that keeps its promises (fsync, synchronous_commit) and that other machines can reach.</summary>
internal sealed class DatabaseServer : IAsyncDisposable
{
    private const string User = "hub";

    private readonly string _folder;
    private int _databases;

    private DatabaseServer(string folder, string host, int port) => (_folder, Host, Port) = (folder, host, port);

    public string Host { get; }

    public int Port { get; }

    private string Data => Path.Combine(_folder, "data");

    public static async Task<DatabaseServer> StartAsync(string host, CancellationToken cancellationToken)
    {
        var server = await InFolderAsync(host, cancellationToken);
        await PostgresTools.RunAsync(
            "initdb", ["-D", server.Data, "-U", User, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"], cancellationToken);
        await File.AppendAllTextAsync(Path.Combine(server.Data, "pg_hba.conf"),
            "host all all 10.0.0.0/8 trust\nhost replication all 10.0.0.0/8 trust\n", cancellationToken);
        await server.StartAsync(cancellationToken);
        return server;
    }

    /// <summary>A second server that follows this one; once it does, a commit is answered only when both have it.</summary>
    public async Task<DatabaseServer> AddStandbyAsync(CancellationToken cancellationToken)
    {
        var standby = await InFolderAsync(Host, cancellationToken);
        await PostgresTools.RunAsync(
            "pg_basebackup", ["-h", Host, "-p", $"{Port}", "-U", User, "-D", standby.Data, "-R", "-X", "stream", "--checkpoint=fast",
                "--no-sync"], cancellationToken);
        await standby.StartAsync(cancellationToken);
        await ExecuteAsync("ALTER SYSTEM SET synchronous_standby_names = '*'", cancellationToken);
        await ExecuteAsync("SELECT pg_reload_conf()", cancellationToken);
        await Eventually.BecomesAsync(
            async () => (string?)await ScalarAsync("SELECT sync_state FROM pg_stat_replication", cancellationToken) == "sync",
            TimeSpan.FromSeconds(20), cancellationToken);
        return standby;
    }

    /// <summary>A new, empty database; its name.</summary>
    public async Task<string> CreateDatabaseAsync(CancellationToken cancellationToken)
    {
        var name = $"cluster{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync($"CREATE DATABASE {name}", cancellationToken);
        return name;
    }

    public string ConnectionString(string database) => $"Host={Host};Port={Port};Username={User};Database={database}";

    /// <summary>As an administrator does it: running statements are broken off.</summary>
    public Task RestartAsync(CancellationToken cancellationToken) =>
        PostgresTools.RunAsync(
            "pg_ctl", ["-D", Data, "-w", "-m", "fast", "-l", Path.Combine(_folder, "log"), "restart"], cancellationToken);

    /// <summary>SIGKILL to all its processes, as if the machine were gone. It stays away.</summary>
    public async Task KillAsync()
    {
        var postmaster = (await File.ReadAllLinesAsync(Path.Combine(Data, "postmaster.pid")))[0];
        var children = (await Shell.TryAsync("ps", "-o", "pid=", "--ppid", postmaster)).Output.Split(
            '\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        await Shell.TryAsync("kill", ["-KILL", postmaster, .. children]);
    }

    /// <summary>The standby takes over.</summary>
    public Task PromoteAsync(CancellationToken cancellationToken) =>
        PostgresTools.RunAsync("pg_ctl", ["-D", Data, "-w", "promote"], cancellationToken);

    public async Task ExecuteAsync(string sql, CancellationToken cancellationToken) => await ScalarAsync(sql, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        try
        {
            await PostgresTools.RunAsync("pg_ctl", ["-D", Data, "-m", "immediate", "stop"], CancellationToken.None);
        }
        catch (InvalidOperationException)
        {
            // It was killed.
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<DatabaseServer> InFolderAsync(string host, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("patchbay-cluster-pg-").FullName;
        await PostgresTools.OwnAsync(folder, cancellationToken);
        using var free = new TcpListener(IPAddress.Any, 0);
        free.Start();
        return new DatabaseServer(folder, host, ((IPEndPoint)free.LocalEndpoint).Port);
    }

    private Task StartAsync(CancellationToken cancellationToken)
    {
        var settings = $"-p {Port} -c listen_addresses={Host} -c unix_socket_directories='' -c max_connections=200 -c shared_buffers=128MB "
            + "-c wal_level=replica -c hot_standby=on -c max_wal_senders=5";
        return PostgresTools.RunAsync(
            "pg_ctl", ["-D", Data, "-w", "-l", Path.Combine(_folder, "log"), "-o", settings, "start"], cancellationToken);
    }

    private async Task<object?> ScalarAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellationToken);
    }
}
