using Patchbay.Integrations.Deliveries;

namespace Patchbay.Integrations.Routing;

/// <summary>A member of a split. It gets its weight's part of the sum of all weights; they need not add up to 100.</summary>
public readonly record struct SplitShare(IntegrationId IntegrationId, int Weight);
