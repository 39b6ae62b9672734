using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Routing;

namespace Patchbay.Hub.Tests.Routing;

/// <summary>Integrations that are usable unless told otherwise.</summary>
internal sealed class Integrations : IIntegrationAvailability
{
    private readonly Dictionary<IntegrationId, IntegrationState> _states = [];

    public static Integrations AllUsable => new();

    public Integrations With(int integration, IntegrationState state)
    {
        _states[ARule.Integration(integration)] = state;
        return this;
    }

    public IntegrationState StateOf(IntegrationId integration, string capability) =>
        _states.GetValueOrDefault(integration, IntegrationState.Usable);
}
