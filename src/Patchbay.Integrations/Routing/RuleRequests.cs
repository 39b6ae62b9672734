using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Patchbay.Integrations.Deliveries;
using Patchbay.Platform.Api;

namespace Patchbay.Integrations.Routing;

/// <summary>Asks for a new rule, for operations in the mode of the key that asks.</summary>
/// <param name="Capability">What it is about, for example <c>initiate_payment</c>.</param>
/// <param name="Priority">From -1000000 to 1000000, lower first; 10 after the last rule of the capability by default.</param>
/// <param name="Conditions">Up to 20 of <c>{field, operator, value}</c>, which all must hold; none by default.</param>
/// <param name="IntegrationId">Where operations go; give this or <c>split</c>.</param>
/// <param name="Split">Up to 10 members that share operations by weight.</param>
/// <param name="FallbackIntegrationIds">Up to 10, tried in this order when the integration is unavailable.</param>
/// <param name="IsDefault">Tried after all other rules; one for each capability and mode, without conditions. False by default.</param>
/// <param name="IsActive">True by default.</param>
/// <param name="Note">For people; at most 500 characters.</param>
/// <example>
/// {"capability":"send_sms","conditions":[{"field":"recipient_country","operator":"in","value":["BR","PT"]}],
/// "integration_id":"int_01kanwzq3se8fbx0t2d7j4m9rk","note":"pt"}
/// </example>
public sealed record CreateRuleRequest(
    [Required] string? Capability = null, int? Priority = null,
    [ReadAs(typeof(IReadOnlyList<ConditionView>))] JsonElement? Conditions = null, IntegrationId? IntegrationId = null,
    IReadOnlyList<SplitRequest>? Split = null, IReadOnlyList<IntegrationId>? FallbackIntegrationIds = null, bool IsDefault = false,
    bool IsActive = true, string? Note = null);

/// <summary>Changes a rule; what is left out, or null, stays, and an empty list or text empties.</summary>
/// <param name="IntegrationId">Takes the place of a split.</param>
/// <param name="Split">Takes the place of an integration.</param>
/// <example>{"priority":20,"is_active":false}</example>
public sealed record ChangeRuleRequest(
    int? Priority = null, [ReadAs(typeof(IReadOnlyList<ConditionView>))] JsonElement? Conditions = null,
    IntegrationId? IntegrationId = null, IReadOnlyList<SplitRequest>? Split = null,
    IReadOnlyList<IntegrationId>? FallbackIntegrationIds = null, bool? IsDefault = null, bool? IsActive = null, string? Note = null);

/// <summary>A member of a split.</summary>
/// <param name="Weight">Above 0; the member gets its part of the sum of all weights.</param>
public sealed record SplitRequest([Required] IntegrationId? IntegrationId = null, [Required] int? Weight = null);

/// <summary>Puts the rules of one capability into an order.</summary>
/// <param name="Ids">All rules of the capability in the key's mode, first one first; default rules may be left out.</param>
/// <example>{"ids":["rul_01kanx0fv9e5vbr9b7xw6n4c2m","rul_01kanx5t2ze0f8c4s6wqv3h7ba"]}</example>
public sealed record ReorderRulesRequest([Required] IReadOnlyList<RuleId>? Ids = null);

/// <summary>Asks where an operation would go.</summary>
/// <example>{"capability":"send_sms","context":{"country":"BR","metadata":{"campaign":"spring"}}}</example>
public sealed record EvaluateRequest([Required] string? Capability = null, RoutingContextRequest? Context = null);

/// <summary>What the operation would offer to conditions; everything may be left out.</summary>
/// <param name="Amount">Decimal in major units, as text or number.</param>
/// <param name="Customer">Texts, numbers, or true and false, by name.</param>
/// <param name="Metadata">As <paramref name="Customer"/>.</param>
/// <param name="Reference">Decides the member of a split.</param>
public sealed record RoutingContextRequest(
    string? Region = null, string? Country = null, string? Currency = null, [ReadAs(typeof(decimal))] JsonElement? Amount = null,
    string? Direction = null, string? Channel = null, string? CompanyId = null, string? RecipientCountry = null,
    IReadOnlyDictionary<string, JsonElement>? Customer = null, IReadOnlyDictionary<string, JsonElement>? Metadata = null,
    string? Reference = null);
