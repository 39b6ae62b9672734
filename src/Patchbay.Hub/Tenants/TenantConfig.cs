using System.Collections.Frozen;
using Patchbay.Hub.Integrations;
using Patchbay.Hub.Routing;
using Patchbay.Storage;

namespace Patchbay.Hub.Tenants;

/// <summary>What operations of a tenant are decided by, as of one version: its integrations and its compiled rules. Immutable.</summary>
public sealed class TenantConfig(TenantId tenant, long version, IEnumerable<Integration> integrations, IEnumerable<RoutingRule> rules, bool moving = false, params IReadOnlyList<object> parts)
{
    public TenantId Tenant { get; } = tenant;

    public long Version { get; } = version;

    /// <summary>It is on its way to another shard, or from one: nothing new is taken and nothing is called until it has arrived.</summary>
    public bool Moving { get; } = moving;

    /// <summary>Without deleted ones.</summary>
    public FrozenDictionary<IntegrationId, Integration> Integrations { get; } = integrations.ToFrozenDictionary(integration => integration.Id);

    public IReadOnlyList<RoutingRule> RuleList { get; } = rules.ToArray();

    /// <summary>What a feature keeps in the configuration, by the type of it.</summary>
    public T Part<T>()
        where T : class => parts.OfType<T>().First();

    public RoutingTable Rules => field ??= RoutingTable.Compile(RuleList);
}
