using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Engine;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Outbound;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Events;
using Patchbay.Platform.Features;
using Patchbay.Platform.Jobs;
using Patchbay.Platform.Loops;
using Patchbay.Platform.Operations;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Hub.Webhooks;

/// <summary>A tenant's endpoints over HTTP.</summary>
internal sealed class WebhooksFeature : IFeature
{
    private const string Read = "read:webhooks";
    private const string Write = "write:webhooks";

    public IReadOnlyList<string> Resources => ["webhooks"];

    public void Add(IServiceCollection services)
    {
        services.AddConfigSet(WebhookTable.Instance, rows => new WebhookSet(rows), WebhookSet.Max).AddSingleton<ILaneOwner, WebhookLanes>();
        services.AddSingleton<WebhookChanges>().AddSingleton<WebhookHandlers>().AddSingleton<WebhookQueries>();
        services.AddSingleton<IDeliveryHandler, DeliverWebhook>().AddSingleton(new DeliveryKind(DeliverWebhook.Name, EventId.Prefix, lane => new WebhookId(lane.Value).ToString()));
        services.AddSingleton<TestWebhook>().AddSingleton<IDeliveryHandler>(provider => provider.GetRequiredService<TestWebhook>());
        services.AddSingleton(new DeliveryKind(TestWebhook.Name, WebhookId.Prefix, lane => Webhook.OfTestLane(lane).ToString()));
        services.AddSingleton<RelayQueries>().AddSingleton<WebhookRelay>().AddHostedService(provider => provider.GetRequiredService<WebhookRelay>());
        services.AddSingleton<WebhookWatch>().AddLoop<WebhookWatch>("failing webhook endpoints", TimeSpan.FromSeconds(2), watch => watch.RunAsync);
        services.AddJobs<ReplayJobs>("webhook replays");
    }

    public void Map(FeatureRoutes routes)
    {
        MapOwn(routes.Api.MapGroup("/webhooks").WithTags("Webhooks"));
        MapAliases(routes.Aliases.MapGroup("/webhooks").WithTags("Webhooks"));
    }

    private static void MapOwn(RouteGroupBuilder group)
    {
        MapCommon(group);
        group.MapPatch("/{id}", ChangeAsync).RequirePermission(Write).Produces<WebhookView>().WithSummary("Change an endpoint; what is not given stays");
        group.MapPost("/{id}/rotate-secret", (Ref<WebhookId> id, Body<RotateSecretRequest> body, ApiRequest request, OperationRunner operations, WebhookHandlers handlers, CancellationToken token) =>
                operations.RunAsync(request, body.Raw, cancel => handlers.RotateAsync(request.Caller, id, body.Value, cancel), token))
            .RequirePermission(Write).Produces<WebhookView>().WithSummary("Replace the signing secret; for 24 hours everything is signed with both");
        group.MapPost("/{id}/activate", (Ref<WebhookId> id, ApiRequest request, OperationRunner operations, WebhookHandlers handlers, CancellationToken token) =>
                operations.RunAsync(request, [], cancel => handlers.ActivateAsync(request.Caller, id, cancel), token))
            .RequirePermission(Write).Produces<WebhookView>().WithSummary("Use a disabled endpoint again; what was held goes out");
        group.MapPost("/{id}/replay", (Ref<WebhookId> id, Body<ReplayRequest> body, ApiRequest request, OperationRunner operations, ReplayJobs jobs, CancellationToken token) =>
                operations.RunAsync(request, body.Raw, cancel => jobs.PrepareAsync(request.Caller, id, body.Value, cancel), token))
            .RequirePermission(Write).Produces<JobView>(202).WithSummary("Send events of the past once more, as a job");
        group.MapGet("/{id}/stats", StatsAsync).RequirePermission(Read).Produces<OutboundStatsView>().WithSummary("How the endpoint did in the last hour, day and week");
    }

    /// <summary>The paths of the source system, in camelCase.</summary>
    private static void MapAliases(RouteGroupBuilder group)
    {
        MapCommon(group);
        group.MapPut("/{id}", ChangeAsync).RequirePermission(Write).Produces<WebhookView>().WithSummary("Change an endpoint, in camelCase");
    }

