using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Hub.Webhooks;

/// <summary>One change of one endpoint that is there, with audit.</summary>
/// <param name="change">Over the endpoint and its relay as they are.</param>
/// <param name="reply">Over the endpoint as it is then.</param>
internal sealed class ChangeWebhook(
    WebhookKey key, Func<Webhook, WebhookRelayState, Result<(Webhook, WebhookRelayState), Error>> change, string actor, string action,
    object detail, DateTimeOffset now, Func<Webhook, Reply> reply) : LedgerWork<Result<Reply, Error>>
{
    public override void Need(LedgerNeeds needs) => WebhookChanges.Need(needs, key);

    public override Result<Reply, Error> Decide(LedgerRows rows)
    {
        if (rows.Find(WebhookTable.Instance, key) is not { DeletedAt: null } before
            || rows.Find(WebhookRelayTable.Instance, key) is not { } relay)
            return Error.NotFound("webhook endpoint");
        var changed = change(before, relay);
        if (!changed.IsSuccess)
            return changed.Error;
        var (after, moved) = changed.Value;
        WebhookChanges.Write(rows, before, after, moved, actor, action, detail, now);
        return reply(after);
    }
}

/// <summary>A new endpoint: what is published from now on is for it.</summary>
internal sealed class InsertWebhook(Webhook webhook, WebhookRelayState relay, string actor, Reply reply) : LedgerWork<Result<Reply, Error>>
{
    public override void Need(LedgerNeeds needs) => WebhookChanges.Need(needs, webhook.Key);

    public override Result<Reply, Error> Decide(LedgerRows rows)
    {
        WebhookChanges.Write(rows, null, webhook, relay, actor, "webhook.create", new { webhook.Url, webhook.Events }, webhook.CreatedAt);
        return reply;
    }
}
