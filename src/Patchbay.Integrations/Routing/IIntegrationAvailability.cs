using Patchbay.Integrations.Deliveries;

namespace Patchbay.Integrations.Routing;

/// <summary>Tells routing which integrations can take work now. Asked on the hot path: answers from memory, without allocating.</summary>
public interface IIntegrationAvailability
{
    /// <param name="capability">An integration may be usable for one capability and not for another.</param>
    IntegrationState StateOf(IntegrationId integration, string capability);
}
