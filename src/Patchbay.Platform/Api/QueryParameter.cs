using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Patchbay.Storage;

namespace Patchbay.Platform.Api;

/// <summary>A parameter in the query of an endpoint: what its documentation shows, and all that it takes.</summary>
/// <param name="Format">As JSON Schema names it; null for plain text.</param>
public sealed record QueryParameter(string Name, string? Format = null)
{
    /// <summary>Null when the name says enough.</summary>
    public string? Description { get; init; }

    /// <summary>What it can be; empty when that is no list.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>A regular expression; null when it can be any text.</summary>
    public string? Pattern { get; init; }

    /// <summary>It may be given several times.</summary>
    public bool Repeats { get; init; }

    /// <summary>One word of an enum.</summary>
    public static QueryParameter Word<TEnum>(string name)
        where TEnum : struct, Enum => new(name) { Words = Patchbay.Storage.Words.All<TEnum>() };

    public static QueryParameter IdOf<TId>(string name)
        where TId : struct, ITypedId<TId> => new(name) { Pattern = TypeId.Pattern(TId.Prefix) };

    /// <summary>
    /// Those that an endpoint declares, and those that the method behind it has: what is neither in the path nor made of something else.
    /// </summary>
    public static IEnumerable<QueryParameter> Of(Endpoint endpoint)
    {
        var path = (endpoint as RouteEndpoint)?.RoutePattern.Parameters.Select(parameter => parameter.Name).ToList() ?? [];
        var bound = endpoint.Metadata.GetMetadata<MethodInfo>()?.GetParameters() ?? [];
        return endpoint.Metadata.GetOrderedMetadata<QueryParameter>()
            .Concat(bound.Where(parameter => parameter.ParameterType == typeof(string) || parameter.ParameterType == typeof(string[]))
                .Where(parameter => !parameter.IsDefined(typeof(FromRouteAttribute)) && !path.Contains(parameter.Name!))
                .Select(parameter => new QueryParameter(parameter.GetCustomAttribute<FromQueryAttribute>()?.Name ?? parameter.Name!)
                {
                    Repeats = parameter.ParameterType == typeof(string[]),
                }))
            .DistinctBy(parameter => parameter.Name, StringComparer.OrdinalIgnoreCase);
    }
}
