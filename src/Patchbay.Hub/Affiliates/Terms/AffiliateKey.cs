using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Terms;

/// <summary>An affiliate of a tenant, by the name that the tenant gives it. It has no row of its own.</summary>
public readonly record struct AffiliateKey(TenantId Tenant, string AffiliateId);
