using Patchbay.Storage;

namespace Patchbay.Hub.Webhooks;

/// <summary>Names a webhook endpoint of a tenant.</summary>
[TypedId("whe")]
public readonly partial record struct WebhookId : ITypedId<WebhookId>;
