using System.Collections.Frozen;
using Patchbay.Storage;

namespace Patchbay.Platform.Tenants;

/// <summary>What operations of a tenant are decided by, as of one version. Immutable.</summary>
/// <param name="parts">What the features keep in it, each of a type of its own.</param>
public sealed class TenantConfig(TenantId tenant, long version, bool moving, params IReadOnlyList<object> parts)
{
    private readonly FrozenDictionary<Type, object> _parts = parts.ToFrozenDictionary(part => part.GetType());

    public TenantId Tenant { get; } = tenant;

    public long Version { get; } = version;

    /// <summary>It is on its way to another shard, or from one: nothing new is taken and nothing is called until it has arrived.</summary>
    public bool Moving { get; } = moving;

    /// <summary>What a feature keeps in the configuration, by the type of it.</summary>
    public T Part<T>()
        where T : class => (T)_parts[typeof(T)];
}
