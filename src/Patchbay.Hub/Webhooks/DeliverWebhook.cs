using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Deliveries;
using Patchbay.Platform.Events;
using Patchbay.Integrations.Outbound;
using Patchbay.Storage;

namespace Patchbay.Hub.Webhooks;

/// <summary>The delivery of one event to one endpoint: at least once, the same bytes each time.</summary>
internal sealed class DeliverWebhook(
    OpenWebhooks webhooks, EventFeed feed, OutboundSender sender, OutboundStats stats, WebhookChanges changes, EventLog events, DeliveryViews views) : IDeliveryHandler
{
    public const string Name = "deliver_webhook";

    public string Capability => Name;

    public bool MovesMoney => false;

    public async Task<IPreparedCall> PrepareAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var open = await webhooks.OpenAsync(delivery.TenantId, new WebhookId(delivery.Lane.Value), cancellationToken);
        var entry = delivery.Companion as Event ?? await feed.FindAsync(delivery.TenantId, new EventId(delivery.SubjectId), cancellationToken);
        return new Call(this, open, entry, WebhookPayload.Of(delivery));
    }

    public void Need(LedgerNeeds needs, Delivery delivery, CallReport? report)
    {
        var key = KeyOf(delivery);
        stats.Need(needs, key.Tenant, key.Id.Value, report);
        if (IsGone(report))
            WebhookChanges.Need(needs, key);
        else if (TouchesRelay(delivery, report))
            needs.Row(WebhookRelayTable.Instance, key);
    }

    public void Apply(LedgerRows rows, StepTaken step)
    {
        var delivery = step.Delivery;
        var key = KeyOf(delivery);
        stats.Count(rows, key.Tenant, key.Id.Value, step.Report);
        if (TouchesRelay(delivery, step.Report) && rows.Find(WebhookRelayTable.Instance, key) is { } before)
        {
            var after = HasFailed(step.Report) && before.IsActive ? before.Failed(step.Now) : before;
            if (delivery.IsFinished && after.Open == delivery.Id)
                after = after with { Open = null };
            if (after != before)
                rows.Update(WebhookRelayTable.Instance, after);
        }

        if (IsGone(step.Report))
            changes.Disable(rows, key, DisabledReasons.Gone, "The endpoint answered 410: it wants nothing more.", step.Now);
        if (step.Step is DeliveryStep.Exhaust && !WebhookEvents.IsOperational(WebhookPayload.Of(delivery).Type))
            events.Publish(rows, key.Tenant, DeliveryEvents.Exhausted, key.Id.ToString(), views.Of(delivery), step.Now);
    }

    private Task<CallReport> SendAsync(OutboundMessage message, CancellationToken cancellationToken) => sender.PostAsync(message, cancellationToken);

    private static WebhookKey KeyOf(Delivery delivery) => new(delivery.TenantId, new WebhookId(delivery.Lane.Value));

    private static bool IsGone(CallReport? report) => report?.Failure?.Code == OutboundFailures.Gone;

    /// <summary>A call was made, and failed.</summary>
    private static bool HasFailed(CallReport? report) => report is { Failure: not null, Timing: not null };

    /// <summary>Success without order leaves it alone: nodes do not wait for each other.</summary>
    private static bool TouchesRelay(Delivery delivery, CallReport? report) => HasFailed(report) || WebhookPayload.Of(delivery).Ordered;

    private sealed class Call(DeliverWebhook handler, OpenWebhook? open, Event? entry, WebhookPayload payload) : IPreparedCall
    {
        public DeliveryRules Rules { get; } = WebhookRules.For(open?.Webhook);

        public RepeatSafety Safety => RepeatSafety.AtLeastOnce;

        public async Task<CallReport> CallAsync(CancellationToken cancellationToken)
        {
            if (open is null)
                return Refused("webhook_deleted", "The endpoint was deleted before the event was sent.");
            if (entry is null)
                return Refused("event_gone", "The event is kept no more.");
            var (body, contentType) = WebhookBody.Of(entry, payload.Mode, payload.Content);
            return await handler.SendAsync(open.Message(entry.Id.ToString(), body, contentType), cancellationToken);
        }

        public Task<CallReport> LookUpAsync(CancellationToken cancellationToken) => CallAsync(cancellationToken);

        private static CallReport Refused(string code, string message) => new(null, ProviderFailure.Rejected(FailureCause.Request, code, message), []);
    }
}
