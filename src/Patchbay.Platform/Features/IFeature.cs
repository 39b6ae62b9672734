using Microsoft.Extensions.DependencyInjection;

namespace Patchbay.Platform.Features;

/// <summary>
/// A room of the hub: what it brings into the container and what it answers over HTTP. It is found by being there, in one of the
/// <see cref="FeatureAssemblies"/>; nothing lists features by name. Needs a constructor without parameters.
/// </summary>
public interface IFeature
{
    /// <summary>
    /// What its endpoints guard, as the words of permissions name it: <c>messages</c> for <c>read:messages</c> and <c>write:messages</c>.
    /// Several features may name the same.
    /// </summary>
    IReadOnlyList<string> Resources => [];

    /// <summary>
    /// Also called for the verbs of the command line, which start no server and nothing that runs in the background. Nothing by default.
    /// </summary>
    void Add(IServiceCollection services)
    {
    }

    /// <summary>Called once, after the container was built. Nothing by default.</summary>
    void Map(FeatureRoutes routes)
    {
    }
}
