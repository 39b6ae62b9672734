using Patchbay.Storage;

namespace Patchbay.Platform.Retention;

/// <summary>
/// Removes what has been kept long enough. On PostgreSQL what is partitioned goes by the partition; everything else is deleted in small
/// steps, tenant by tenant. Any node may do it, several do no harm. What no feature registers as <see cref="Retained"/> or
/// <see cref="Expiring"/> stays.
/// </summary>
public sealed class Retention(
    Database database, PartitionUpkeep partitions, IEnumerable<Retained> tables, IEnumerable<Expiring> expiring, RetentionOptions options,
    TimeProvider time)
{
    private const int Step = 500;
    private const int TenantsAtOnce = 200;
    private const int FreePages = 1000;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await partitions.PrepareAsync(cancellationToken);
        await partitions.RetireAsync(cancellationToken);
        var now = time.GetUtcNow();
        foreach (var table in expiring)
            await RepeatAsync(table.Deletion, new { now, Step }, cancellationToken);
        var deletions = new List<(string Sql, Guid Before)>();
        foreach (var table in tables)
        {
            var before = IdGenerator.LowestAt(now - options.Of(table));
            deletions.AddRange(
                (await partitions.DeletedByRowAsync(table, cancellationToken)).Select(name => (table.Deletion(name), before)));
        }

        await EachTenantAsync(async tenant =>
        {
            foreach (var (sql, before) in deletions)
                await RepeatAsync(sql, new { tenant, before, Step }, cancellationToken);
        }, cancellationToken);
        if (database is SqliteDatabase file)
            await file.GiveBackSpaceAsync(FreePages, cancellationToken);
    }

    private async Task EachTenantAsync(Func<Guid, Task> work, CancellationToken cancellationToken)
    {
        for (var after = Guid.Empty; ;)
        {
            var found = await database.QueryAsync(
                "SELECT id FROM tenants WHERE id > @after AND id NOT IN (SELECT tenant_id FROM tenant_moves) ORDER BY id LIMIT "
                    + "@TenantsAtOnce",
                new { after, TenantsAtOnce }, row => row.Guid("id"), cancellationToken);
            foreach (var tenant in found)
                await work(tenant);
            if (found.Count < TenantsAtOnce)
                return;
            after = found[^1];
        }
    }

    private async Task RepeatAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        while (await database.ExecuteAsync(sql, parameters, cancellationToken) >= Step)
            cancellationToken.ThrowIfCancellationRequested();
    }
}
