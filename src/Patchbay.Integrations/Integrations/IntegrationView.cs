using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Deliveries;

namespace Patchbay.Integrations.Integrations;

/// <summary>An integration as the API shows it.</summary>
/// <param name="StatusReason">Why it has this status; null when there is nothing to say.</param>
/// <param name="Credentials">Secret fields read <c>••••1234</c>; sent back so, they stay as they are.</param>
/// <param name="NewCredentials">Being verified while the others work, shown in the same way; null when there are none.</param>
/// <param name="WebhookUrl">To be entered at the provider, where it does not learn it from each call.</param>
/// <param name="Held">Incident mode: its work is held.</param>
public sealed record IntegrationView(
    IntegrationId Id, string Provider, string Name, string? CompanyId, IntegrationMode Mode, IntegrationStatus Status, string? StatusReason,
    IReadOnlyList<string> Capabilities, JsonObject Credentials, JsonObject? NewCredentials, JsonObject Settings, string? Account,
    string WebhookUrl, bool Held, double? ReleaseRate, DateTimeOffset? VerifiedAt, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static IntegrationView From(Integration integration, Uri webhookUrl) => new(
        integration.Id, integration.Provider, integration.Name, integration.CompanyId, integration.Mode, integration.Status,
        integration.StatusReason, integration.Capabilities, JsonNode.Parse(integration.ShownCredentials)!.AsObject(),
        integration.ShownNewCredentials is { } shown ? JsonNode.Parse(shown)!.AsObject() : null,
        JsonNode.Parse(integration.Settings)!.AsObject(), integration.Account, webhookUrl.ToString(), integration.Held,
        integration.ReleaseRate, integration.VerifiedAt, integration.CreatedAt, integration.UpdatedAt);
}
