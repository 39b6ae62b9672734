using Patchbay.Storage;

namespace Patchbay.Hub.Retention;

/// <summary>
/// Removes what has been kept long enough. On PostgreSQL deliveries, attempts and events go by the partition; everything else is deleted in small
/// steps, tenant by tenant: ids are made in the order of time, so what is old lies together at the begin of each tenant's keys. Any node may do it,
/// several do no harm. Payments, messages and the audit stay.
/// </summary>
public sealed class Retention(Database database, PartitionUpkeep partitions, RetentionOptions options, TimeProvider time)
{
    private const int Step = 500;
    private const int FreePages = 1000;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await partitions.PrepareAsync(cancellationToken);
        await partitions.RetireAsync(cancellationToken);
        var now = time.GetUtcNow();
        await RepeatAsync(
            "DELETE FROM idempotency WHERE (tenant_id, route, key) IN (SELECT tenant_id, route, key FROM idempotency WHERE expires_at <= @now ORDER BY expires_at LIMIT @Step)",
            new { now, Step }, cancellationToken);
        var deliveries = await partitions.DeletedByRowAsync(TimedTables.Deliveries, cancellationToken);
        var attempts = await partitions.DeletedByRowAsync(TimedTables.Attempts, cancellationToken);
        var events = await partitions.DeletedByRowAsync(TimedTables.Events, cancellationToken);
        var after = Guid.Empty;
        while (true)
        {
            var tenants = await database.QueryAsync(
                "SELECT id FROM tenants WHERE id > @after AND id NOT IN (SELECT tenant_id FROM tenant_moves) ORDER BY id LIMIT 200", new { after }, row => row.Guid("id"), cancellationToken);
            foreach (var tenant in tenants)
            {
                var old = new { tenant, before = IdGenerator.LowestAt(now - options.Deliveries), Step };
                foreach (var table in events)
                    await DeleteEventsAsync(table, tenant, now, cancellationToken);
                await DeleteInboxAsync(tenant, now, cancellationToken);
                foreach (var table in deliveries)
                    await DeleteDeliveriesAsync(table, old, cancellationToken);
                foreach (var table in attempts)
                    await DeleteAttemptsAsync(table, old, cancellationToken);
            }

            if (tenants.Count < 200)
                break;
            after = tenants[^1];
        }

        if (database is SqliteDatabase file)
            await file.GiveBackSpaceAsync(FreePages, cancellationToken);
    }

    private Task DeleteEventsAsync(string table, Guid tenant, DateTimeOffset now, CancellationToken cancellationToken) => RepeatAsync(
        $"DELETE FROM {table} WHERE tenant_id = @tenant AND id IN (SELECT id FROM {table} WHERE tenant_id = @tenant AND id < @before ORDER BY id LIMIT @Step)",
        new { tenant, before = IdGenerator.LowestAt(now - options.Events), Step }, cancellationToken);

    private Task DeleteInboxAsync(Guid tenant, DateTimeOffset now, CancellationToken cancellationToken) => RepeatAsync(
        "DELETE FROM inbox WHERE tenant_id = @tenant AND id IN (SELECT id FROM inbox WHERE tenant_id = @tenant AND id < @before AND next_at IS NULL ORDER BY id LIMIT @Step)",
        new { tenant, before = IdGenerator.LowestAt(now - options.Inbox), Step }, cancellationToken);

    private Task DeleteDeliveriesAsync(string table, object old, CancellationToken cancellationToken) => RepeatAsync(
        $"DELETE FROM {table} WHERE tenant_id = @tenant AND id IN (SELECT r.id FROM {table} AS r WHERE r.tenant_id = @tenant AND r.id < @before " +
        $"AND NOT ({TimedTables.Unfinished}) ORDER BY r.id LIMIT @Step)",
        old, cancellationToken);

    /// <summary>After the deliveries: the attempts of one that waits for a person say why.</summary>
    private Task DeleteAttemptsAsync(string table, object old, CancellationToken cancellationToken) => RepeatAsync(
        $"DELETE FROM {table} WHERE tenant_id = @tenant AND (delivery_id, number) IN " +
        $"(SELECT r.delivery_id, r.number FROM {table} AS r WHERE r.tenant_id = @tenant AND r.delivery_id < @before " +
        "AND NOT EXISTS (SELECT 1 FROM deliveries AS d WHERE d.tenant_id = @tenant AND d.id = r.delivery_id) ORDER BY r.delivery_id, r.number LIMIT @Step)",
        old, cancellationToken);

    private async Task RepeatAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        while (await database.ExecuteAsync(sql, parameters, cancellationToken) >= Step)
            cancellationToken.ThrowIfCancellationRequested();
    }
}
