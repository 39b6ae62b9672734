using Patchbay.Storage;

namespace Patchbay.Hub.Mirror.Names;

/// <summary>What is to be written: what has a name of the business system's, or what has a key of the hub's.</summary>
/// <param name="Name">Null: what the key says, which has to be there.</param>
/// <param name="Key">Of a new one, unless the name is there already.</param>
/// <param name="KeyOf">The key of what a name stands for.</param>
/// <param name="MustBeNew">The name may not be there yet.</param>
internal sealed record MirrorTarget<TKey>(
    TenantId Tenant, ExternalNameKey? Name, TKey Key, Func<Guid, TKey> KeyOf, bool MustBeNew = false)
    where TKey : struct, IEquatable<TKey>;
