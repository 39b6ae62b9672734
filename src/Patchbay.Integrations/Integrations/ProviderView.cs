using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Catalog;
using Patchbay.Platform.Tenants;

namespace Patchbay.Integrations.Integrations;

/// <summary>Whether a tenant has a provider: not, installed, or installed and in use.</summary>
public enum ProviderState
{
    NotInstalled,
    Installed,
    Enabled,
}

/// <summary>A provider as the catalog shows it.</summary>
/// <param name="Credentials">JSON Schema 2020-12 of what has to be entered; secret fields carry <c>x-secret</c>.</param>
/// <param name="Checkout">Where customers pay; null where they pay nothing.</param>
/// <param name="Settlement">Who tells that money arrived: the <c>provider</c>, or, <c>manual</c>, a person or a statement. Null where
/// nothing is paid.</param>
/// <param name="SavedMethods">It charges what customers have saved with it: <c>payment_method</c> of a payment.</param>
/// <param name="IsConfigured">The tenant has an integration of it, in the mode of the key that asks.</param>
public sealed record ProviderView(
    string Name, string DisplayName, string Version, IReadOnlyList<string> Categories, IReadOnlyList<string> Capabilities,
    string Description, string? Image, Uri DocsUrl, IReadOnlyList<string> Regions, IReadOnlyList<string> Currencies, JsonNode Credentials,
    ManifestWebhooks? Webhooks, ProviderLimitsView Limits, ProviderIdempotency Idempotency, ProviderCheckout? Checkout,
    ProviderSettlement? Settlement, bool SavedMethods, string Verify, bool IsConfigured, ProviderState State)
{
    internal static ProviderView From(Provider provider, TenantConfig config, IntegrationMode mode)
    {
        var manifest = provider.Manifest;
        var own = config.Integrations.Values.Where(integration => integration.Provider == provider.Name && integration.Mode == mode)
            .ToList();
        var state = own.Any(integration => integration.Status == IntegrationStatus.Active) ? ProviderState.Enabled
            : own.Count > 0 ? ProviderState.Installed
            : ProviderState.NotInstalled;
        return new ProviderView(
            manifest.Name, manifest.DisplayName, manifest.Version, manifest.Categories, manifest.Capabilities, manifest.Description,
            manifest.Image, manifest.DocsUrl, manifest.Regions, manifest.Currencies, JsonNode.Parse(manifest.CredentialsSchema)!,
            manifest.Webhooks,
            new ProviderLimitsView(manifest.Limits.RequestsPerSecond, manifest.Limits.Concurrency, manifest.Limits.TimeoutSeconds),
            manifest.Idempotency, provider.Has<IInitiatePayment>() ? manifest.Checkout : null,
            provider.Has<IInitiatePayment>() ? manifest.Settlement : null, manifest.SavedMethods, manifest.Verify,
            own.Count > 0, state);
    }
}

/// <summary>What the provider allows; integrations can set less.</summary>
/// <param name="Concurrency">Calls at the same time.</param>
/// <param name="TimeoutSeconds">How long one call may take.</param>
public sealed record ProviderLimitsView(double RequestsPerSecond, int Concurrency, int TimeoutSeconds);
