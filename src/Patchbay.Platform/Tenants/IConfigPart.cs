using Patchbay.Storage;

namespace Patchbay.Platform.Tenants;

/// <summary>
/// What a feature keeps in every tenant's configuration. It is read when a node first needs it, and what changed of it again when the
/// tenant's version has been raised, on whatever node that was (<see cref="ConfigVersion"/>).
/// </summary>
public interface IConfigPart
{
    /// <returns>Immutable; found again by its type, with <see cref="TenantConfig.Part{T}"/>.</returns>
    Task<object> ReadAsync(TenantId tenant, CancellationToken cancellationToken);

    /// <summary>Reads again only what has changed.</summary>
    /// <param name="present">The configuration before.</param>
    /// <param name="changed">TypeIDs of rows, of other parts as well.</param>
    Task<object> ReadAgainAsync(TenantConfig present, IReadOnlySet<string> changed, CancellationToken cancellationToken);
}
