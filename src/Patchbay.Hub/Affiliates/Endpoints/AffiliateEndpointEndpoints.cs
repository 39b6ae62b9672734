using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Patchbay.Integrations.Outbound;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Operations;
using Patchbay.Platform.Tenants;

namespace Patchbay.Hub.Affiliates.Endpoints;

/// <summary>Where affiliates' portals are told, over HTTP.</summary>
internal static class AffiliateEndpointEndpoints
{
    public static void MapAffiliateEndpoints(this RouteGroupBuilder affiliates)
    {
        var group = affiliates.MapGroup("/webhooks");
        group.MapPost("/", (Body<CreateAffiliateEndpointRequest> body, ApiRequest request, OperationRunner operations, AffiliateEndpointHandlers handlers, CancellationToken token) =>
                operations.RunAsync(request, body.Raw, cancel => handlers.CreateAsync(request.Caller, body.Value, cancel), token))
            .RequirePermission("write:affiliates").Produces<AffiliateEndpointView>(201).WithSummary("Send what happens to an affiliate's leads to its portal, in batches");
        group.MapGet("/", ListAsync).RequirePermission("read:affiliates").WithMetadata(new Pageable()).Produces<Page<AffiliateEndpointView>>()
            .WithSummary("Affiliates' endpoints, newest first; filter: affiliate_id");
        group.MapGet("/{id}", GetAsync).RequirePermission("read:affiliates").Produces<AffiliateEndpointView>().WithSummary("An affiliate's endpoint");
        group.MapGet("/{id}/stats", StatsAsync).RequirePermission("read:affiliates").Produces<OutboundStatsView>()
            .WithSummary("Success rate, average latency and last failure of an endpoint over 1 hour, 24 hours and 7 days");
        group.MapPatch("/{id}", (Ref<AffiliateEndpointId> id, Body<ChangeAffiliateEndpointRequest> body, ApiRequest request, OperationRunner operations, AffiliateEndpointHandlers handlers, CancellationToken token) =>
                operations.RunAsync(request, body.Raw, cancel => handlers.ChangeAsync(request.Caller, id, body.Value, cancel), token))
            .RequirePermission("write:affiliates").Produces<AffiliateEndpointView>().WithSummary("Change an affiliate's endpoint");
        group.MapDelete("/{id}", (Ref<AffiliateEndpointId> id, ApiRequest request, OperationRunner operations, AffiliateEndpointHandlers handlers, CancellationToken token) =>
                operations.RunAsync(request, [], cancel => handlers.DeleteAsync(request.Caller, id, cancel), token))
            .RequirePermission("write:affiliates").Produces<AffiliateEndpointView>().WithSummary("Delete an affiliate's endpoint; its events wait for the next one");
    }

    private static async Task<IResult> ListAsync(Caller caller, PageRequest page, TenantConfigs configs, CancellationToken cancellationToken, string? affiliate_id = null)
    {
        var config = await configs.GetAsync(caller.Tenant, cancellationToken);
        var rows = config.Part<AffiliateEndpointSet>().ById.Values
            .Where(endpoint => affiliate_id is null || endpoint.AffiliateId == affiliate_id)
            .Where(endpoint => string.CompareOrdinal(endpoint.Key.Id.ToString(), new AffiliateEndpointId(page.Before).ToString()) < 0)
            .OrderByDescending(endpoint => endpoint.Key.Id.ToString(), StringComparer.Ordinal)
            .Take(page.Limit + 1).ToArray();
        return Results.Json(Page<AffiliateEndpoint>.Of(rows, page.Limit, endpoint => endpoint.Key.Id.Value).Select(AffiliateEndpointView.From), HubJson.Options);
    }

    private static async Task<IResult> GetAsync(Ref<AffiliateEndpointId> id, Caller caller, AffiliateEndpointHandlers handlers, CancellationToken cancellationToken) =>
        await handlers.FindAsync(caller, id, cancellationToken) is { } endpoint
            ? Results.Json(AffiliateEndpointView.From(endpoint), HubJson.Options)
            : Error.NotFound("affiliate endpoint").ToResult();

    private static async Task<IResult> StatsAsync(Ref<AffiliateEndpointId> id, Caller caller, AffiliateEndpointHandlers handlers, OutboundStats stats, CancellationToken cancellationToken) =>
        await handlers.FindAsync(caller, id, cancellationToken) is { } endpoint
            ? Results.Json(await stats.ReadAsync(caller.Tenant, endpoint.Key.Id.Value, cancellationToken), HubJson.Options)
            : Error.NotFound("affiliate endpoint").ToResult();
}
