using System.Text.Json.Nodes;
using Patchbay.Engine;
using Patchbay.Hub.Catalog;
using Patchbay.Hub.Tenants;
using Patchbay.Storage;

namespace Patchbay.Hub.Integrations;

/// <summary>What integrations mean to the engine: limits, and whether their work may go out now.</summary>
public sealed class Destinations(TenantConfigs configs, ProviderCatalog catalog) : IDestinations
{
    private static readonly LaneSettings Deleted = new(1, 1, "deleted");
    private static readonly LaneSettings Moving = new(1, 1, "tenant_moving") { MayFallBack = false, Frozen = true };
    private static readonly LaneSettings Checks = new(5, 1) { MayFallBack = false };

    public event Action<TenantId>? Changed
    {
        add => configs.Changed += value;
        remove => configs.Changed -= value;
    }

    public async ValueTask<LaneSettings> FindAsync(TenantId tenant, LaneId lane, CancellationToken cancellationToken)
    {
        var config = await configs.GetAsync(tenant, cancellationToken);
        if (config.Moving)
            return Moving;
        if (config.Integrations.TryGetValue(new IntegrationId(lane.Value), out var integration))
            return SettingsOf(integration);
        return config.Integrations.ContainsKey(Integration.OfCheckLane(lane)) ? Checks : Deleted;
    }

    private LaneSettings SettingsOf(Integration integration)
    {
        var limits = catalog.Find(integration.Provider)?.Manifest.Limits;
        if (limits is null)
            return Deleted;
        var settings = IntegrationSettings.Read(JsonNode.Parse(integration.Settings)!.AsObject());
        var rate = settings.RequestsPerSecond ?? limits.RequestsPerSecond;
        var open = new LaneSettings(integration.ReleaseRate is { } release ? Math.Min(rate, release) : rate, settings.Concurrency ?? limits.Concurrency);
        if (integration.Held)
            return open with { ClosedBecause = "incident", MayFallBack = false };
        return integration.Status switch
        {
            IntegrationStatus.Active => open,
            var status => open with { ClosedBecause = "integration_" + status.ToWord() },
        };
    }
}
