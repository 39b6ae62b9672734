using Patchbay.Engine;
using Patchbay.Hub.Affiliates.Endpoints;
using Patchbay.Hub.Affiliates.Leads;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Batches;

/// <summary>
/// Makes batches: as soon as the oldest waiting event of an affiliate has waited for as long as its endpoint says, or as many wait as go
/// into one batch. A batch holds the oldest events up to the first of another type, so that nothing overtakes anything.
/// </summary>
public sealed class FlushAffiliateBatches(
    Database database, Ledger ledger, DeliveryEngine engine, TenantConfigs configs, IdGenerator ids, TimeProvider time)
{
    private const int MaxOutboxes = 2_000;

    private const string WaitingSql = $"""
        SELECT o.*, c.last_seq - o.batched_seq AS waiting, e.occurred_at AS oldest   -- engine scope: all tenants
          FROM affiliate_outboxes AS o
          JOIN affiliate_counters AS c ON c.tenant_id = o.tenant_id AND c.affiliate_id = o.affiliate_id AND c.last_seq > o.batched_seq
          JOIN affiliate_events AS e ON e.tenant_id = o.tenant_id AND e.affiliate_id = o.affiliate_id AND e.seq = (
               SELECT min(n.seq) FROM affiliate_events AS n
                WHERE n.tenant_id = o.tenant_id AND n.affiliate_id = o.affiliate_id AND n.seq > o.batched_seq)
         WHERE o.endpoint_id IS NOT NULL AND o.open_delivery IS NULL AND o.open_batch IS NULL
           AND o.tenant_id IN (SELECT s.tenant_id FROM affiliate_settings AS s WHERE {TenantMoveTable.NotMoving})
         ORDER BY e.occurred_at LIMIT @MaxOutboxes
        """;

    private const string StrandedSql = $"""
        SELECT o.* FROM affiliate_outboxes AS o   -- engine scope: all tenants
         WHERE o.endpoint_id IS NOT NULL AND o.open_delivery IS NULL AND o.open_batch IS NOT NULL AND {TenantMoveTable.NotMoving}
         LIMIT @MaxOutboxes
        """;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (
            var outbox in await database.QueryAsync(
                StrandedSql, new { MaxOutboxes }, AffiliateOutboxTable.Instance.Read, cancellationToken))
        {
            if (await EndpointAsync(outbox, cancellationToken) is { } endpoint)
                await SendAgainAsync(outbox, endpoint, cancellationToken);
        }

        var waiting = await database.QueryAsync(
            WaitingSql, new { MaxOutboxes },
            row => (Outbox: AffiliateOutboxTable.Instance.Read(row), Count: row.Long("waiting"), Oldest: row.Time("oldest")),
            cancellationToken);
        foreach (var (outbox, count, oldest) in waiting)
        {
            if (await EndpointAsync(outbox, cancellationToken) is { } endpoint
                && (count >= endpoint.BatchSizeMax || time.GetUtcNow() >= oldest + TimeSpan.FromSeconds(endpoint.FlushSeconds)))
                await CutAsync(outbox, endpoint, cancellationToken);
        }
    }

    /// <summary>Null while nothing may be sent.</summary>
    private async Task<AffiliateEndpoint?> EndpointAsync(AffiliateOutbox outbox, CancellationToken cancellationToken)
    {
        var config = await configs.GetAsync(outbox.Key.Tenant, cancellationToken);
        return config.Part<AffiliateEndpointSet>().Find(outbox.Endpoint!.Value) is { IsActive: true } endpoint ? endpoint : null;
    }

    private async Task CutAsync(AffiliateOutbox outbox, AffiliateEndpoint endpoint, CancellationToken cancellationToken)
    {
        var events = await database.QueryAsync(
            "SELECT * FROM affiliate_events WHERE tenant_id = @Tenant AND affiliate_id = @AffiliateId AND seq > @BatchedSeq "
            + "ORDER BY seq LIMIT @BatchSizeMax",
            new { outbox.Key.Tenant, outbox.Key.AffiliateId, outbox.BatchedSeq, endpoint.BatchSizeMax }, AffiliateEventTable.Instance.Read,
            cancellationToken);
        var batched = events.TakeWhile(entry => entry.Type == events[0].Type).ToArray();
        if (batched.Length == 0)
            return;
        var now = time.GetUtcNow();
        var delivery = ids.New<DeliveryId>();
        await StartAsync(outbox, endpoint, new AffiliateBatch(
            new AffiliateBatchKey(outbox.Key.Tenant, ids.New<AffiliateBatchId>()), outbox.Key.AffiliateId, batched[0].Type,
            batched[0].Key.Seq, batched[^1].Key.Seq, batched.Length, now,
            AffiliateBatchBody.Write(batched, now), AffiliateBatchStatus.Open, delivery, null), delivery, now, cancellationToken);
    }

    /// <summary>
    /// The batch that the endpoint before, or this one before it was disabled, may have taken or not: to the present one, as it is.
    /// </summary>
    private async Task SendAgainAsync(AffiliateOutbox outbox, AffiliateEndpoint endpoint, CancellationToken cancellationToken)
    {
        if (outbox.OpenBatch is not { } open)
            return;
        var key = new AffiliateBatchKey(outbox.Key.Tenant, open);
        if (await database.FindAsync(AffiliateBatchTable.Instance, key, cancellationToken) is { } batch)
            await StartAsync(outbox, endpoint, batch, ids.New<DeliveryId>(), time.GetUtcNow(), cancellationToken);
    }

    private async Task StartAsync(
        AffiliateOutbox outbox, AffiliateEndpoint endpoint, AffiliateBatch batch, DeliveryId id, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var placed = await engine.PlaceAsync(AffiliateBatchDeliveries.New(endpoint, batch.Key.Id, id, now), cancellationToken);
        if (await ledger.CommitAsync(new CutAffiliateBatch(outbox, batch, placed, engine), cancellationToken))
            engine.Start(placed);
    }
}
