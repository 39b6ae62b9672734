using System.Text.Json;
using Patchbay.Integrations.Deliveries;
using Patchbay.Storage;

namespace Patchbay.Integrations.Routing;

/// <summary>The rows of <c>routing_rules</c>. Conditions, split and fallbacks are JSON: they are only ever read together with their rule.</summary>
public sealed class RoutingRuleTable : Table<RuleKey, RoutingRule>
{
    public static readonly RoutingRuleTable Instance = new();

    private RoutingRuleTable()
        : base("routing_rules", rule => new RuleKey(rule.TenantId, rule.Id))
    {
        Key("tenant_id", key => key.TenantId.Value);
        Key("id", key => key.Id.Value);
        Mutable("capability", rule => rule.Capability);
        Mutable("priority", rule => rule.Priority);
        Mutable("conditions", rule => JsonSerializer.Serialize(rule.Conditions.Select(ConditionView.From).ToArray(), RoutingJson.Stored.ConditionViewArray));
        Mutable("integration_id", rule => rule.IntegrationId?.Value);
        Mutable("split", rule => JsonSerializer.Serialize(rule.Split.Select(SplitView.From).ToArray(), RoutingJson.Stored.SplitViewArray));
        Mutable("fallback_integration_ids", rule => JsonSerializer.Serialize(
            rule.FallbackIntegrationIds.Select(id => id.ToString()).ToArray(), RoutingJson.Stored.StringArray));
        Mutable("is_default", rule => rule.IsDefault);
        Mutable("is_active", rule => rule.IsActive);
        Mutable("note", rule => rule.Note);
        Fixed("created_at", rule => rule.CreatedAt);
        Mutable("updated_at", rule => rule.UpdatedAt);
    }

    public override RoutingRule Read(Row row) => new()
    {
        TenantId = row.Id<TenantId>("tenant_id"),
        Id = row.Id<RuleId>("id"),
        Capability = row.Text("capability"),
        Priority = row.Int("priority"),
        Conditions = Array.ConvertAll(
            JsonSerializer.Deserialize(row.Text("conditions"), RoutingJson.Stored.ConditionViewArray)!, view => view.ToCondition()),
        IntegrationId = row.FindId<IntegrationId>("integration_id"),
        Split = Array.ConvertAll(JsonSerializer.Deserialize(row.Text("split"), RoutingJson.Stored.SplitViewArray)!, view => view.ToShare()),
        FallbackIntegrationIds = Array.ConvertAll(
            JsonSerializer.Deserialize(row.Text("fallback_integration_ids"), RoutingJson.Stored.StringArray)!, TypeId.Parse<IntegrationId>),
        IsDefault = row.Flag("is_default"),
        IsActive = row.Flag("is_active"),
        Note = row.FindText("note"),
        CreatedAt = row.Time("created_at"),
        UpdatedAt = row.Time("updated_at"),
    };
}
