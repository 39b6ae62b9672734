using System.Collections.Frozen;
using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Deliveries;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Integrations.Integrations;

/// <summary>A tenant's integrations; without deleted ones.</summary>
public sealed class IntegrationSet(IReadOnlyList<Integration> rows)
    : ConfigSet<IntegrationId, Integration>(rows, integration => integration.Id)
{
    /// <summary>More are not read; how many a tenant may make, <see cref="LimitOptions.Integrations"/> says.</summary>
    public const int Max = 2_000;
}

public static class TenantIntegrations
{
    extension(TenantConfig config)
    {
        /// <summary>Without deleted ones.</summary>
        public FrozenDictionary<IntegrationId, Integration> Integrations => config.Part<IntegrationSet>().ById;
    }

    /// <summary>Those of one mode.</summary>
    public static IReadOnlyCollection<Guid> IdsIn(this TenantConfig config, IntegrationMode mode) =>
        [.. config.Integrations.Values.Where(integration => integration.Mode == mode).Select(integration => integration.Id.Value)];

    /// <summary>An integration as this node knows it; null when it does not.</summary>
    public static Integration? Find(this TenantConfigs configs, TenantId tenant, IntegrationId id) =>
        configs.Known(tenant)?.Integrations.GetValueOrDefault(id);
}
