using Patchbay.Hosting;
using Patchbay.Integrations.Catalog;
using Patchbay.Platform.Vault;
using Patchbay.Storage;

namespace Patchbay.Doctor;

/// <summary>All checks, in an order in which a fault explains those after it; those of the database for each shard.</summary>
internal sealed class Examination(HubCores hub, TimeSpan providerTimeout)
{
    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        var options = hub.Main.Options;
        var findings = await RunAsync([new DataFolderCheck(options)], cancellationToken);
        var usable = findings.All(finding => finding.Check != DataFolderCheck.Name || finding.Severity != Severity.Fault);
        foreach (var (name, shard) in hub.All)
        {
            var found = await ExamineDatabaseAsync(shard, usable, cancellationToken);
            findings.AddRange(hub.All.Count == 1 ? found : found.Select(finding => finding with { Check = $"{finding.Check} of {name}" }));
        }

        findings.AddRange(await RunAsync([new PublicUrlCheck(options.Network), new ProxyCheck(options),
            new ProviderCheck(options, hub.Main.Get<ProviderCatalog>(), providerTimeout)], cancellationToken));
        return findings;
    }

    private static async Task<List<Finding>> ExamineDatabaseAsync(HubCore shard, bool usable, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        if (shard.Options.Database.StartsWith("sqlite:", StringComparison.OrdinalIgnoreCase))
            findings.AddRange(await RunAsync([new SqliteCheck(shard.Options.Database["sqlite:".Length..])], cancellationToken));
        if (!usable || findings.Any(finding => finding.Severity == Severity.Fault))
            return findings;
        var database = shard.Get<Database>();
        findings.AddRange(await RunAsync([new DatabaseCheck(database)], cancellationToken));
        if (findings[^1].Severity == Severity.Fault)
            return findings;
        findings.AddRange(await RunAsync([new SchemaCheck(database)], cancellationToken));
        var schemaFits = findings[^1].Severity == Severity.Ok;
        if (database is PostgreSqlDatabase)
            findings.AddRange(
                await RunAsync([new ClockCheck(database, shard.Get<TimeProvider>()), new OwnershipCheck(database)], cancellationToken));
        if (schemaFits)
        {
            var check = new MasterKeyCheck(database, shard.Options, shard.Get<TenantVault>(), shard.Get<MasterKeyProof>());
            findings.AddRange(await RunAsync([check], cancellationToken));
        }

        return findings;
    }

    private static async Task<List<Finding>> RunAsync(IEnumerable<ICheck> checks, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        foreach (var check in checks)
        {
            await foreach (var finding in check.RunAsync(cancellationToken))
                findings.Add(finding);
        }

        return findings;
    }
}
