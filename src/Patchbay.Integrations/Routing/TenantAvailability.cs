using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Catalog;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Integrations;
using Patchbay.Platform.Tenants;

namespace Patchbay.Integrations.Routing;

/// <summary>Which of a tenant's integrations can take an operation now.</summary>
/// <param name="mode">Of the operation.</param>
/// <param name="currency">Of the operation, in upper case; null when it moves no money.</param>
/// <param name="countBreakers">False: as if all breakers were closed.</param>
internal sealed class TenantAvailability(
    TenantConfig config, IntegrationMode mode, ProviderCatalog catalog, Func<LaneId, bool> breakerIsOpen, string? currency,
    bool countBreakers)
    : IIntegrationAvailability
{
    public IntegrationState StateOf(IntegrationId integration, string capability)
    {
        if (!config.Integrations.TryGetValue(integration, out var found) || catalog.Find(found.Provider) is not { } provider)
            return IntegrationState.Deleted;
        return found.Status switch
        {
            _ when found.Mode != mode => IntegrationState.OtherMode,
            IntegrationStatus.PendingVerify => IntegrationState.PendingVerify,
            IntegrationStatus.Error => IntegrationState.Error,
            IntegrationStatus.Inactive => IntegrationState.Inactive,
            _ when !found.Capabilities.Contains(capability) => IntegrationState.CapabilityOff,
            _ when !Takes(provider, currency) => IntegrationState.CurrencyNotSupported,
            _ when countBreakers && breakerIsOpen(found.Lane) => IntegrationState.BreakerOpen,
            _ => IntegrationState.Usable,   // in incident mode too: its work waits there
        };
    }

    /// <summary>Providers that list no currencies move no money, and are not asked.</summary>
    private static bool Takes(Provider provider, string? currency)
    {
        var currencies = provider.Manifest.Currencies;
        return currency is null || currencies.Count == 0 || currencies.Contains("*") || currencies.Contains(currency);
    }
}
