using System.Collections.Frozen;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Hub.Webhooks;

/// <summary>A tenant's endpoints, as of one version of its configuration; without deleted ones.</summary>
public sealed class WebhookSet(IEnumerable<Webhook> webhooks)
{
    public const int Max = 500;

    public FrozenDictionary<WebhookId, Webhook> ById { get; } = webhooks.ToFrozenDictionary(webhook => webhook.Id);

    public Webhook? Find(WebhookId id) => ById.GetValueOrDefault(id);
}

/// <summary>Reads the endpoints with the rest of a tenant's configuration.</summary>
internal sealed class WebhookConfig(Database database) : IConfigPart
{
    public async Task<object> ReadAsync(TenantId tenant, CancellationToken cancellationToken) => new WebhookSet(await database.QueryAsync(
        "SELECT * FROM webhooks WHERE tenant_id = @tenant AND deleted_at IS NULL ORDER BY id LIMIT @Max", new { tenant, WebhookSet.Max }, WebhookTable.Instance.Read,
        cancellationToken));
}
