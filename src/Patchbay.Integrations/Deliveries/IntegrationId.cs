using Patchbay.Storage;

namespace Patchbay.Integrations.Deliveries;

/// <summary>Names an integration: a provider activated by a tenant.</summary>
[TypedId("int")]
public readonly partial record struct IntegrationId : ITypedId<IntegrationId>;