    private static void MapCommon(RouteGroupBuilder group)
    {
        group.MapPost("/", (Body<CreateWebhookRequest> body, ApiRequest request, OperationRunner operations, WebhookHandlers handlers, CancellationToken token) =>
                operations.RunAsync(request, body.Raw, cancel => handlers.CreateAsync(request.Caller, body.Value, cancel), token))
            .RequirePermission(Write).Produces<WebhookView>(201).WithSummary("Let events be sent to an address; the secret is shown only in this answer");
        group.MapGet("/", ListAsync).RequirePermission(Read).WithMetadata(new Pageable()).Produces<Page<WebhookView>>().WithSummary("The tenant's endpoints, newest first");
        group.MapGet("/{id}", GetAsync).RequirePermission(Read).Produces<WebhookView>().WithSummary("An endpoint, and how many events are held for it");
        group.MapDelete("/{id}", (Ref<WebhookId> id, ApiRequest request, OperationRunner operations, WebhookHandlers handlers, CancellationToken token) =>
                operations.RunAsync(request, [], cancel => handlers.DeleteAsync(request.Caller, id, cancel), token))
            .RequirePermission(Write).Produces<WebhookView>().WithSummary("End an endpoint; what waits for it is canceled");
        group.MapPost("/{id}/test", (Ref<WebhookId> id, ApiRequest request, OperationRunner operations, WebhookHandlers handlers, CancellationToken token) =>
                operations.RunAsync(request, [], cancel => handlers.TestAsync(request.Caller, id, request.TraceParent, cancel), token))
            .RequirePermission(Write).Produces<WebhookTestView>().Produces<WebhookTestView>(202).WithSummary("Send a test and wait for the answer; it counts for nothing");
        group.MapGet("/{id}/deliveries", DeliveriesAsync).RequirePermission(Read).WithMetadata(new Pageable()).Produces<Page<WebhookDeliveryView>>()
            .WithSummary("What the endpoint was sent, newest first; status=held: what waits for it, oldest first");
    }

    private static Task<IResult> ChangeAsync(
        Ref<WebhookId> id, Body<ChangeWebhookRequest> body, ApiRequest request, OperationRunner operations, WebhookHandlers handlers, CancellationToken token) =>
        operations.RunAsync(request, body.Raw, cancel => handlers.ChangeAsync(request.Caller, id, body.Value, cancel), token);

    private static async Task<IResult> ListAsync(Caller caller, HttpContext http, PageRequest page, TenantConfigs configs, CancellationToken cancellationToken)
    {
        var webhooks = (await configs.GetAsync(caller.Tenant, cancellationToken)).Part<WebhookSet>();
        var rows = webhooks.ById.Values
            .Where(webhook => string.CompareOrdinal(webhook.Id.ToString(), new WebhookId(page.Before).ToString()) < 0)
            .OrderByDescending(webhook => webhook.Id.ToString(), StringComparer.Ordinal)
            .Take(page.Limit + 1).ToArray();
        return Results.Json(Page<Webhook>.Of(rows, page.Limit, webhook => webhook.Id.Value).Select(webhook => WebhookView.From(webhook)), HubJson.For(http));
    }

    private static async Task<IResult> GetAsync(
        Ref<WebhookId> id, Caller caller, HttpContext http, WebhookHandlers handlers, WebhookQueries queries, CancellationToken cancellationToken)
    {
        if (await handlers.FindAsync(caller, id, cancellationToken) is not { } webhook)
            return Error.NotFound("webhook endpoint").ToResult();
        var (held, more) = await queries.CountHeldAsync(webhook, cancellationToken);
        return Results.Json(WebhookView.From(webhook) with { Held = held, HeldIsMore = more }, HubJson.For(http));
    }

    private static async Task<IResult> StatsAsync(Ref<WebhookId> id, Caller caller, WebhookHandlers handlers, OutboundStats stats, CancellationToken cancellationToken) =>
        await handlers.FindAsync(caller, id, cancellationToken) is { } webhook
            ? Results.Json(await stats.ReadAsync(webhook.TenantId, webhook.Id.Value, cancellationToken), HubJson.Options)
            : Error.NotFound("webhook endpoint").ToResult();

    private static async Task<IResult> DeliveriesAsync(
        Ref<WebhookId> id, Caller caller, HttpContext http, PageRequest page, WebhookHandlers handlers, WebhookQueries queries, CancellationToken cancellationToken,
        string? status = null)
    {
        if (await handlers.FindAsync(caller, id, cancellationToken) is not { } webhook)
            return Error.NotFound("webhook endpoint").ToResult();
        if (status == WebhookQueries.Held)
            return Results.Json(await queries.HeldAsync(webhook, page, cancellationToken), HubJson.For(http));
        return status is null || Words.TryParse<DeliveryStatus>(status, out _)
            ? Results.Json(await queries.ListAsync(webhook, status, page, cancellationToken), HubJson.For(http))
            : Error.Invalid("status", $"must be held or one of {string.Join(", ", Words.All<DeliveryStatus>())}").ToResult();
    }
}
