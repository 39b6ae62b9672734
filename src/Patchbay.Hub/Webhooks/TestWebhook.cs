using System.Text.Json;
using Patchbay.Engine;
using Patchbay.Integrations.Outbound;
using Patchbay.Platform.Api;
using Patchbay.Platform.Events;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Hub.Webhooks;

/// <summary>A test by hand: one try, on a lane of its own, which counts for nothing and works on a disabled endpoint.</summary>
internal sealed class TestWebhook(TenantConfigs configs, OpenEndpoints endpoints, OutboundSender sender, IdGenerator ids, TimeProvider time)
    : IDeliveryHandler
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

    public async Task<IPreparedCall> PrepareAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        if (await configs.FindAsync(delivery.TenantId, new WebhookId(delivery.SubjectId), cancellationToken) is not { } webhook)
            return EndpointCall.Refused(Once, "webhook_deleted", "The endpoint was deleted.");
        var open = await endpoints.OpenAsync(webhook, cancellationToken);
        var test = JsonSerializer.Deserialize<Event>(delivery.Payload, HubJson.Stored)!;
        return new EndpointCall(Once, async cancel =>
        {
            var (body, contentType) = WebhookBody.Of(test, webhook.PayloadMode, webhook.ContentMode);
            var report = await sender.PostAsync(open.Message(test.Id.ToString(), body, contentType), cancel);
            return report with { Pause = null };   // who tests again wants an answer now
        });
    }

    public void Need(LedgerNeeds needs, Delivery delivery, CallReport? report)
    {
        // It changes nothing but itself.
    }

    public void Apply(LedgerRows rows, StepTaken step)
    {
        // It changes nothing but itself.
    }
}
