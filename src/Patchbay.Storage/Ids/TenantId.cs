namespace Patchbay.Storage;

/// <summary>Names a tenant: the first part of nearly every key.</summary>
[TypedId("ten")]
public readonly partial record struct TenantId : ITypedId<TenantId>;
