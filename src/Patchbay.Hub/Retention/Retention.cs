using Patchbay.Storage;

namespace Patchbay.Hub.Retention;

/// <summary>
/// Deletes what has been kept long enough, in small steps, tenant by tenant: ids are made in the order of time, so what is old lies together
/// at the begin of each tenant's keys. Any node may do it, several do no harm. Payments, messages and the audit stay.
/// </summary>
public sealed class Retention(Database database, RetentionOptions options, TimeProvider time)
{
    private const int Step = 500;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await RepeatAsync(
            "DELETE FROM idempotency WHERE (tenant_id, route, key) IN (SELECT tenant_id, route, key FROM idempotency WHERE expires_at <= @now LIMIT @Step)",
            new { now, Step }, cancellationToken);
        var after = Guid.Empty;
        while (true)
        {
            var tenants = await database.QueryAsync(
                "SELECT id FROM tenants WHERE id > @after AND id NOT IN (SELECT tenant_id FROM tenant_moves) ORDER BY id LIMIT 200", new { after }, row => row.Guid("id"), cancellationToken);
            foreach (var tenant in tenants)
                await DeleteOfAsync(tenant, now, cancellationToken);
            if (tenants.Count < 200)
                return;
            after = tenants[^1];
        }
    }

    private async Task DeleteOfAsync(Guid tenant, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await RepeatAsync(
            "DELETE FROM events WHERE tenant_id = @tenant AND id IN (SELECT id FROM events WHERE tenant_id = @tenant AND id < @before ORDER BY id LIMIT @Step)",
            new { tenant, before = IdGenerator.LowestAt(now - options.Events), Step }, cancellationToken);
        await RepeatAsync(
            "DELETE FROM inbox WHERE tenant_id = @tenant AND id IN (SELECT id FROM inbox WHERE tenant_id = @tenant AND id < @before AND next_at IS NULL ORDER BY id LIMIT @Step)",
            new { tenant, before = IdGenerator.LowestAt(now - options.Inbox), Step }, cancellationToken);
        var old = new { tenant, before = IdGenerator.LowestAt(now - options.Deliveries), Step };
        await RepeatAsync(
            "DELETE FROM attempts WHERE tenant_id = @tenant AND (delivery_id, number) IN " +
            "(SELECT delivery_id, number FROM attempts WHERE tenant_id = @tenant AND delivery_id < @before ORDER BY delivery_id, number LIMIT @Step)",
            old, cancellationToken);
        // What waits for a person is not finished, however old it is.
        await RepeatAsync(
            "DELETE FROM deliveries WHERE tenant_id = @tenant AND id IN (SELECT id FROM deliveries WHERE tenant_id = @tenant AND id < @before " +
            "AND (status IN ('delivered', 'canceled') OR status = 'exhausted' AND reason <> 'unresolved') ORDER BY id LIMIT @Step)",
            old, cancellationToken);
    }

    private async Task RepeatAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        while (await database.ExecuteAsync(sql, parameters, cancellationToken) >= Step)
            cancellationToken.ThrowIfCancellationRequested();
    }
}
