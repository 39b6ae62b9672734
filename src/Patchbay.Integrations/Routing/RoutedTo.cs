using Patchbay.Engine;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Integrations;
using Patchbay.Platform.Access;

namespace Patchbay.Integrations.Routing;

/// <summary>Where an operation goes.</summary>
/// <param name="Decision">To be kept on the delivery.</param>
/// <param name="Integration">The one chosen.</param>
/// <param name="Fallbacks">Lanes that may stand in after a failure that did nothing, in order.</param>
public sealed record RoutedTo(RoutingDecision Decision, Integration Integration, IReadOnlyList<LaneId> Fallbacks)
{
    /// <summary>A delivery that goes there, and keeps why.</summary>
    public Placement Place(ProviderCapability capability, Caller caller, Guid subject) =>
        new(capability, caller.Tenant, subject, Integration.Lane) { Route = Decision.ToJson(), Fallbacks = Fallbacks };
}
