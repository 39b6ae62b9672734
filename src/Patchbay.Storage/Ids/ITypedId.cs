namespace Patchbay.Storage;

/// <summary>An id that knows what it names: a UUIDv7 in the database, <c>prefix_base32</c> everywhere outside.</summary>
public interface ITypedId<TSelf> : IParsable<TSelf>
    where TSelf : struct, ITypedId<TSelf>
{
    /// <summary>Lower-case letters before the underscore.</summary>
    static abstract string Prefix { get; }

    static abstract TSelf From(Guid value);

    Guid Value { get; }
}
