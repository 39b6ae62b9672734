using Patchbay.Storage;

namespace Patchbay.Hub.Suppressions;

/// <summary>Names a recipient who is not written to.</summary>
[TypedId("spr")]
public readonly partial record struct SuppressedRecipientId : ITypedId<SuppressedRecipientId>;
