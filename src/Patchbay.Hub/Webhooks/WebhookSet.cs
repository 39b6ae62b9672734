using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Hub.Webhooks;

/// <summary>A tenant's endpoints; without deleted ones.</summary>
public sealed class WebhookSet(IReadOnlyList<Webhook> rows) : ConfigSet<WebhookId, Webhook>(rows, webhook => webhook.Id)
{
    /// <summary>More are not read; how many a tenant may make, <see cref="LimitOptions.WebhookEndpoints"/> says.</summary>
    public const int Max = 500;
}

internal static class TenantWebhooks
{
    /// <summary>Null when there is no such endpoint (any more).</summary>
    public static async ValueTask<Webhook?> FindAsync(
        this TenantConfigs configs, TenantId tenant, WebhookId id, CancellationToken cancellationToken) =>
        (await configs.GetAsync(tenant, cancellationToken)).Part<WebhookSet>().Find(id);
}
