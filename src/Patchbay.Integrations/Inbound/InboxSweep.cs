using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Integrations.Inbound;

/// <summary>Processes what is due: left over by a crash or by another node, waiting for its subject, or replayed.</summary>
public sealed class InboxSweep(Database database, InboxProcessor processor, TimeProvider time)
{
    private const int Step = 100;

    /// <summary>A node that claimed and then died delays a webhook by this. Should two process the same one, the second changes nothing.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        int claimed;
        do
        {
            if (!await AnyAsync(cancellationToken))
                return;
            var due = await ClaimAsync(cancellationToken);
            claimed = due.Count;
            await Parallel.ForEachAsync(
                due, new ParallelOptions { MaxDegreeOfParallelism = InboxQueue.Workers, CancellationToken = cancellationToken },
                async (key, stop) => await processor.ProcessAsync(key, stop));
        }
        while (claimed == Step);
    }

    /// <summary>A look that takes no lock: mostly there is nothing.</summary>
    private async Task<bool> AnyAsync(CancellationToken cancellationToken) =>
        await database.QueryAsync(
            $"SELECT 1 AS one FROM inbox WHERE next_at <= @now AND {TenantMoveTable.NotMoving} LIMIT 1",   // engine scope: all tenants
            new { now = time.GetUtcNow() }, row => row.Int("one"), cancellationToken) is [_];

    private async Task<IReadOnlyList<InboxKey>> ClaimAsync(CancellationToken cancellationToken)
    {
        // SKIP LOCKED lets nodes claim side by side. SQLite has one writer and claims inside BEGIN IMMEDIATE instead.
        var sql = $"""
            WITH chosen AS MATERIALIZED (   -- engine scope: all tenants
                SELECT tenant_id, id FROM inbox WHERE next_at <= @now AND {TenantMoveTable.NotMoving} ORDER BY next_at LIMIT @Step{database.ForUpdateSkipLocked})
            UPDATE inbox SET next_at = @until
             WHERE (tenant_id, id) IN (SELECT tenant_id, id FROM chosen)
            RETURNING tenant_id, integration_id, dedupe_key
            """;
        var now = time.GetUtcNow();
        await using var write = await database.BeginWriteAsync(cancellationToken);
        var due = await database.QueryAsync(write, sql, new { now, Step, until = now + Lease }, InboxTable.ReadKey, cancellationToken);
        await write.CommitAsync(cancellationToken);
        return due;
    }
}
