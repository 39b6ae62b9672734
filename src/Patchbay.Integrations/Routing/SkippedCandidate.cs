using Patchbay.Integrations.Deliveries;

namespace Patchbay.Integrations.Routing;

/// <summary>An integration that a rule would have chosen before the one that was, and why it was not.</summary>
public readonly record struct SkippedCandidate(RuleId RuleId, IntegrationId IntegrationId, IntegrationState Why);
