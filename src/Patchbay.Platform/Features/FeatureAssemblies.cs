using System.Reflection;

namespace Patchbay.Platform.Features;

/// <summary>The assemblies that make up this hub, and what is declared in them.</summary>
public sealed class FeatureAssemblies
{
    /// <param name="all">From the ground up; with them come their migrations, features and types of events.</param>
    public FeatureAssemblies(IReadOnlyList<Assembly> all)
    {
        All = all;
        Types = [.. all.SelectMany(assembly => assembly.GetTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))];
        Settings = [.. Types.Where(type => type.IsDefined(typeof(SettingsAttribute)))];
        Features = [.. Types.Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IFeature)))
            .Select(type => (IFeature)Activator.CreateInstance(type, nonPublic: true)!)];
    }

    public IReadOnlyList<Assembly> All { get; }

    /// <summary>From the ground up, then by name.</summary>
    public IReadOnlyList<Type> Types { get; }

    /// <summary>Classes with <see cref="SettingsAttribute"/>.</summary>
    public IReadOnlyList<Type> Settings { get; }

    /// <summary>Every feature, in the order of <see cref="Types"/>.</summary>
    public IReadOnlyList<IFeature> Features { get; }
}
