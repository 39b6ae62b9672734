using Patchbay.Storage;

namespace Patchbay.Integrations.Routing;

/// <summary>Names a routing rule.</summary>
[TypedId("rul")]
public readonly partial record struct RuleId : ITypedId<RuleId>;
