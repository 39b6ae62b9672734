using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Integrations.Routing;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Features;
using Patchbay.Platform.Operations;

namespace Patchbay.Hub.CountryGateways;

/// <summary>The gateways of countries over HTTP.</summary>
internal sealed class CountryGatewaysFeature : IFeature
{
    private const string Read = "read:payments";

    public void Add(IServiceCollection services) => services.AddSingleton<CountryGatewayHandlers>();

    public void Map(FeatureRoutes hub)
    {
        hub = hub with { Heading = "Payments" };
        hub.ActionOn<CountryGatewayHandlers, string, SetCountryGatewayRequest>(
                "payments.routing.set", "PUT /payments/routing/{country}", gateways => gateways.SetAsync)
            .Answers<CountryGatewayView>().Says("Set who takes the payments of a country, and who pays out there; * is the default")
            .Alias("PUT /platform/payments/routing/{country}")
            .Refuses(RoutingErrors.TooManyRules, ApiErrors.ChangedMeanwhile);
        hub.ActionOn<CountryGatewayHandlers, string>(
                "payments.routing.delete", "DELETE /payments/routing/{country}", gateways => gateways.DeleteAsync)
            .Answers<CountryGatewayView>().Says("End a country's gateway: the default holds for it")
            .Alias("DELETE /platform/payments/routing/{country}")
            .Refuses(ApiErrors.ChangedMeanwhile);
        hub.Api.MapGet("/payments/routing", ListAsync).WithTags(hub.Heading).RequirePermission(Read)
            .Produces<Page<CountryGatewayView>>().WithSummary("The whole matrix, by country");
        MapReads(hub.Api.MapGroup("/payments"), hub);
        MapReads(hub.Aliases.MapGroup("/platform/payments"), hub);
        hub.Root.MapGet("/payments/gateway", GatewayAsync).RequirePermission(Read).Refuses(ApiErrors.NotFound)
            .WithMetadata(new CamelCase()).ExcludeFromDescription();
        hub.Api.MapPost("/payments/routing/preview", PreviewAsync).WithTags(hub.Heading).RequirePermission(Read)
            .Produces<GatewayPreviewView>()
            .WithSummary("How many of the last week's payments a change would have sent elsewhere; nothing is changed");
    }

    private static void MapReads(RouteGroupBuilder group, FeatureRoutes hub)
    {
        group.MapGet("/routing/{country}", FindAsync).WithTags(hub.Heading).RequirePermission(Read).Produces<CountryGatewayView>()
            .WithSummary("A country's gateway; * is the default");
        group.MapGet("/gateway", GatewayAsync).WithTags(hub.Heading).RequirePermission(Read).Refuses(ApiErrors.NotFound)
            .Produces<GatewayView>()
            .WithSummary("Where a payment (direction deposit) or a payout (withdrawal) of a country goes now");
    }

    private static async Task<IResult> ListAsync(Caller caller, CountryGatewayHandlers gateways, CancellationToken cancellationToken) =>
        Results.Json(
            new Page<CountryGatewayView>(await gateways.ListAsync(caller, cancellationToken), null, false), HubJson.Options);

    private static async Task<IResult> FindAsync(
        string country, Caller caller, CountryGatewayHandlers gateways, HttpContext http, CancellationToken cancellationToken)
    {
        var all = await gateways.ListAsync(caller, cancellationToken);
        return all.FirstOrDefault(one => one.Country.Equals(country, StringComparison.OrdinalIgnoreCase)) is { } found
            ? Results.Json(found, HubJson.For(http)) : Error.NotFound("gateway of this country").ToResult();
    }

    private static async Task<IResult> GatewayAsync(
        string? country, string? direction, Caller caller, CountryGatewayHandlers gateways, HttpContext http,
        CancellationToken cancellationToken)
    {
        var found = await gateways.FindAsync(caller, country, direction, cancellationToken);
        return found.IsSuccess ? Results.Json(found.Value, HubJson.For(http)) : found.Error.ToResult();
    }

    private static async Task<IResult> PreviewAsync(
        Caller caller, Body<PreviewCountryGatewayRequest> body, CountryGatewayHandlers gateways, CancellationToken cancellationToken)
    {
        var preview = await gateways.PreviewAsync(caller, body.Value, cancellationToken);
        return preview.IsSuccess ? Results.Json(preview.Value, HubJson.Options) : preview.Error.ToResult();
    }
}
