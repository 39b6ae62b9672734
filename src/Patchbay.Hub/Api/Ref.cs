using System.Reflection;
using Microsoft.AspNetCore.Http;
using Patchbay.Storage;

namespace Patchbay.Hub.Api;

/// <summary>An id in the path. One that is not even of the right form is not found, like any other that does not exist.</summary>
public sealed record Ref<TId>(TId Id, Error? Error) : IChecked
    where TId : struct, ITypedId<TId>
{
    public static ValueTask<Ref<TId>> BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult(TypeId.TryParse<TId>(context.Request.RouteValues[parameter.Name!]?.ToString(), out var id)
            ? new Ref<TId>(id, null)
            : new Ref<TId>(default, Api.Error.NotFound("resource with this id")));

    public static implicit operator TId(Ref<TId> reference) => reference.Id;
}
