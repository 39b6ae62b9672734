using Patchbay.Integrations.Deliveries;
using Patchbay.Platform.Tenants;

namespace Patchbay.Integrations.Integrations;

/// <summary>A feature whose configuration names integrations: one that is named cannot be deleted.</summary>
public interface IIntegrationUse
{
    /// <summary>
    /// What names the integration, in words for the caller, for example "the routing rules rul_01h..."; null when nothing does.
    /// </summary>
    string? UsedBy(TenantConfig config, IntegrationId id);
}
