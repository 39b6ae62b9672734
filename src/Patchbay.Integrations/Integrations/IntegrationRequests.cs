using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Integrations.Integrations;

/// <summary>Activates a provider.</summary>
/// <param name="Provider">Name from the catalog.</param>
/// <param name="Name">To tell several integrations of one provider apart; the provider's name by default. At most 100 characters.</param>
/// <param name="CompanyId">For rules on <c>company_id</c>.</param>
/// <param name="Mode"><c>live</c> or <c>sandbox</c>.</param>
/// <param name="Credentials">As the provider's credential schema asks.</param>
/// <param name="Settings">Limits and retries; see the documentation. Empty by default.</param>
/// <param name="Capabilities">What it is used for; everything the provider can do by default.</param>
/// <example>
/// {"provider":"plivo","name":"Plivo Brazil",
/// "credentials":{"auth_id":"MAEXAMPLE00000000000","auth_token":"example-auth-token","src":"+14155550100"},
/// "settings":{"requests_per_second":10}}
/// </example>
public sealed record CreateIntegrationRequest(
    [Required] string? Provider = null, string? Name = null, string? CompanyId = null, IntegrationMode? Mode = null,
    JsonObject? Credentials = null, JsonObject? Settings = null, IReadOnlyList<string>? Capabilities = null);

/// <summary>Changes an integration; what is left out stays.</summary>
/// <param name="Credentials">Merged over the present ones: null clears a field, a masked value leaves it. A change is verified
/// again.</param>
/// <param name="Settings">Replaces the settings.</param>
/// <example>{"name":"Plivo Portugal","settings":{"requests_per_second":20}}</example>
public sealed record ChangeIntegrationRequest(
    string? Name = null, string? CompanyId = null, JsonObject? Credentials = null, JsonObject? Settings = null,
    IReadOnlyList<string>? Capabilities = null);

/// <summary>Switches incident mode.</summary>
/// <param name="Active">True holds all work of the integration; false releases it.</param>
/// <param name="ReleasePerSecond">On release: calls a second until it is called again without it. Null: the normal rate at once.</param>
/// <example>{"active":true}</example>
public sealed record IncidentRequest([Required] bool? Active = null, double? ReleasePerSecond = null);
