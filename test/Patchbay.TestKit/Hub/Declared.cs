using Microsoft.Extensions.DependencyInjection;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Events;
using Patchbay.Platform.Features;
using Patchbay.Platform.Retention;
using Patchbay.Server.Composition;

namespace Patchbay.TestKit;

/// <summary>What the hub declares, for tests that look at it without starting one.</summary>
public static class Declared
{
    private static readonly FeatureAssemblies Assemblies = new(HubAssemblies.Features);

    public static EventTypes EventTypes { get; } = new(Assemblies);

    public static IReadOnlyList<ErrorCode> ErrorCodes { get; } = ErrorCode.In(HubAssemblies.Speaking);

    public static PermissionWords Permissions { get; } = new(Assemblies);

    public static IReadOnlyList<Retained> Retained => Instances<Retained>();

    public static IReadOnlyList<Expiring> Expiring => Instances<Expiring>();

    private static IReadOnlyList<T> Instances<T>()
    {
        var services = new ServiceCollection();
        foreach (var feature in Assemblies.Features)
            feature.Add(services);
        return [.. services.Select(service => service.ImplementationInstance).OfType<T>()];
    }
}
