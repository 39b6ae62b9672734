using Microsoft.AspNetCore.Routing;

namespace Patchbay.Platform.Features;

/// <summary>Where a feature can hang its endpoints.</summary>
/// <param name="Api"><c>/api/v1</c>: what it answers is snake_case JSON.</param>
/// <param name="Aliases"><c>/api</c>: paths of systems that the hub stands in for, in camelCase.</param>
/// <param name="Root">The bare server, for addresses that are not the API's: callbacks of providers, public pages.</param>
/// <param name="Resource">
/// What reading asks for unless said otherwise: the first of <see cref="IFeature.Resources"/>. Empty when the feature has none.
/// </param>
public sealed record FeatureRoutes(RouteGroupBuilder Api, RouteGroupBuilder Aliases, IEndpointRouteBuilder Root, string Resource = "")
{
    public const string ApiBase = "/api/v1";
    public const string AliasBase = "/api";

    /// <summary>The heading of the feature in the documentation. Default: the resource.</summary>
    public string Heading { get; init; } = Resource.Length == 0 ? "" : char.ToUpperInvariant(Resource[0]) + Resource[1..];
}
