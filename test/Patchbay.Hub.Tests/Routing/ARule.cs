using Patchbay.Connectors.Contracts;
using System.Text.Json;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Routing;
using Patchbay.Storage;

namespace Patchbay.Hub.Tests.Routing;

/// <summary>Builds rules that say only what a test is about.</summary>
internal static class ARule
{
    public static readonly TenantId Tenant = new(Numbered(0, 1));

    public static RoutingRule To(int integration, int id = 1, int priority = 0) => new()
    {
        Id = RuleNamed(id),
        TenantId = Tenant,
        Mode = IntegrationMode.Live,
        Capability = "initiate_payment",
        Priority = priority,
        IntegrationId = Integration(integration),
    };

    public static RoutingRule Splitting(params (int Integration, int Weight)[] shares) => To(0) with
    {
        IntegrationId = null,
        Split = shares.Select(share => new SplitShare(Integration(share.Integration), share.Weight)).ToList(),
    };

    public static RoutingRule When(this RoutingRule rule, string field, string comparison, object value) =>
        rule with { Conditions = [.. rule.Conditions, Condition(field, comparison, value)] };

    public static RoutingRule FallingBackTo(this RoutingRule rule, params int[] integrations) =>
        rule with { FallbackIntegrationIds = integrations.Select(Integration).ToList() };

    public static RoutingRule AsDefault(this RoutingRule rule) => rule with { IsDefault = true };

    public static Condition Condition(string field, string comparison, object value) =>
        new(field, comparison, JsonSerializer.SerializeToElement(value));

    public static IntegrationId Integration(int number) => new(Numbered(2, number));

    public static RuleId RuleNamed(int number) => new(Numbered(3, number));

    private static Guid Numbered(int kind, int number) => new(kind, 0, 0x7000, [0x80, 0, 0, 0, 0, 0, (byte)(number >> 8), (byte)number]);
}
