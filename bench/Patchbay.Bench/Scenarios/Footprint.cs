using Npgsql;
using Patchbay.Bench.Targets;

namespace Patchbay.Bench.Scenarios;

/// <summary>What one operation leaves in PostgreSQL: bytes of write-ahead log, and bytes in tables and indexes.</summary>
internal static class Footprint
{
    public static async Task RunAsync(BenchStage stage, HubTarget hub, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(hub.Setting);
        await ReadAsync(source, "CHECKPOINT; SELECT 0::bigint", cancellationToken);
        var log = await ReadAsync(source, "SELECT (pg_current_wal_lsn() - '0/0')::bigint", cancellationToken);
        var size = await ReadAsync(source, "SELECT pg_database_size(current_database())", cancellationToken);
        var run = await Throughput.MeasureAsync(stage, hub, 32, stage.Seconds * 2, cancellationToken);
        var operations = run.Operations;
        var logged = (await ReadAsync(source, "SELECT (pg_current_wal_lsn() - '0/0')::bigint", cancellationToken) - log) / operations;
        var stored = (await ReadAsync(source, "SELECT pg_database_size(current_database())", cancellationToken) - size) / operations;
        stage.Report.Table("Footprint of one SMS in PostgreSQL", [
            ["write-ahead log (first writes after a checkpoint included)", "tables and indexes", "processor time of the hub",
                "processor time of PostgreSQL"],
            [$"{Report.Text(logged)} bytes", $"{Report.Text(stored)} bytes", $"{Report.Text(run.ServerMicros)} µs",
                $"{Report.Text(run.DatabaseMicros)} µs"],
        ]);
        stage.Report.Add("wal_bytes_per_operation", logged);
        stage.Report.Add("stored_bytes_per_operation", stored);
    }

    private static async Task<double> ReadAsync(NpgsqlDataSource source, string sql, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(sql);
        return Convert.ToDouble(await command.ExecuteScalarAsync(cancellationToken), System.Globalization.CultureInfo.InvariantCulture);
    }
}
