using System.Collections.Concurrent;
using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;

namespace Patchbay.Server.Http;

/// <summary>
/// Refuses what an endpoint of the API would pass over: parameters that it does not take, or takes once; and text in query or path that no
/// database keeps. Open addresses, where providers call, take what comes.
/// </summary>
internal sealed class ParameterGuard(RequestDelegate next)
{
    private readonly ConcurrentDictionary<Endpoint, FrozenDictionary<string, QueryParameter>> _known = new();

    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<RequiredPermission>() is null)
            return next(context);
        var faults = new Faults();
        foreach (var (name, value) in context.Request.RouteValues)
            faults.Storable(value as string, name);
        if (context.Request.QueryString.HasValue)
            CheckQuery(context.Request.Query, _known.GetOrAdd(endpoint, Known), faults);
        return faults.IsEmpty
            ? next(context)
            : Problems.WriteAsync(context, faults.ToError() with { FieldsAsSent = true }, context.RequestAborted);
    }

    private static void CheckQuery(IQueryCollection query, FrozenDictionary<string, QueryParameter> known, Faults faults)
    {
        foreach (var (name, values) in query)
        {
            if (!known.TryGetValue(name, out var parameter))
                faults.Add(name, "is not a parameter here" + Nearest.Hint(name, known.Keys));
            else if (values.Count > 1 && !parameter.Repeats)
                faults.Add(name, $"is given {values.Count} times; it can be given once");
            foreach (var value in values)
                faults.Storable(value, name);
        }
    }

    private static FrozenDictionary<string, QueryParameter> Known(Endpoint endpoint) =>
        QueryParameter.Of(endpoint).ToFrozenDictionary(parameter => parameter.Name, StringComparer.OrdinalIgnoreCase);
}
