using System.Text.Json;
using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Platform.Api;
using Patchbay.Platform.Events;
using Patchbay.Integrations.Outbound;
using Patchbay.Storage;

namespace Patchbay.Hub.Webhooks;

/// <summary>A test by hand: one try, on a lane of its own, which counts for nothing and works on a disabled endpoint.</summary>
internal sealed class TestWebhook(OpenWebhooks webhooks, OutboundSender sender, IdGenerator ids, TimeProvider time) : IDeliveryHandler
{
    public const string Name = "test_webhook";

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(2);
    private static readonly DeliveryRules Once = new(1, Window, TimeSpan.FromSeconds(1), 1, MovesMoney: false);

    public string Capability => Name;

    public bool MovesMoney => false;

    /// <summary>A new test, to be placed and inserted.</summary>
    public Delivery NewDelivery(Webhook webhook, string? traceParent)
    {
        var now = time.GetUtcNow();
        var test = JsonSerializer.Serialize(new WebhookTest(webhook.Id, "This is a test."), HubJson.Options);
        return new Delivery
        {
            TenantId = webhook.TenantId,
            Id = ids.New<DeliveryId>(),
            Capability = Name,
            Lane = webhook.TestLane,
            SubjectId = webhook.Id.Value,
            Priority = DeliveryPriority.High,
            Payload = JsonSerializer.SerializeToUtf8Bytes(
                new Event(webhook.TenantId, ids.New<EventId>(), WebhookEvents.Test.Name, webhook.Id.ToString(), now, test), HubJson.Stored),
            TraceParent = traceParent,
            CreatedAt = now,
            UpdatedAt = now,
            ExpiresAt = now + Window,
        };
    }

    public async Task<IPreparedCall> PrepareAsync(Delivery delivery, CancellationToken cancellationToken) => new Call(
        await webhooks.OpenAsync(delivery.TenantId, new WebhookId(delivery.SubjectId), cancellationToken), sender, JsonSerializer.Deserialize<Event>(delivery.Payload, HubJson.Stored)!);

    public void Need(LedgerNeeds needs, Delivery delivery, CallReport? report)
    {
        // It changes nothing but itself.
    }

    public void Apply(LedgerRows rows, StepTaken step)
    {
        // It changes nothing but itself.
    }

    private sealed class Call(OpenWebhook? open, OutboundSender sender, Event test) : IPreparedCall
    {
        public DeliveryRules Rules => Once;

        public RepeatSafety Safety => RepeatSafety.AtLeastOnce;

        public async Task<CallReport> CallAsync(CancellationToken cancellationToken)
        {
            if (open is null)
                return new CallReport(null, ProviderFailure.Rejected(FailureCause.Request, "webhook_deleted", "The endpoint was deleted."), []);
            var (body, contentType) = WebhookBody.Of(test, open.Webhook.PayloadMode, open.Webhook.ContentMode);
            var report = await sender.PostAsync(open.Message(test.Id.ToString(), body, contentType), cancellationToken);
            return report with { Pause = null };   // who tests again wants an answer now
        }

        public Task<CallReport> LookUpAsync(CancellationToken cancellationToken) => CallAsync(cancellationToken);
    }
}
