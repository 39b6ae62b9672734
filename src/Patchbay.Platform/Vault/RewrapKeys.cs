using Patchbay.Storage;

namespace Patchbay.Platform.Vault;

/// <summary>
/// Wraps data keys again after the master key was rotated. Live: data keys stay the same, so running nodes need not know.
/// </summary>
public sealed class RewrapKeys(Database database, Ledger ledger, TenantVault vault, MasterKeys masterKeys, MasterKeyProof proof)
{
    private const int Step = 100;

    /// <summary>Returns how many data keys were wrapped again; running it twice does no harm.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await proof.EnsureAsync(cancellationToken);   // the database knows a version before anything lies under it
        var count = 0;
        while (true)
        {
            var old = await database.QueryAsync(
                "SELECT * FROM tenant_keys WHERE master_version < @version LIMIT @Step",
                new { version = masterKeys.CurrentVersion, Step }, TenantKeyTable.Instance.Read, cancellationToken);
            foreach (var key in old)
                await ledger.CommitAsync(new Rewrap(vault, key.TenantId), cancellationToken);
            count += old.Count;
            if (old.Count < Step)
                return count;
        }
    }

    private sealed class Rewrap(TenantVault vault, TenantId tenant) : LedgerWork<bool>
    {
        public override void Need(LedgerNeeds needs) => needs.Row(TenantKeyTable.Instance, tenant);

        public override bool Decide(LedgerRows rows)
        {
            if (rows.Find(TenantKeyTable.Instance, tenant) is not { } key)
                return false;
            rows.Update(TenantKeyTable.Instance, vault.Rewrap(key));
            return true;
        }
    }
}
