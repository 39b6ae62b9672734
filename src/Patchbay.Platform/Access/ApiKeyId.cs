using Patchbay.Storage;

namespace Patchbay.Platform.Access;

/// <summary>Names an API key; says nothing of its secret.</summary>
[TypedId("key")]
public readonly partial record struct ApiKeyId : ITypedId<ApiKeyId>;
