using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Platform.Features;

namespace Patchbay.Integrations.Catalog;

/// <summary>Assemblies with connectors and manifests.</summary>
public sealed record ConnectorAssemblies(IReadOnlyList<Assembly> All);

internal sealed class CatalogFeature : IFeature
{
    public void Add(IServiceCollection services) =>
        services.AddSingleton(provider => new ProviderCatalog(provider.GetRequiredService<ConnectorAssemblies>().All))
            .AddSingleton<CredentialSchema>();
}
