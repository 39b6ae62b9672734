using Patchbay.Platform.Features;

namespace Patchbay.Platform.Access;

/// <summary>Which words a tenant's key may carry: what the features of this hub guard.</summary>
public sealed class PermissionWords(FeatureAssemblies assemblies)
{
    /// <summary>In alphabetical order.</summary>
    public IReadOnlyList<string> Resources { get; } =
        [.. assemblies.Features.SelectMany(feature => feature.Resources).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    public bool IsKnown(string permission) =>
        permission is Permissions.All or "read:*"
        || permission.Split(':') is ["read" or "write", var resource] && Resources.Contains(resource);
}
