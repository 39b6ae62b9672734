using Npgsql;
using Patchbay.Bench.Targets;
using Patchbay.Storage;

namespace Patchbay.Bench.Scenarios;

/// <summary>A hub with three months of finished deliveries beside one that has just begun, in turn.</summary>
internal static class History
{
    private const int Finished = 5_000_000;
    private static readonly TimeSpan OneDay = TimeSpan.FromDays(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(85);

    /// <summary>So many milliseconds back.</summary>
    private const string Earlier = """
        CREATE OR REPLACE FUNCTION earlier(id uuid, shift bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
            SELECT (lpad(to_hex(('x' || left(replace(id::text, '-', ''), 12))::bit(48)::bigint - shift), 12, '0') || right(replace(id::text, '-', ''), 20))::uuid
        $$
        """;

    /// <summary>Weekly partitions for the past, as they would be there had the hub been running.</summary>
    private const string Weeks = """
        DO $do$
        DECLARE relation text; bounds text; beyond uuid; week integer;
        BEGIN
            FOREACH relation IN ARRAY ARRAY['deliveries', 'attempts', 'events'] LOOP
                SELECT pg_get_expr(relpartbound, oid) INTO bounds FROM pg_class WHERE relname = relation || '_before';
                beyond := substring(bounds FROM 'TO \(''([0-9a-f-]+)''\)')::uuid;
                EXECUTE format('ALTER TABLE %I DETACH PARTITION %I', relation, relation || '_before');
                FOR week IN 1..13 LOOP
                    EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
                        relation || '_past_' || week, relation, earlier(beyond, 604800000::bigint * week), earlier(beyond, 604800000::bigint * (week - 1)));
                END LOOP;
                EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (MINVALUE) TO (%L)', relation, relation || '_before', earlier(beyond, 604800000::bigint * 13));
            END LOOP;
        END $do$
        """;

    public static async Task RunAsync(BenchStage stage, HubTarget fresh, HubTarget old, CancellationToken cancellationToken)
    {
        foreach (var target in new[] { fresh, old })
            await Throughput.WarmUpAsync(stage, target, cancellationToken);
        var rows = await MakeAsync(old, cancellationToken);
        var ratios = new List<double>();
        for (var round = 0; round < stage.Rounds; round++)
        {
            var without = await Throughput.MeasureAsync(stage, fresh, 32, stage.Seconds, cancellationToken);
            var with = await Throughput.MeasureAsync(stage, old, 32, stage.Seconds, cancellationToken);
            BenchStage.Say(
                $"  {Report.Text(without.Done)} done/s without history, {Report.Text(with.Done)} with {rows:N0} finished deliveries");
            ratios.Add(with.Done / without.Done);
        }

        stage.Report.AtLeast("done/s with 5,000,000 finished deliveries against empty tables", 0.90, ratios.Median());
    }

    /// <summary>Copies what the warm-up left, each copy older than the one before.</summary>
    private static async Task<long> MakeAsync(HubTarget hub, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create($"{hub.Setting};Command Timeout=0");
        await ExecuteAsync(Earlier);
        await ExecuteAsync(Weeks);
        var seed = await CountAsync();
        var copies = (int)Math.Ceiling(Finished / (double)seed);
        BenchStage.Say($"making {copies} copies of {seed:N0} finished deliveries with their messages, attempts and events");
        var youngest = IdGenerator.LowestAt(TimeProvider.System.GetUtcNow() - OneDay / 2);   // copies are at least a day old
        var inserts = new[] { await CopyAsync("deliveries", "id"), await CopyAsync("messages", "id"),
            await CopyAsync("attempts", "delivery_id"), await CopyAsync("events", "id") };
        for (var copy = 1; copy <= copies; copy++)
        {
            var shift = (OneDay + (Longest - OneDay) * copy / copies).Ticks / TimeSpan.TicksPerMillisecond;
            foreach (var insert in inserts)
            {
                await using var command = source.CreateCommand(insert);
                command.Parameters.AddWithValue(shift);
                command.Parameters.AddWithValue(youngest);
                await command.ExecuteNonQueryAsync(cancellationToken);
            }

            BenchStage.Say($"  {copy} of {copies}");
        }

        await ExecuteAsync("VACUUM (ANALYZE)");
        await ExecuteAsync("CHECKPOINT");
        return await CountAsync();

        async Task ExecuteAsync(string sql)
        {
            await using var command = source.CreateCommand(sql);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        async Task<long> CountAsync()
        {
            await using var command = source.CreateCommand("SELECT count(*) FROM deliveries");
            return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
        }

        async Task<string> CopyAsync(string table, string key)
        {
            await using var command = source.CreateCommand(
                "SELECT column_name::text, data_type::text FROM information_schema.columns WHERE table_name = $1 AND is_generated = "
                    + "'NEVER' ORDER BY ordinal_position");
            command.Parameters.AddWithValue(table);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var (names, values) = (new List<string>(), new List<string>());
            while (await reader.ReadAsync(cancellationToken))
            {
                var name = reader.GetString(0);
                names.Add(name);
                values.Add((name, reader.GetString(1)) switch
                {
                    ("id" or "subject_id" or "delivery_id", _) => $"earlier({name}, $1)",
                    ("provider_reference" or "subject", _) => $"{name} || '-' || $1::text",
                    (_, "timestamp with time zone") => $"{name} - $1 * interval '1 millisecond'",
                    _ => name,
                });
            }

            return $"INSERT INTO {table} ({string.Join(", ", names)}) SELECT {string.Join(", ", values)} FROM {table} WHERE {key} > $2";
        }
    }
}
