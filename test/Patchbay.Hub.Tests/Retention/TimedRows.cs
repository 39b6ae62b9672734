using Microsoft.Extensions.Logging.Abstractions;
using Patchbay.Engine;
using Patchbay.Platform.Events;
using Patchbay.Platform.Retention;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Retention;

/// <summary>A database that fills up in simulated time, with retention at work: deliveries with an attempt and an event each.</summary>
internal sealed class TimedRows : IAsyncDisposable
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private readonly IdGenerator _ids;
    private readonly Ledger _ledger;
    private readonly TenantId[] _tenants;
    private bool _isSimulated;

    public TimedRows(Database database, RetentionOptions options, ManualTime time)
    {
        (Database, Time) = (database, time);
        _ids = new IdGenerator(time);
        _ledger = new Ledger(database, TimeProvider.System);
        _tenants = Enumerable.Range(0, 3).Select(_ => _ids.New<TenantId>()).ToArray();
        Upkeep = new PartitionUpkeep(database, Declared.Retained, options, time, NullLogger<PartitionUpkeep>.Instance);
        Retention = new Platform.Retention.Retention(database, Upkeep, Declared.Retained, Declared.Expiring, options, time);
    }

    public Database Database { get; }

    public ManualTime Time { get; }

    public PartitionUpkeep Upkeep { get; }

    public Platform.Retention.Retention Retention { get; }

    public PartitionStore Partitions => new((PostgreSqlDatabase)Database);

    public async Task CreateTenantsAsync()
    {
        foreach (var tenant in _tenants)
        {
            await Database.ExecuteAsync(
                "INSERT INTO tenants (id, name, config_version, created_at) VALUES (@tenant, @name, 1, @now)",
                new { tenant, name = tenant.ToString(), now = Time.GetUtcNow() }, _ct);
        }
    }

    /// <summary>Deliveries made now, in steps of as many as the ledger takes at once.</summary>
    public async Task<IReadOnlyList<Delivery>> AddAsync(int count, Func<Delivery, Delivery>? change = null)
    {
        if (Database is PostgreSqlDatabase && !_isSimulated)
            await Database.ExecuteAsync(
                "ALTER TABLE events DROP CONSTRAINT IF EXISTS ids_are_fresh", new { }, _ct);   // the server's own time goes on
        _isSimulated = true;
        var all = new List<Delivery>(count);
        foreach (var step in Enumerable.Range(0, count).Chunk(500))
        {
            var deliveries = step.Select(i => New(_tenants[i % _tenants.Length]))
                .Select(delivery => change?.Invoke(delivery) ?? delivery).ToList();
            await _ledger.CommitAsync(new Insert(deliveries, _ids), _ct);
            all.AddRange(deliveries);
        }

        return all;
    }

    /// <summary>A result as a node records it: the delivery is locked by its key, changed, and gets one more attempt.</summary>
    public Task<bool> RecordAsync(Delivery delivery) => _ledger.CommitAsync(new Record(delivery.Key, Time.GetUtcNow()), _ct);

    public async Task<int> CountAsync(string table, string where = "1 = 1", object? parameters = null) =>
        (await Database.QueryAsync($"SELECT count(*) AS n FROM {table} WHERE {where}", parameters ?? new { }, row => row.Int("n"), _ct))[0];

    public async Task<Delivery?> FindAsync(Delivery delivery) => await Database.FindAsync(
        "SELECT * FROM deliveries WHERE tenant_id = @TenantId AND id = @Id", new { delivery.TenantId, delivery.Id },
        DeliveryTable.Instance.ReadWhole, _ct);

    public async Task<int> AttemptsAsync(Delivery delivery) =>
        await CountAsync("attempts", "tenant_id = @TenantId AND delivery_id = @Id", new { delivery.TenantId, delivery.Id });

    public ValueTask DisposeAsync() => _ledger.DisposeAsync();

    private Delivery New(TenantId tenant) => new()
    {
        TenantId = tenant, Id = _ids.New<DeliveryId>(), Capability = "test", Lane = new LaneId(tenant.Value), SubjectId = _ids.NewGuid(),
        Payload = new byte[300], Status = DeliveryStatus.Delivered, AttemptCount = 1,
        CreatedAt = Time.GetUtcNow(), UpdatedAt = Time.GetUtcNow(), ExpiresAt = Time.GetUtcNow().AddDays(1),
    };

    private static Attempt AttemptOf(Delivery delivery, int number) => new()
    {
        TenantId = delivery.TenantId, DeliveryId = delivery.Id, Number = number, Kind = AttemptKind.Call, Lane = delivery.Lane,
        StartedAt = delivery.CreatedAt, DurationMs = 1, Outcome = AttemptOutcome.Ok, RequestExcerpt = new string('x', 200),
    };

    private sealed class Insert(List<Delivery> deliveries, IdGenerator ids) : LedgerWork<bool>
    {
        public override bool Decide(LedgerRows rows)
        {
            foreach (var delivery in deliveries)
            {
                rows.Insert(DeliveryTable.Instance, delivery);
                rows.Insert(AttemptTable.Instance, AttemptOf(delivery, 1));
                rows.Insert(EventTable.Instance, new Event(
                    delivery.TenantId, ids.New<EventId>(), "test.happened", delivery.Id.ToString(), delivery.CreatedAt,
                    new string('x', 200)));
            }

            return true;
        }
    }

    private sealed class Record(DeliveryKey key, DateTimeOffset now) : LedgerWork<bool>
    {
        public override void Need(LedgerNeeds needs) => needs.Row(DeliveryTable.Instance, key);

        public override bool Decide(LedgerRows rows)
        {
            if (rows.Find(DeliveryTable.Instance, key) is not { } delivery)
                return false;
            rows.Update(DeliveryTable.Instance, delivery with
            {
                Status = DeliveryStatus.Delivered, Reason = null, DueAt = null, LeasedBy = null, AttemptCount = delivery.AttemptCount + 1,
                UpdatedAt = now,
            });
            rows.Insert(AttemptTable.Instance, AttemptOf(delivery, delivery.AttemptCount + 1));
            return true;
        }
    }
}
