using System.Reflection;

namespace Patchbay.Platform.Features;

/// <summary>The assemblies that make up this hub, and what is declared in them.</summary>
/// <param name="all">From the ground up; with them come their migrations, features and types of events.</param>
public sealed class FeatureAssemblies(IReadOnlyList<Assembly> all)
{
    public IReadOnlyList<Assembly> All { get; } = all;

    /// <summary>Classes with <see cref="SettingsAttribute"/>.</summary>
    public IReadOnlyList<Type> Settings { get; } = [.. all.SelectMany(assembly => assembly.GetTypes()).Where(type => type.IsDefined(typeof(SettingsAttribute)))];

    /// <summary>Every feature, from the ground up, then by name.</summary>
    public IReadOnlyList<IFeature> Features { get; } =
    [
        .. all.SelectMany(assembly => assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IFeature)))
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .Select(type => (IFeature)Activator.CreateInstance(type, nonPublic: true)!)),
    ];
}
