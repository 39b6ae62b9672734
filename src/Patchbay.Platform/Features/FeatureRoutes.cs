using Microsoft.AspNetCore.Routing;

namespace Patchbay.Platform.Features;

/// <summary>Where a feature can hang its endpoints.</summary>
/// <param name="Api"><c>/api/v1</c>: what it answers is snake_case JSON.</param>
/// <param name="Aliases"><c>/api</c>: paths of systems that the hub stands in for, in camelCase.</param>
/// <param name="Root">The bare server, for addresses that are not the API's: callbacks of providers, public pages.</param>
public sealed record FeatureRoutes(RouteGroupBuilder Api, RouteGroupBuilder Aliases, IEndpointRouteBuilder Root);
