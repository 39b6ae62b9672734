using Patchbay.Storage;

namespace Patchbay.Hub.Routing;

/// <summary>The key of a routing rule's row.</summary>
public readonly record struct RuleKey(TenantId TenantId, RuleId Id);
