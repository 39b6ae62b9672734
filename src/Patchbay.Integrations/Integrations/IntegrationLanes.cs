using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Catalog;
using Patchbay.Integrations.Deliveries;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Integrations.Integrations;

/// <summary>The lanes of integrations: their limits, and whether their work may go out now.</summary>
public sealed class IntegrationLanes(ProviderCatalog catalog, Database database) : ILaneOwner
{
    private static readonly LaneSettings Deleted = new(1, 1, "deleted");
    private static readonly LaneSettings Checks = new(5, 1) { MayFallBack = false };

    /// <summary>The integration whose work waits in a lane.</summary>
    public static string Name(LaneId lane) => new IntegrationId(lane.Value).ToString();

    /// <summary>Where a tenant's last words to providers wait whose integrations were deleted.</summary>
    public static LaneId FarewellsOf(TenantId tenant) => SideLane.Of(tenant.Value);

    public LaneSettings? Find(TenantConfig config, LaneId lane)
    {
        if (config.Integrations.TryGetValue(new IntegrationId(lane.Value), out var integration))
            return SettingsOf(integration);
        return config.Integrations.ContainsKey(Integration.OfCheckLane(lane)) || lane == FarewellsOf(config.Tenant) ? Checks : null;
    }

    public IntegrationMode? ModeOf(TenantConfig config, LaneId lane) =>
        (config.Integrations.GetValueOrDefault(new IntegrationId(lane.Value))
            ?? config.Integrations.GetValueOrDefault(Integration.OfCheckLane(lane)))?.Mode;

    public async ValueTask<IntegrationMode?> FormerModeAsync(TenantId tenant, LaneId lane, CancellationToken cancellationToken) =>
        (await database.FindAsync(IntegrationTable.Instance, new IntegrationKey(tenant, new IntegrationId(lane.Value)), cancellationToken)
            ?? await database.FindAsync(
                IntegrationTable.Instance, new IntegrationKey(tenant, Integration.OfCheckLane(lane)), cancellationToken))?.Mode;

    public IEnumerable<LaneId> LanesIn(TenantConfig config, IntegrationMode mode) => config.Integrations.Values
        .Where(integration => integration.Mode == mode)
        .SelectMany(integration => new[] { integration.Lane, integration.CheckLane });

    private LaneSettings SettingsOf(Integration integration)
    {
        var limits = catalog.Find(integration.Provider)?.Manifest.Limits;
        if (limits is null)
            return Deleted;
        var settings = IntegrationSettings.Read(JsonNode.Parse(integration.Settings)!.AsObject());
        var rate = settings.RequestsPerSecond ?? limits.RequestsPerSecond;
        var open = new LaneSettings(
            integration.ReleaseRate is { } release ? Math.Min(rate, release) : rate, settings.Concurrency ?? limits.Concurrency);
        if (integration.Held)
            return open with { ClosedBecause = "incident", MayFallBack = false };
        return integration.Status switch
        {
            IntegrationStatus.Active => open,
            var status => open with { ClosedBecause = "integration_" + status.ToWord() },
        };
    }
}
