using Patchbay.Storage;

namespace Patchbay.Platform.Api;

/// <summary>An id in the path. One that is not even of the right form is not found, like any other that does not exist.</summary>
public sealed record Ref<TId>(TId Id, Error? Error) : IChecked
    where TId : struct, ITypedId<TId>
{
    /// <summary>Always true: what could not be read is answered by <see cref="InputFilter"/>.</summary>
    public static bool TryParse(string? text, IFormatProvider? provider, out Ref<TId> reference)
    {
        reference = TypeId.TryParse<TId>(text, out var id)
            ? new Ref<TId>(id, null) : new Ref<TId>(default, Api.Error.NotFound("resource with this id"));
        return true;
    }

    public static implicit operator TId(Ref<TId> reference) => reference.Id;
}
