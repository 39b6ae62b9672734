using Patchbay.Engine;
using Patchbay.Platform.Api;
using Patchbay.Platform.Events;
using Patchbay.Storage;

namespace Patchbay.Hub.Webhooks;

/// <summary>What an endpoint has been sent, and what is held for it.</summary>
internal sealed class WebhookQueries(Database database, EventFeed feed, RelayQueries relays)
{
    public const string Held = "held";

    private const int MostHeld = EventFeed.MostScanned;

    /// <summary>How many events wait to be read, and whether there are more than that.</summary>
    public async Task<(int Count, bool More)> CountHeldAsync(Webhook webhook, CancellationToken cancellationToken)
    {
        var batch = await ReadHeldAsync(webhook, null, MostHeld, cancellationToken);
        return (batch.Events.Count, batch.HasMore);
    }

    /// <summary>Held events, oldest first; the cursor is the last of the page before.</summary>
    public async Task<Page<WebhookDeliveryView>> HeldAsync(Webhook webhook, PageRequest page, CancellationToken cancellationToken)
    {
        var batch = await ReadHeldAsync(
            webhook, page.Before == PageRequest.FromNewest ? null : new EventId(page.Before), page.Limit, cancellationToken);
        var views = batch.Events.Select(
            entry => new WebhookDeliveryView(null, entry.Id, entry.Type, Held, null, 0, null, null, null, entry.OccurredAt, [])).ToArray();
        return new Page<WebhookDeliveryView>(views, batch.HasMore ? PageRequest.Encode(batch.Cursor.Value) : null, batch.HasMore);
    }

    /// <summary>Deliveries, newest first, with their attempts.</summary>
    /// <param name="status">A status of deliveries; null: all.</param>
    public async Task<Page<WebhookDeliveryView>> ListAsync(
        Webhook webhook, string? status, PageRequest page, CancellationToken cancellationToken)
    {
        var filter = new SqlFilter().And("lane_id = @lane", "lane", webhook.Lane.Value).And("capability = 'deliver_webhook'")
            .And("tenant_id = @tenant", "tenant", webhook.TenantId)
            .And("id < @before", "before", page.Before).And("status = @status", "status", status).With("limit", page.Limit + 1);
        var rows = await database.QueryAsync(
            $"SELECT * FROM deliveries WHERE {filter.Where} ORDER BY id DESC LIMIT @limit", filter.Parameters,
            DeliveryTable.Instance.ReadWhole, cancellationToken);
        var shown = Page<Delivery>.Of(rows, page.Limit, delivery => delivery.Id.Value);
        var attempts = await AttemptsAsync(webhook.TenantId, shown.Data, cancellationToken);
        return shown.Select(delivery => new WebhookDeliveryView(
            delivery.Id, new EventId(delivery.SubjectId), WebhookPayload.Of(delivery).Type, delivery.Status.ToWord(), delivery.Reason,
            delivery.AttemptCount, webhook.IsActive ? delivery.DueAt : null,
            delivery.LastCode, delivery.LastMessage, delivery.CreatedAt, [.. attempts[delivery.Id].Select(WebhookAttemptView.From)]));
    }

    private async Task<ILookup<DeliveryId, Attempt>> AttemptsAsync(
        TenantId tenant, IReadOnlyList<Delivery> deliveries, CancellationToken cancellationToken)
    {
        if (deliveries.Count == 0)
            return Array.Empty<Attempt>().ToLookup(attempt => attempt.DeliveryId);
        var parameters = deliveries.Index().ToDictionary(pair => "d" + pair.Index, pair => (object?)pair.Item.Id);
        var named = string.Join(", ", parameters.Keys.Select(name => "@" + name));
        parameters["tenant"] = tenant;
        var attempts = await database.QueryAsync(
            $"SELECT * FROM attempts WHERE tenant_id = @tenant AND delivery_id IN ({named}) ORDER BY delivery_id, number LIMIT 5000",
            parameters, AttemptTable.Instance.Read, cancellationToken);
        return attempts.ToLookup(attempt => attempt.DeliveryId);
    }

    private async Task<EventBatch> ReadHeldAsync(Webhook webhook, EventId? after, int limit, CancellationToken cancellationToken)
    {
        if ((after ?? (await relays.FindAsync(webhook.Key, cancellationToken))?.Position) is not { } position)
            return new EventBatch([], default, false);
        var batch = await feed.ReadAsync(webhook.TenantId, position, webhook.Patterns, limit, cancellationToken);
        var about = webhook.Id.ToString();
        return batch with { Events = [.. batch.Events.Where(entry => entry.Subject != about)] };
    }
}
