using Patchbay.Engine;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Outbound;
using Patchbay.Platform.Events;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Hub.Webhooks;

/// <summary>The delivery of one event to one endpoint: at least once, the same bytes each time.</summary>
internal sealed class DeliverWebhook(
    TenantConfigs configs, OpenEndpoints endpoints, EventFeed feed, OutboundSender sender, OutboundStats stats, WebhookChanges changes,
    EventLog events, DeliveryViews views) : EndpointDelivery(stats)
{
    public const string Name = "deliver_webhook";

    public override string Capability => Name;

    public override async Task<IPreparedCall> PrepareAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var webhook = await configs.FindAsync(delivery.TenantId, new WebhookId(delivery.Lane.Value), cancellationToken);
        var rules = WebhookRules.For(webhook);
        if (webhook is null)
            return EndpointCall.Refused(rules, "webhook_deleted", "The endpoint was deleted before the event was sent.");
        var entry = delivery.Companion as Event
            ?? await feed.FindAsync(delivery.TenantId, new EventId(delivery.SubjectId), cancellationToken);
        if (entry is null)
            return EndpointCall.Refused(rules, "event_gone", "The event is kept no more.");
        var open = await endpoints.OpenAsync(webhook, cancellationToken);
        var payload = WebhookPayload.Of(delivery);
        return new EndpointCall(rules, cancel =>
        {
            var (body, contentType) = WebhookBody.Of(entry, payload.Mode, payload.Content);
            return sender.PostAsync(open.Message(entry.Id.ToString(), body, contentType), cancel);
        });
    }

    protected override void Need(LedgerNeeds needs, Delivery delivery, CallReport? report, bool gone)
    {
        if (gone)
            WebhookChanges.Need(needs, KeyOf(delivery));
        else if (TouchesRelay(delivery, report))
            needs.Row(WebhookRelayTable.Instance, KeyOf(delivery));
    }

    protected override void Record(LedgerRows rows, StepTaken step, bool gone)
    {
        var delivery = step.Delivery;
        if (!TouchesRelay(delivery, step.Report) || rows.Find(WebhookRelayTable.Instance, KeyOf(delivery)) is not { } before)
            return;
        var after = HasFailed(step.Report) && before.IsActive ? before.Failed(step.Now) : before;
        if (delivery.IsFinished && after.Open == delivery.Id)
            after = after with { Open = null };
        if (after != before)
            rows.Update(WebhookRelayTable.Instance, after);
    }

    protected override void Disable(LedgerRows rows, StepTaken step) =>
        changes.Disable(rows, KeyOf(step.Delivery), DisabledReasons.Gone, "The endpoint answered 410: it wants nothing more.", step.Now);

    protected override void Tell(LedgerRows rows, StepTaken step)
    {
        var (delivery, key) = (step.Delivery, KeyOf(step.Delivery));
        if (step.Step is DeliveryStep.Exhaust && !WebhookEvents.IsOperational(WebhookPayload.Of(delivery).Type))
            events.Publish(rows, key.Tenant, DeliveryEvents.Exhausted, key.Id.ToString(), views.Of(delivery), step.Now);
    }

    private static WebhookKey KeyOf(Delivery delivery) => new(delivery.TenantId, new WebhookId(delivery.Lane.Value));

    /// <summary>A call was made, and failed.</summary>
    private static bool HasFailed(CallReport? report) => report is { Failure: not null, Timing: not null };

    /// <summary>Success without order leaves it alone: nodes do not wait for each other.</summary>
    private static bool TouchesRelay(Delivery delivery, CallReport? report) => HasFailed(report) || WebhookPayload.Of(delivery).Ordered;
}
