using System.Reflection;
using Patchbay.Engine;
using Patchbay.Hub.Payments;
using Patchbay.Integrations.Catalog;
using Patchbay.Platform.Features;

namespace Patchbay.Server.Composition;

/// <summary>The floors of this build, from the ground up.</summary>
public static class HubAssemblies
{
    /// <summary>Where features are.</summary>
    public static readonly IReadOnlyList<Assembly> Features =
        [typeof(IFeature).Assembly, typeof(ProviderCatalog).Assembly, typeof(PaymentId).Assembly];

    /// <summary>Where refusals are declared: by features, and by the server itself.</summary>
    public static readonly IReadOnlyList<Assembly> Speaking = [.. Features, typeof(HubAssemblies).Assembly];

    /// <summary>Where migrations are: those of features, and the engine's.</summary>
    public static readonly IReadOnlyList<Assembly> Schema = [typeof(DeliveryEngine).Assembly, .. Features];
}
