using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Deliveries;

namespace Patchbay.Integrations.Integrations;

/// <summary>An integration as the API shows it.</summary>
/// <param name="StatusReason">Why it has this status; null when there is nothing to say.</param>
/// <param name="Credentials">Secret fields read <c>••••1234</c>; sent back so, they stay as they are.</param>
/// <param name="NewCredentials">Being verified while the others work, shown in the same way; null when there are none.</param>
/// <param name="WebhookUrl">To be entered at the provider, where it does not learn it from each call.</param>
/// <param name="WebhookSetup">What is left to be done at the provider so that it reports; null when nothing is.</param>
/// <param name="ExpiresAt">When its credentials end; null when they do not, or the provider does not tell.</param>
/// <param name="Held">Incident mode: its work is held.</param>
public sealed record IntegrationView(
    IntegrationId Id, string Provider, string Name, string? CompanyId, IntegrationMode Mode, IntegrationStatus Status, string? StatusReason,
    IReadOnlyList<string> Capabilities, JsonObject Credentials, JsonObject? NewCredentials, JsonObject Settings, string? Account,
    string WebhookUrl, WebhookSetup? WebhookSetup, DateTimeOffset? ExpiresAt,
    bool Held, double? ReleaseRate, DateTimeOffset? VerifiedAt, DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt);

/// <summary>How the provider is told where to report to. Until it is, it is asked how things stand.</summary>
/// <param name="Url">The address to enter.</param>
/// <param name="Events">What to subscribe to; empty when there is no choice.</param>
/// <param name="Steps">In words.</param>
/// <param name="SecretField">The credential that the provider gives for it, to be entered with <c>PATCH /integrations/{id}</c>.</param>
/// <param name="Problem">Why the hub could not register the address itself; null when it does not, or is about to.</param>
public sealed record WebhookSetup(
    string Url, IReadOnlyList<string> Events, IReadOnlyList<string> Steps, string SecretField, string? Problem);
