using Patchbay.Server.Composition;
using Patchbay.Platform.Vault;
using Patchbay.Storage;

namespace Patchbay.Doctor;

/// <summary>The master key opens the tenants' data keys. Looks at the newest 10,000 of them.</summary>
/// <param name="vault">Opened late: it makes a key file where there is none, which must not hide that one was lost.</param>
internal sealed class MasterKeyCheck(Database database, HubOptions options, Func<TenantVault> vault) : ICheck
{
    private const string Name = "master key";
    private const int Limit = 10_000;

    public async IAsyncEnumerable<Finding> RunAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var keys = await database.QueryAsync(
            "SELECT * FROM tenant_keys ORDER BY tenant_id DESC LIMIT @Limit", new { Limit }, TenantKeyTable.Instance.Read,
            cancellationToken);
        yield return Find(keys);
    }

    private Finding Find(IReadOnlyList<TenantKey> keys)
    {
        const string remedy = "Restore the master key from its backup: without it the tenants' credentials cannot be read.";
        if (options.MasterKey is null && !File.Exists(options.MasterKeyFile))
        {
            return keys.Count == 0
                ? Finding.Warning(Name, $"{Path.GetFullPath(options.MasterKeyFile)} does not exist yet",
                    "It is made on the first start. Back it up then, apart from the database.")
                : Finding.Fault(Name, $"{Path.GetFullPath(options.MasterKeyFile)} is missing", remedy);
        }

        try
        {
            var opener = vault();
            foreach (var key in keys)
                _ = opener.Rewrap(key);   // in memory only: what opens can be wrapped again
            return Finding.Ok(
                Name, $"opens the data keys of {keys.Count} tenants{(keys.Count == Limit ? ", as many as are looked at" : "")}");
        }
        catch (Exception exception) when (exception is MasterKeyException or IOException or UnauthorizedAccessException)
        {
            return Finding.Fault(Name, exception.Message, remedy);
        }
    }
}
