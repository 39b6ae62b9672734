using Patchbay.Storage;

namespace Patchbay.Platform.Vault;

/// <summary>
/// Holds a database to its master key. The first one is made only for a database that has never had one: one that was lost is not
/// replaced, on no node, since nothing that was sealed under it would open again.
/// </summary>
/// <param name="makesKeys">On the main shard: all shards of a hub share its key.</param>
public sealed class MasterKeyProof(Database database, MasterKeys masterKeys, bool makesKeys)
{
    private int _proven;   // up to which version; 0: not at all

    /// <summary>
    /// Before anything is sealed: the keys are this database's, and it knows them. A database of a version before learns them here, from
    /// the first that open what is stored.
    /// </summary>
    /// <exception cref="MasterKeyException">They are missing, or those of another database.</exception>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (_proven > 0 && _proven == masterKeys.CurrentVersion)
            return;
        if (makesKeys && await FindAsync(0, cancellationToken) is null && !await IsRecordedAsync(cancellationToken))
            masterKeys.MakeFirst();
        await CheckAsync(cancellationToken);
        foreach (var (version, fingerprint) in masterKeys.Fingerprints)
        {
            await database.ExecuteAsync(
                "INSERT INTO master_keys (version, fingerprint) VALUES (@version, @fingerprint) ON CONFLICT (version) DO NOTHING",
                new { version, fingerprint }, cancellationToken);
        }

        await CheckAsync(cancellationToken);   // another node may have been faster, with another key
        _proven = masterKeys.CurrentVersion;
    }

    /// <summary>The keys open what is stored, and are the ones that the database knows. Changes nothing.</summary>
    /// <exception cref="MasterKeyException">They do not, or are not.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        masterKeys.Check(await RecordedAsync(cancellationToken));
        for (var last = 0; await FindAsync(last, cancellationToken) is { } key; last = key.MasterVersion)
            key.Open(masterKeys);
    }

    /// <summary>Whether the database was ever used with a master key and knows it.</summary>
    public async Task<bool> IsRecordedAsync(CancellationToken cancellationToken) => (await RecordedAsync(cancellationToken)).Count > 0;

    /// <summary>A data key under the next version of the master key that is in use; null: there is none.</summary>
    private Task<TenantKey?> FindAsync(int after, CancellationToken cancellationToken) => database.FindAsync(
        "SELECT * FROM tenant_keys WHERE master_version > @after ORDER BY master_version LIMIT 1",   // all tenants
        new { after }, TenantKeyTable.Instance.Read, cancellationToken);

    private Task<IReadOnlyList<(int Version, string Fingerprint)>> RecordedAsync(CancellationToken cancellationToken) =>
        database.QueryAsync(
            "SELECT version, fingerprint FROM master_keys ORDER BY version LIMIT 1000", new { },
            row => (row.Int("version"), row.Text("fingerprint")), cancellationToken);
}
