using System.Text.Json.Nodes;
using Patchbay.Integrations.Catalog;

namespace Patchbay.Integrations.Integrations;

/// <summary>Integrations as the API shows them.</summary>
public sealed class IntegrationViews(ProviderCatalog catalog, Connections connections)
{
    public IntegrationView Of(Integration integration)
    {
        var credentials = JsonNode.Parse(integration.ShownCredentials)!.AsObject();
        var url = connections.WebhookUrl(integration).ToString();
        return new IntegrationView(
            integration.Id, integration.Provider, integration.Name, integration.CompanyId, integration.Mode, integration.Status,
            integration.StatusReason, integration.Capabilities, credentials,
            integration.ShownNewCredentials is { } shown ? JsonNode.Parse(shown)!.AsObject() : null,
            JsonNode.Parse(integration.Settings)!.AsObject(), integration.Account, url, Setup(integration, url),
            integration.ExpiresAt, integration.Held, integration.ReleaseRate, integration.VerifiedAt, integration.CreatedAt,
            integration.UpdatedAt);
    }

    private WebhookSetup? Setup(Integration integration, string url) =>
        catalog.Find(integration.Provider)?.Manifest is { Webhooks: { } webhooks } manifest
        && integration.MissingWebhookSecret(manifest) is { } secret
            ? new WebhookSetup(url, webhooks.Events, webhooks.Steps, secret, integration.WebhookProblem)
            : null;
}
