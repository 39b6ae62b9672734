using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Deliveries;
using Patchbay.Storage;

namespace Patchbay.Integrations.Routing;

/// <summary>Says where operations of one capability go, when its conditions hold.</summary>
[LedgerTable("routing_rules")]
public sealed partial record RoutingRule
{
    [Key] public required TenantId TenantId { get; init; }

    [Key] public required RuleId Id { get; init; }

    /// <summary>Of the operations that it is for, and of the integrations that it names.</summary>
    [Fixed] public required IntegrationMode Mode { get; init; }

    public required string Capability { get; init; }

    /// <summary>Lower goes first; rules of equal priority go by id, older first.</summary>
    public required int Priority { get; init; }

    /// <summary>All must hold. None: holds always.</summary>
    [StoredAs<StoredConditions>] public IReadOnlyList<Condition> Conditions { get; init; } = [];

    /// <summary>Where operations go; null when <see cref="Split"/> says so.</summary>
    public IntegrationId? IntegrationId { get; init; }

    /// <summary>Shares operations among several integrations; empty when <see cref="IntegrationId"/> says where they go.</summary>
    [StoredAs<StoredSplit>] public IReadOnlyList<SplitShare> Split { get; init; } = [];

    /// <summary>Tried in this order when the integration is unavailable.</summary>
    [StoredAs<StoredFallbacks>] public IReadOnlyList<IntegrationId> FallbackIntegrationIds { get; init; } = [];

    /// <summary>Tried after all other rules, whatever its priority.</summary>
    public bool IsDefault { get; init; }

    public bool IsActive { get; init; } = true;

    /// <summary>For people; at most 500 characters.</summary>
    public string? Note { get; init; }

    /// <summary>
    /// The country whose gateway the rule stands for, <c>*</c> for all that have none: it is changed with the gateway, and goes ahead of
    /// the others. Null: a rule of its own.
    /// </summary>
    [Fixed] public string? GatewayCountry { get; init; }

    [Fixed] public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public RuleKey Key => new(TenantId, Id);
}
