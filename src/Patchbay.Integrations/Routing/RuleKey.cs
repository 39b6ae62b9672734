using Patchbay.Storage;

namespace Patchbay.Integrations.Routing;

/// <summary>The key of a routing rule's row.</summary>
public readonly record struct RuleKey(TenantId TenantId, RuleId Id);
