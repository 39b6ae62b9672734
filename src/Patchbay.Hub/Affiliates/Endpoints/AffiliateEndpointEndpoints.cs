using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Patchbay.Hub.Affiliates.Terms;
using Patchbay.Integrations.Outbound;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Features;
using Patchbay.Platform.Operations;
using Patchbay.Platform.Tenants;

namespace Patchbay.Hub.Affiliates.Endpoints;

/// <summary>Where affiliates' portals are told, over HTTP.</summary>
internal static class AffiliateEndpointEndpoints
{
    public static void MapAffiliateEndpoints(this FeatureRoutes hub)
    {
        hub.Action<AffiliateEndpointHandlers, CreateAffiliateEndpointRequest>(
                "affiliates.webhooks.create", "POST /affiliates/webhooks/", endpoints => endpoints.CreateAsync)
            .Answers<AffiliateEndpointView>(201).Says("Send what happens to an affiliate's leads to its portal, in batches")
            .Refuses(AffiliateErrors.HasEndpoint, ApiErrors.ChangedMeanwhile);
        hub.ActionOn<AffiliateEndpointHandlers, AffiliateEndpointId, ChangeAffiliateEndpointRequest>(
                "affiliates.webhooks.change", "PATCH /affiliates/webhooks/{id}", endpoints => endpoints.ChangeAsync)
            .Answers<AffiliateEndpointView>().Says("Change an affiliate's endpoint")
            .Refuses(ApiErrors.ChangedMeanwhile);
        hub.ActionOn<AffiliateEndpointHandlers, AffiliateEndpointId>(
                "affiliates.webhooks.delete", "DELETE /affiliates/webhooks/{id}", endpoints => endpoints.DeleteAsync)
            .Answers<AffiliateEndpointView>().Says("Delete an affiliate's endpoint; its events wait for the next one")
            .Refuses(ApiErrors.ChangedMeanwhile);
        hub.One<AffiliateEndpointHandlers, AffiliateEndpointId, AffiliateEndpoint, AffiliateEndpointView>(
                "GET /affiliates/webhooks/{id}", "affiliate endpoint", endpoints => endpoints.FindAsync, AffiliateEndpointView.From)
            .Says("An affiliate's endpoint");
        var group = hub.Api.MapGroup("/affiliates/webhooks").WithTags(hub.Heading);
        group.MapGet("/", ListAsync).RequirePermission("read:affiliates")
            .Produces<Page<AffiliateEndpointView>>()
            .WithSummary("Affiliates' endpoints, newest first");
        group.MapGet("/{id}/stats", StatsAsync).RequirePermission("read:affiliates").Produces<OutboundStatsView>()
            .WithSummary("Success rate, average latency and last failure of an endpoint over 1 hour, 24 hours and 7 days");
    }

    private static async Task<IResult> ListAsync(
        Caller caller, PageRequest page, TenantConfigs configs, CancellationToken cancellationToken, string? affiliate_id = null)
    {
        var config = await configs.GetAsync(caller.Tenant, cancellationToken);
        var rows = config.Part<AffiliateEndpointSet>().ById.Values
            .Where(endpoint => affiliate_id is null || endpoint.AffiliateId == affiliate_id)
            .Where(endpoint => string.CompareOrdinal(endpoint.Key.Id.ToString(), new AffiliateEndpointId(page.Before).ToString()) < 0)
            .OrderByDescending(endpoint => endpoint.Key.Id.ToString(), StringComparer.Ordinal)
            .Take(page.Limit + 1).ToArray();
        return Results.Json(Page<AffiliateEndpoint>.Of(rows, page.Limit, endpoint => endpoint.Key.Id.Value)
            .Select(AffiliateEndpointView.From), HubJson.Options);
    }

    private static async Task<IResult> StatsAsync(Ref<AffiliateEndpointId> id, Caller caller, AffiliateEndpointHandlers handlers,
        OutboundStats stats, CancellationToken cancellationToken) =>
        await handlers.FindAsync(caller.Tenant, id, cancellationToken) is { } endpoint
            ? Results.Json(await stats.ReadAsync(caller.Tenant, endpoint.Key.Id.Value, cancellationToken), HubJson.Options)
            : Error.NotFound("affiliate endpoint").ToResult();
}
