using Patchbay.Server.Composition;
using Patchbay.Platform.Tenants;
using Patchbay.Platform.Vault;
using Patchbay.Storage;

namespace Patchbay.Doctor;

/// <summary>
/// The master key is the database's, and opens the tenants' data keys. Looks at the newest 10,000 of them, and at one of each version.
/// </summary>
internal sealed class MasterKeyCheck(Database database, HubOptions options, TenantVault vault, MasterKeyProof proof) : ICheck
{
    private const string Name = "master key";
    private const int Limit = 10_000;

    public async IAsyncEnumerable<Finding> RunAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return await FindAsync(cancellationToken);
    }

    private async Task<Finding> FindAsync(CancellationToken cancellationToken)
    {
        var keys = await database.QueryAsync(
            "SELECT * FROM tenant_keys ORDER BY tenant_id DESC LIMIT @Limit", new { Limit }, TenantKeyTable.Instance.Read,
            cancellationToken);
        if (keys.Count == 0 && options.MasterKey is null && !File.Exists(options.MasterKeyFile)
            && !await proof.IsRecordedAsync(cancellationToken))
        {
            return Finding.Warning(Name, $"{Path.GetFullPath(options.MasterKeyFile)} does not exist yet",
                "It is made on the first start. Back it up then, apart from the database.");
        }

        try
        {
            await proof.CheckAsync(cancellationToken);
            foreach (var key in keys)
                _ = vault.Rewrap(key);   // in memory only: what opens can be wrapped again
            var tenants = keys.Count(key => key.TenantId != PlatformTenant.Id);
            return Finding.Ok(Name, $"opens the data keys of {tenants} {(tenants == 1 ? "tenant" : "tenants")}"
                + (keys.Count == Limit ? ", as many as are looked at" : ""));
        }
        catch (Exception exception) when (exception is MasterKeyException or IOException or UnauthorizedAccessException)
        {
            return Finding.Fault(
                Name, exception.Message, "Restore the master key from its backup: without it the tenants' credentials cannot be read.");
        }
    }
}
