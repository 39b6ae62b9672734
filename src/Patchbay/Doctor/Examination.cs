using Patchbay.Hosting;
using Patchbay.Hub.Catalog;
using Patchbay.Hub.Vault;
using Patchbay.Storage;

namespace Patchbay.Doctor;

/// <summary>All checks, in an order in which a fault explains those after it.</summary>
internal sealed class Examination(HubCore hub, TimeSpan providerTimeout)
{
    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        await AddAsync(new DataFolderCheck(hub.Options));
        if (hub.Options.Database.StartsWith("sqlite:", StringComparison.OrdinalIgnoreCase))
            await AddAsync(new SqliteCheck(hub.Options.Database["sqlite:".Length..]));
        if (findings.All(finding => finding.Severity != Severity.Fault))
            await ExamineDatabaseAsync();
        await AddAsync(new PublicUrlCheck(hub.Options.Network));
        await AddAsync(new ProviderCheck(hub.Options, hub.Get<ProviderCatalog>(), providerTimeout));
        return findings;

        async Task ExamineDatabaseAsync()
        {
            var database = hub.Get<Database>();
            await AddAsync(new DatabaseCheck(database));
            if (findings[^1].Severity == Severity.Fault)
                return;
            await AddAsync(new SchemaCheck(database));
            if (database is PostgreSqlDatabase)
                await AddAsync(new ClockCheck(database, hub.Get<TimeProvider>()));
            if (findings.Any(finding => finding is { Check: SchemaCheck.Name, Severity: Severity.Ok }))
                await AddAsync(new MasterKeyCheck(database, hub.Options, () => hub.Get<TenantVault>()));
        }

        async Task AddAsync(ICheck check)
        {
            await foreach (var finding in check.RunAsync(cancellationToken))
                findings.Add(finding);
        }
    }
}
