using Patchbay.Storage;

namespace Patchbay.Integrations.Inbound;

/// <summary>Names a received webhook.</summary>
[TypedId("inb")]
public readonly partial record struct InboxId : ITypedId<InboxId>;
