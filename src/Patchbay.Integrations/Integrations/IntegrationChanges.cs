using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Catalog;
using Patchbay.Platform.Audit;
using Patchbay.Platform.Events;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Integrations.Integrations;

/// <summary>
/// Writes a changed integration with all that belongs to a change: the tenant's version, audit, and the event of a new status.
/// </summary>
public sealed class IntegrationChanges(EventLog events, IntegrationViews views, ProviderCatalog catalog)
{
    public static void Need(LedgerNeeds needs, IntegrationKey key)
    {
        needs.Row(IntegrationTable.Instance, key);
        ConfigVersion.Need(needs, key.Tenant);
        AuditLog.Need(needs, key.Tenant);
    }

    /// <param name="before">Null when it is new.</param>
    /// <param name="action">For the audit, for example <c>integration.update</c>; null leaves unaudited what only counts failures.</param>
    public void Write(
        LedgerRows rows, Integration? before, Integration after, string actor, string? action, object detail, DateTimeOffset now)
    {
        after = WithWebhooks(after, now);
        if (before is null)
            rows.Insert(IntegrationTable.Instance, after);
        else
            rows.Update(IntegrationTable.Instance, after);
        ConfigVersion.Raise(rows, after.TenantId, after.Id.ToString());
        if (action is not null)
            AuditLog.Write(rows, after.TenantId, actor, action, after.Id.ToString(), detail, now);
        if (before?.Status == after.Status)
            return;
        if (before is not null)
        {
            AuditLog.Write(
                rows, after.TenantId, actor, "integration.status", after.Id.ToString(),
                new { from = before.Status, to = after.Status, reason = after.StatusReason }, now);
        }

        events.Publish(
            rows, after.TenantId, IntegrationStatusChange.Published, after.Id.ToString(),
            new IntegrationStatusChange(views.Of(after), before?.Status), now);
    }

    /// <summary>By what a webhook finds it, and whether its address is to be registered: as the provider's manifest says.</summary>
    private Integration WithWebhooks(Integration integration, DateTimeOffset now)
    {
        if (integration.DeletedAt is not null || catalog.Find(integration.Provider) is not { Manifest.Webhooks: { } webhooks } provider)
            return integration;
        var credentials = JsonNode.Parse(integration.ShownCredentials)!.AsObject();
        var found = integration with { WebhookAccount = webhooks.Account is { } field ? credentials[field]?.ToString() : null };
        var wanted = provider.Has<IRegisterWebhooks>() && webhooks.Secret is { } secret && !credentials.ContainsKey(secret)
            && found is { Status: IntegrationStatus.Active, WebhookRegistration: null, RegisterAt: null, WebhookProblem: null };
        return wanted ? found with { RegisterAt = now } : found;
    }
}
