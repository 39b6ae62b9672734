using Patchbay.Engine;
using Patchbay.Integrations.Integrations;

namespace Patchbay.Integrations.Routing;

/// <summary>Where an operation goes.</summary>
/// <param name="Decision">To be kept on the delivery.</param>
/// <param name="Integration">The one chosen.</param>
/// <param name="Fallbacks">Lanes that may stand in after a failure that did nothing, in order.</param>
public sealed record RoutedTo(RoutingDecision Decision, Integration Integration, IReadOnlyList<LaneId> Fallbacks);
