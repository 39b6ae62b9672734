using Npgsql;

namespace Patchbay.TestKit;

/// <content>Copies of its data, and servers made from them.</content>
public sealed partial class PostgresServer
{
    /// <summary>A dump of a database, made while others use it. Returns the file.</summary>
    public async Task<string> DumpAsync(string connectionString, CancellationToken cancellationToken)
    {
        var file = Path.Combine(_folder!, $"dump{Interlocked.Increment(ref _databases)}");
        await PostgresTools.RunAsync("pg_dump", [.. At(connectionString), "--format=custom", "--file", file], cancellationToken);
        return file;
    }

    /// <summary>A new database from a dump. Returns its connection string.</summary>
    public async Task<string> RestoreAsync(string file, CancellationToken cancellationToken)
    {
        var connectionString = await CreateDatabaseAsync(null, cancellationToken);
        await PostgresTools.RunAsync("pg_restore", [.. At(connectionString), "--exit-on-error", file], cancellationToken);
        return connectionString;
    }

    /// <summary>A copy of all its files, made while others use them, and the moment when it was whole.</summary>
    public async Task<(string Folder, DateTime WholeAt)> BaseBackupAsync(CancellationToken cancellationToken)
    {
        var copy = Path.Combine(_folder!, $"base{Interlocked.Increment(ref _databases)}");
        await PostgresTools.RunAsync(
            "pg_basebackup", ["--host=127.0.0.1", $"--port={_port}", "--username=hub", "--pgdata", copy, "--checkpoint=fast", "--no-sync"],
            cancellationToken);
        return (copy, (DateTime)(await ScalarAsync("SELECT clock_timestamp()", cancellationToken))!);
    }

    /// <summary>Another server, from a base backup of this one, as this one was at a moment since.</summary>
    public async Task<PostgresServer> RecoverAsync(string copy, DateTime until, CancellationToken cancellationToken)
    {
        var last = (string)(await ScalarAsync("SELECT pg_walfile_name(pg_switch_wal())", cancellationToken))!;
        await Eventually.BecomesAsync(
            () => File.Exists(Path.Combine(Archive(_folder!), last)), TimeSpan.FromSeconds(30), cancellationToken);
        var settings = $"""
            restore_command = 'cp {Archive(_folder!)}/%f %p'
            recovery_target_time = '{until.ToUniversalTime():yyyy-MM-dd HH:mm:ss.ffffff}+00'
            recovery_target_action = 'promote'

            """;
        await File.AppendAllTextAsync(Path.Combine(copy, "postgresql.auto.conf"), settings, cancellationToken);
        var signal = Path.Combine(copy, "recovery.signal");
        await File.WriteAllTextAsync(signal, "", cancellationToken);
        await PostgresTools.OwnAsync(signal, cancellationToken);
        var recovered = new PostgresServer();
        recovered._folder = await recovered.StartAsync(
            data =>
            {
                Directory.Move(copy, data);
                return Task.CompletedTask;
            }, cancellationToken);
        await Eventually.BecomesAsync(
            async () => !(bool)(await recovered.ScalarAsync("SELECT pg_is_in_recovery()", cancellationToken))!, TimeSpan.FromSeconds(30),
            cancellationToken);
        return recovered;
    }

    /// <summary>Where a database of another server is on this one, which was recovered from it.</summary>
    public string SameOn(string connectionString) => ConnectionString(new NpgsqlConnectionStringBuilder(connectionString).Database!);

    private string[] At(string connectionString) =>
        ["--host=127.0.0.1", $"--port={_port}", "--username=hub",
            $"--dbname={new NpgsqlConnectionStringBuilder(connectionString).Database}"];
}
