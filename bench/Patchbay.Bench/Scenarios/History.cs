using Npgsql;
using Patchbay.Bench.Targets;

namespace Patchbay.Bench.Scenarios;

/// <summary>Whether the hub is as fast with five million finished deliveries in its tables as with few.</summary>
internal static class History
{
    private const int Deliveries = 5_000_000;

    public static async Task RunAsync(BenchStage stage, Target limit, HubTarget hub, CancellationToken cancellationToken)
    {
        var before = await AgainstLimitAsync(stage, limit, hub, cancellationToken);
        BenchStage.Say("making history");
        await MultiplyAsync(hub.Setting, cancellationToken);
        var after = await AgainstLimitAsync(stage, limit, hub, cancellationToken);
        stage.Report.AtLeast("done/s with 5,000,000 finished deliveries against few", 0.90, after / before);
    }

    /// <summary>The limit beside it takes out what the machine does differently meanwhile.</summary>
    private static async Task<double> AgainstLimitAsync(BenchStage stage, Target limit, HubTarget hub, CancellationToken cancellationToken)
    {
        var ratios = new List<double>();
        for (var round = 0; round < stage.Rounds; round++)
        {
            var most = await Throughput.MeasureAsync(stage, limit, 32, stage.Seconds, cancellationToken);
            ratios.Add((await Throughput.MeasureAsync(stage, hub, 32, stage.Seconds, cancellationToken)).Done / most.Done);
        }

        return ratios.Median();
    }

    /// <summary>Copies what the runs so far have left, with ids of ever earlier hours, until there is enough.</summary>
    private static async Task MultiplyAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(connectionString + ";Command Timeout=0");
        const string Earlier = "CREATE FUNCTION earlier(id uuid, hours bigint) RETURNS uuid IMMUTABLE LANGUAGE sql AS $$ " +
            "SELECT (lpad(to_hex(('x' || substr(replace(id::text, '-', ''), 1, 12))::bit(48)::bigint - hours * 3600000), 12, '0') || substr(replace(id::text, '-', ''), 13))::uuid $$";
        await ExecuteAsync(source, Earlier, cancellationToken);
        await using var count = source.CreateCommand("SELECT count(*) FROM deliveries WHERE status = 'delivered'");
        var copies = (int)Math.Ceiling((double)Deliveries / (long)(await count.ExecuteScalarAsync(cancellationToken))!);
        foreach (var (table, ids) in new (string, string[])[] { ("deliveries", ["id", "subject_id"]), ("attempts", ["delivery_id"]), ("messages", ["id"]) })
        {
            var columns = await ColumnsAsync(source, table, cancellationToken);
            var values = columns.Select(column => ids.Contains(column) ? $"earlier({column}, n)" : column);
            BenchStage.Say($"  {table}");
            await ExecuteAsync(
                source, $"INSERT INTO {table} ({string.Join(", ", columns)}) SELECT {string.Join(", ", values)} FROM {table}, generate_series(1, {copies}) AS n", cancellationToken);
        }

        await ExecuteAsync(source, "VACUUM ANALYZE", cancellationToken);
        await ExecuteAsync(source, "CHECKPOINT", cancellationToken);
    }

    private static async Task<List<string>> ColumnsAsync(NpgsqlDataSource source, string table, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1");
        command.Parameters.AddWithValue(table);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var columns = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
            columns.Add(reader.GetString(0));
        return columns;
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
