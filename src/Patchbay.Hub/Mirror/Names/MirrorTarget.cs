using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Hub.Mirror.Names;

/// <summary>What is to be written: what has a name of the business system's, or what has an id of the hub's.</summary>
/// <param name="Name">Null: what the id says, which has to be there.</param>
/// <param name="Id">Of a new one, unless the name is there already.</param>
/// <param name="KeyOf">The key of an id.</param>
/// <param name="MustBeNew">The name may not be there yet.</param>
internal sealed record MirrorTarget<TKey>(TenantId Tenant, ExternalNameKey? Name, Guid Id, Func<Guid, TKey> KeyOf, bool MustBeNew = false)
    where TKey : struct, IEquatable<TKey>
{
    public TKey Key => KeyOf(Id);

    /// <summary>By the business system's id, in the caller's mode.</summary>
    public static MirrorTarget<TKey> Named(
        Caller caller, MirrorKind kind, string? externalId, Guid newId, Func<Guid, TKey> keyOf, bool mustBeNew, Faults faults) => new(
        caller.Tenant, new ExternalNameKey(caller.Tenant, caller.Mode, kind, ExternalNames.Read(externalId, "external_id", faults)),
        newId, keyOf, mustBeNew);
}
