using Patchbay.Engine;
using Patchbay.Platform.Audit;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Integrations.Integrations;

/// <summary>The rate at which an incident's work is released ends by itself, once nothing of it waits any more.</summary>
public sealed class IntegrationRelease(
    Database database, Ledger ledger, DeliveryEngine engine, IntegrationChanges changes, TenantConfigs configs, TimeProvider time)
{
    private const int Batch = 100;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var releasing = await database.QueryAsync(   // engine scope: all tenants
            "SELECT * FROM integrations WHERE release_rate IS NOT NULL LIMIT @Batch", new { Batch }, IntegrationTable.Instance.Read,
            cancellationToken);
        foreach (var integration in releasing)
        {
            if (await engine.AnyDueAsync(integration.Lane, cancellationToken))
                continue;
            if (await ledger.CommitAsync(new End(integration.Key, changes, time.GetUtcNow()), cancellationToken))
                await configs.RefreshAsync(integration.TenantId, cancellationToken);
        }
    }

    private sealed class End(IntegrationKey key, IntegrationChanges changes, DateTimeOffset now) : LedgerWork<bool>
    {
        public override void Need(LedgerNeeds needs) => IntegrationChanges.Need(needs, key);

        public override bool Decide(LedgerRows rows)
        {
            if (rows.Find(IntegrationTable.Instance, key) is not { ReleaseRate: not null } before)
                return false;
            var after = before with { ReleaseRate = null, UpdatedAt = now };
            changes.Write(rows, before, after, AuditLog.System, "integration.released", new { }, now);
            return true;
        }
    }
}
