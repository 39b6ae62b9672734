using System.Collections.Frozen;
using System.Reflection;
using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Api;

namespace Patchbay.Integrations.Catalog;

/// <summary>
/// All providers of this build, found by their manifests and by the classes marked with their name. Adding one is a connector and a
/// manifest; nothing here, or anywhere else, names a provider.
/// </summary>
public sealed class ProviderCatalog
{
    private const string Manifests = "manifests/";

    private readonly FrozenDictionary<string, Provider> _byName;

    public ProviderCatalog(IEnumerable<Assembly> assemblies)
    {
        var providers = assemblies.SelectMany(Load).ToList();
        _byName = providers.ToFrozenDictionary(provider => provider.Name, StringComparer.Ordinal);
        All = providers.OrderBy(provider => provider.Manifest.DisplayName, StringComparer.Ordinal).ToArray();
    }

    public IReadOnlyList<Provider> All { get; }

    public Provider? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>For after a name that is none: the nearest there is.</summary>
    public string Hint(string name) => Nearest.Hint(name, _byName.Keys);

    /// <summary>Of those that a catalog of these assemblies has, without reading their manifests.</summary>
    public static IReadOnlyList<string> NamesIn(IEnumerable<Assembly> assemblies) =>
        [.. assemblies.SelectMany(ManifestsOf).Select(name => Path.GetFileNameWithoutExtension(name[Manifests.Length..]))];

    private static IEnumerable<string> ManifestsOf(Assembly assembly) =>
        assembly.GetManifestResourceNames().Where(name => name.StartsWith(Manifests, StringComparison.Ordinal));

    private static IEnumerable<Provider> Load(Assembly assembly)
    {
        var connectors = assembly.GetTypes()
            .Select(type => (Type: type, Name: type.GetCustomAttribute<ProviderAttribute>()?.Name))
            .Where(connector => connector.Name is not null)
            .ToLookup(connector => connector.Name!, connector => connector.Type);
        foreach (var resource in ManifestsOf(assembly))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            var manifest = ManifestReader.Read(resource, reader.ReadToEnd());
            var provider = new Provider(manifest, connectors[manifest.Name]);
            Check(provider);
            yield return provider;
        }
    }

    /// <summary>A manifest must not promise what its connector has not.</summary>
    private static void Check(Provider provider)
    {
        var faults = provider.Manifest.Capabilities
            .Where(capability => !(Capabilities.Interfaces.TryGetValue(capability, out var type) && provider.Has(type)))
            .Select(capability => $"capability '{capability}' has no connector class")
            .ToList();
        if (!provider.Has<IVerifyCredentials>())
            faults.Add("no connector class verifies the credentials");
        if (provider.Manifest.OAuth?.Flow == OAuthFlow.Own != provider.Has<IRequestTokens>())
            faults.Add("oauth.flow 'own' and a connector class that asks for tokens come together");
        if (faults.Count > 0)
            throw new ManifestException(provider.Name, faults);
    }
}
