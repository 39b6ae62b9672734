using Patchbay.Engine;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Outbound;
using Patchbay.Platform.Tenants;

namespace Patchbay.Hub.Webhooks;

/// <summary>
/// The lanes of endpoints: one for events, one for tests by hand. A disabled endpoint's lane is closed and keeps what it has.
/// </summary>
internal sealed class WebhookLanes : ILaneOwner
{
    /// <summary>Calls a second, where the endpoint says nothing else.</summary>
    public const double DefaultRate = 1_000;

    private const int Concurrency = 16;

    private static readonly LaneSettings Tests = new(5, 2) { MayFallBack = false };

    public LaneSettings? Find(TenantConfig config, LaneId lane)
    {
        var webhooks = config.Part<WebhookSet>();
        if (webhooks.Find(new WebhookId(lane.Value)) is { } webhook)
            return webhook.LaneSettings(webhook.RateLimit ?? DefaultRate, webhook.Ordered ? 1 : Concurrency, "webhook_disabled");
        return webhooks.Find(Webhook.OfTestLane(lane)) is null ? null : Tests;
    }
}
