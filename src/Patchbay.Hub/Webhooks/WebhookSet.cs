using Patchbay.Platform.Tenants;

namespace Patchbay.Hub.Webhooks;

/// <summary>A tenant's endpoints; without deleted ones.</summary>
public sealed class WebhookSet(IReadOnlyList<Webhook> rows) : ConfigSet<WebhookId, Webhook>(rows, webhook => webhook.Id)
{
    public const int Max = 500;
}
