using System.Collections.Frozen;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Integrations.Catalog;

/// <summary>A provider of the catalog: its manifest, and how to make the parts of its connector.</summary>
public sealed class Provider(ProviderManifest manifest, IEnumerable<Type> connectors)
{
    private readonly FrozenDictionary<Type, Func<ProviderHttp, object>> _parts = connectors
        .SelectMany(type => type.GetInterfaces().Select(capability => (Capability: capability, Make: Constructor(type))))
        .ToFrozenDictionary(part => part.Capability, part => part.Make);

    public ProviderManifest Manifest { get; } = manifest;

    public string Name => Manifest.Name;

    /// <summary>Whether the connector implements an interface.</summary>
    public bool Has<T>() => _parts.ContainsKey(typeof(T));

    public bool Has(Type capability) => _parts.ContainsKey(capability);

    /// <summary>The part of the connector that implements an interface, for one attempt.</summary>
    public T Make<T>(ProviderHttp http)
        where T : class => (T)_parts[typeof(T)](http);

    /// <summary>Parts that call nobody.</summary>
    public T? Find<T>()
        where T : class => _parts.TryGetValue(typeof(T), out var make) ? (T)make(null!) : null;

    private static Func<ProviderHttp, object> Constructor(Type type)
    {
        var constructor = type.GetConstructors(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Public
            | System.Reflection.BindingFlags.NonPublic).Single();
        return constructor.GetParameters().Length == 0
            ? _ => constructor.Invoke(null)
            : http => constructor.Invoke([http]);
    }
}
