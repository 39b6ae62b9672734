using System.Collections.Frozen;
using Patchbay.Integrations.Deliveries;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Integrations.Integrations;

/// <summary>A tenant's integrations, as of one version of its configuration; without deleted ones.</summary>
public sealed class IntegrationSet(IEnumerable<Integration> integrations)
{
    public const int Max = 2_000;

    public FrozenDictionary<IntegrationId, Integration> ById { get; } = integrations.ToFrozenDictionary(integration => integration.Id);
}

public static class TenantIntegrations
{
    extension(TenantConfig config)
    {
        /// <summary>Without deleted ones.</summary>
        public FrozenDictionary<IntegrationId, Integration> Integrations => config.Part<IntegrationSet>().ById;
    }

    /// <summary>An integration as this node knows it; null when it does not.</summary>
    public static Integration? Find(this TenantConfigs configs, TenantId tenant, IntegrationId id) => configs.Known(tenant)?.Integrations.GetValueOrDefault(id);
}

/// <summary>Reads the integrations with the rest of a tenant's configuration.</summary>
internal sealed class IntegrationConfig(Database database) : IConfigPart
{
    public async Task<object> ReadAsync(TenantId tenant, CancellationToken cancellationToken) => new IntegrationSet(await database.QueryAsync(
        "SELECT * FROM integrations WHERE tenant_id = @tenant AND deleted_at IS NULL ORDER BY id LIMIT @Max", new { tenant, IntegrationSet.Max },
        IntegrationTable.Instance.Read, cancellationToken));
}
