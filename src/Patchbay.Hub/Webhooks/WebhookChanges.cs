using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Audit;
using Patchbay.Platform.Events;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Hub.Webhooks;

/// <summary>
/// Writes a changed endpoint with all that belongs to a change: its relay, the tenant's version, audit, and the event of its end.
/// </summary>
internal sealed class WebhookChanges(EventLog events)
{
    public static void Need(LedgerNeeds needs, WebhookKey key)
    {
        needs.Row(WebhookTable.Instance, key);
        needs.Row(WebhookRelayTable.Instance, key);
        ConfigVersion.Need(needs, key.Tenant);
        AuditLog.Need(needs, key.Tenant);
    }

    public static void Write(
        LedgerRows rows, Webhook? before, Webhook after, WebhookRelayState relay, string actor, string action, object detail,
        DateTimeOffset now)
    {
        if (before is null)
        {
            rows.Insert(WebhookTable.Instance, after);
            rows.Insert(WebhookRelayTable.Instance, relay);
        }
        else
        {
            rows.Update(WebhookTable.Instance, after);
            rows.Update(WebhookRelayTable.Instance, relay);
        }

        ConfigVersion.Raise(rows, after.TenantId, after.Id.ToString());
        AuditLog.Write(rows, after.TenantId, actor, action, after.Id.ToString(), detail, now);
    }

    /// <summary>The hub disables it; what is published from now on is held. Nothing when it is not active any more.</summary>
    public void Disable(LedgerRows rows, WebhookKey key, string reason, string message, DateTimeOffset now)
    {
        if (rows.Find(WebhookTable.Instance, key) is not { IsActive: true, DeletedAt: null } before
            || rows.Find(WebhookRelayTable.Instance, key) is not { } relay)
            return;
        Write(
            rows, before, before with { IsActive = false, DisabledReason = reason, DisabledAt = now, UpdatedAt = now },
            relay.Recovered() with { IsActive = false }, AuditLog.System, "webhook.disable", new { reason }, now);
        Tell(rows, WebhookEvents.Disabled, before, relay, reason, message, now);
    }

    public void Tell(
        LedgerRows rows, EventType type, Webhook webhook, WebhookRelayState relay, string? reason, string message,
        DateTimeOffset now) => events.Publish(
        rows, webhook.TenantId, type, webhook.Id.ToString(),
        new WebhookNotice(
            webhook.Id, Redaction.Addresses(webhook.Url), reason, relay.FailingSince,
            reason is null ? relay.FailingSince + FailureRule.DisableAfter : null,
            message),
        now);
}
