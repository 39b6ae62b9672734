using Patchbay.Storage;

namespace Patchbay.Hub.Messages;

/// <summary>Names a message.</summary>
[TypedId("msg")]
public readonly partial record struct MessageId : ITypedId<MessageId>;
