using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Integrations;
using Patchbay.Storage;

namespace Patchbay.Integrations.Calls;

/// <summary>What every delivery to a provider uses of the hub, in one piece: a further part changes no feature's constructor.</summary>
public sealed record ProviderServices(Database Database, Connections Connections, IntegrationFailures Failures, DeliveryEvents Events);
