using Patchbay.Hub.Affiliates.Leads;
using Patchbay.Platform.Loops;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Batches;

/// <summary>
/// Removes what is not needed any more, in small steps: events that were put into batches, and batches that have ended. Events that have
/// waited for an endpoint for too long are recorded as withheld.
/// </summary>
public sealed class AffiliateUpkeep(Database database, IdGenerator ids, TimeProvider time)
{
    private const int Step = 500;

    private static readonly TimeSpan KeepEvents = TimeSpan.FromDays(30);
    private static readonly TimeSpan KeepBatches = TimeSpan.FromDays(90);

    private const string Abandoned = """
        SELECT e.* FROM affiliate_events AS e   -- engine scope: all tenants
          LEFT JOIN affiliate_outboxes AS o ON o.tenant_id = e.tenant_id AND o.affiliate_id = e.affiliate_id
         WHERE e.occurred_at < @before AND o.endpoint_id IS NULL AND e.seq > coalesce(o.batched_seq, 0)
         ORDER BY e.occurred_at LIMIT @Step
        """;

    private const string Batched = """
        DELETE FROM affiliate_events WHERE (tenant_id, affiliate_id, seq) IN (   -- engine scope: all tenants
            SELECT e.tenant_id, e.affiliate_id, e.seq FROM affiliate_events AS e
              JOIN affiliate_outboxes AS o ON o.tenant_id = e.tenant_id AND o.affiliate_id = e.affiliate_id AND o.batched_seq >= e.seq
             WHERE e.occurred_at < @before ORDER BY e.occurred_at LIMIT @Step)
        """;

    private const string Ended = """
        DELETE FROM affiliate_batches WHERE (tenant_id, id) IN (   -- engine scope: all tenants
            SELECT tenant_id, id FROM affiliate_batches WHERE created_at < @before AND status <> 'open' ORDER BY created_at LIMIT @Step)
        """;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        while (await WithholdAsync(now, cancellationToken) >= Step)
            cancellationToken.ThrowIfCancellationRequested();
        foreach (var (sql, keep) in new[] { (Batched, KeepEvents), (Ended, KeepBatches) })
            await database.ExecuteInStepsAsync(sql, Step, new { before = now - keep, Step }, cancellationToken);
    }

    private async Task<int> WithholdAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var write = await database.BeginWriteAsync(cancellationToken);
        var abandoned = await database.QueryAsync(
            write, Abandoned, new { before = now - KeepEvents, Step }, AffiliateEventTable.Instance.Read, cancellationToken);
        foreach (var entry in abandoned)
        {
            // Another node may be at it: who deletes the event records it.
            var deleted = await database.ExecuteAsync(
                write, "DELETE FROM affiliate_events WHERE tenant_id = @Tenant AND affiliate_id = @AffiliateId AND seq = @Seq",
                new { entry.Key.Tenant, entry.Key.AffiliateId, entry.Key.Seq }, cancellationToken);
            if (deleted == 0)
                continue;
            await database.ExecuteAsync(
                write,
                """
                INSERT INTO affiliate_suppressions (tenant_id, id, affiliate_id, affiliate_lead_id, event, rule, reason, data, created_at)
                VALUES (@Tenant, @id, @AffiliateId, @AffiliateLeadId, @Type, @rule, @reason, @Data, @now)
                """,
                new
                {
                    entry.Key.Tenant, id = ids.New<SuppressionId>(), entry.Key.AffiliateId, entry.AffiliateLeadId, entry.Type,
                    rule = SuppressionRules.NoEndpoint,
                    reason = $"It waited {KeepEvents.TotalDays:0} days for an endpoint of the affiliate.", entry.Data, now,
                },
                cancellationToken);
        }

        await write.CommitAsync(cancellationToken);
        return abandoned.Count;
    }
}
