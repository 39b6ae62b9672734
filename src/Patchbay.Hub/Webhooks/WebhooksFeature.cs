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

    public IReadOnlyList<string> Resources => ["webhooks"];

    public void Add(IServiceCollection services)
    {
        services.AddConfigSet(WebhookTable.Instance, rows => new WebhookSet(rows), WebhookSet.Max).AddSingleton<ILaneOwner, WebhookLanes>();
        services.AddSingleton<WebhookChanges>().AddSingleton<WebhookHandlers>().AddSingleton<WebhookQueries>();
        services.AddSingleton<IDeliveryHandler, DeliverWebhook>()
            .AddSingleton(new DeliveryKind(DeliverWebhook.Name, EventId.Prefix, lane => new WebhookId(lane.Value).ToString()));
        services.AddSingleton<TestWebhook>().AddSingleton<IDeliveryHandler>(provider => provider.GetRequiredService<TestWebhook>());
        services.AddSingleton(new DeliveryKind(TestWebhook.Name, WebhookId.Prefix, lane => Webhook.OfTestLane(lane).ToString()));
        services.AddSingleton<RelayQueries>().AddSingleton<WebhookRelay>()
            .AddHostedService(provider => provider.GetRequiredService<WebhookRelay>());
        services.AddSingleton<WebhookWatch>()
            .AddLoop<WebhookWatch>("failing webhook endpoints", TimeSpan.FromSeconds(2), watch => watch.RunAsync);
        services.AddJobs<ReplayJobs>("webhook replays");
    }

    public void Map(FeatureRoutes hub)
    {
        hub.Action<WebhookHandlers, CreateWebhookRequest>("webhooks.create", "POST /webhooks/", webhooks => webhooks.CreateAsync)
            .Answers<WebhookView>(201).Says("Let events be sent to an address; the secret is shown only in this answer")
            .Alias("POST /webhooks/")
            .Refuses(WebhookErrors.TooMany);
        hub.ActionOn<WebhookHandlers, WebhookId, ChangeWebhookRequest>(
                "webhooks.change", "PATCH /webhooks/{id}", webhooks => webhooks.ChangeAsync)
            .Answers<WebhookView>().Says("Change an endpoint; what is not given stays")
            .Alias("PUT /webhooks/{id}", "Change an endpoint, in camelCase")
            .Refuses(ApiErrors.ChangedMeanwhile);
        hub.ActionOn<WebhookHandlers, WebhookId>("webhooks.delete", "DELETE /webhooks/{id}", webhooks => webhooks.DeleteAsync)
            .Answers<WebhookView>().Says("End an endpoint; what waits for it is canceled").Alias("DELETE /webhooks/{id}");
        hub.ActionOn<WebhookHandlers, WebhookId>("webhooks.test", "POST /webhooks/{id}/test", webhooks => webhooks.TestAsync)
            .Answers<WebhookTestView>(200, 202).Says("Send a test and wait for the answer; it counts for nothing")
            .Alias("POST /webhooks/{id}/test");
        hub.ActionOn<WebhookHandlers, WebhookId, RotateSecretRequest>(
                "webhooks.rotate_secret", "POST /webhooks/{id}/rotate-secret", webhooks => webhooks.RotateAsync)
            .Answers<WebhookView>().Says("Replace the signing secret; for 24 hours everything is signed with both")
            .Refuses(ApiErrors.ChangedMeanwhile);
        hub.ActionOn<WebhookHandlers, WebhookId>("webhooks.activate", "POST /webhooks/{id}/activate", webhooks => webhooks.ActivateAsync)
            .Answers<WebhookView>().Says("Use a disabled endpoint again; what was held goes out");
        hub.ActionOn<ReplayJobs, WebhookId, ReplayRequest>("webhooks.replay", "POST /webhooks/{id}/replay", jobs => jobs.PrepareAsync)
            .Answers<JobView>(202).Says("Send events of the past once more, as a job");

        MapReads(hub.Api.MapGroup("/webhooks").WithTags(hub.Heading));
        MapReads(hub.Aliases.MapGroup("/webhooks").WithTags(hub.Heading));
        hub.Api.MapGet("/webhooks/{id}/stats", StatsAsync).WithTags(hub.Heading).RequirePermission(Read).Produces<OutboundStatsView>()
            .WithSummary("How the endpoint did in the last hour, day and week");
    }

    private static void MapReads(RouteGroupBuilder group)
    {
        group.MapGet("/", ListAsync).RequirePermission(Read).Produces<Page<WebhookView>>()
            .WithSummary("The tenant's endpoints, newest first");
        group.MapGet("/{id}", GetAsync).RequirePermission(Read).Produces<WebhookView>()
            .WithSummary("An endpoint, and how many events are held for it");
        group.MapGet("/{id}/deliveries", DeliveriesAsync).RequirePermission(Read)
            .WithMetadata(new QueryParameter("status") { Words = [WebhookQueries.Held, .. Words.All<DeliveryStatus>()] })
            .Produces<Page<WebhookDeliveryView>>()
            .WithSummary("What the endpoint was sent, newest first; status=held: what waits for it, oldest first");
    }

    private static async Task<IResult> ListAsync(
        Caller caller, HttpContext http, PageRequest page, TenantConfigs configs, CancellationToken cancellationToken)
    {
        var webhooks = (await configs.GetAsync(caller.Tenant, cancellationToken)).Part<WebhookSet>();
        var rows = webhooks.ById.Values
            .Where(webhook => string.CompareOrdinal(webhook.Id.ToString(), new WebhookId(page.Before).ToString()) < 0)
            .OrderByDescending(webhook => webhook.Id.ToString(), StringComparer.Ordinal)
            .Take(page.Limit + 1).ToArray();
        return Results.Json(Page<Webhook>.Of(rows, page.Limit, webhook => webhook.Id.Value)
            .Select(webhook => WebhookView.From(webhook)), HubJson.For(http));
    }

    private static async Task<IResult> GetAsync(
        Ref<WebhookId> id, Caller caller, HttpContext http, WebhookHandlers handlers, WebhookQueries queries,
        CancellationToken cancellationToken)
    {
        if (await handlers.FindAsync(caller, id, cancellationToken) is not { } webhook)
            return Error.NotFound("webhook endpoint").ToResult();
        var (held, more) = await queries.CountHeldAsync(webhook, cancellationToken);
        return Results.Json(WebhookView.From(webhook) with { Held = held, HeldIsMore = more }, HubJson.For(http));
    }

    private static async Task<IResult> StatsAsync(
        Ref<WebhookId> id, Caller caller, WebhookHandlers handlers, OutboundStats stats, CancellationToken cancellationToken) =>
        await handlers.FindAsync(caller, id, cancellationToken) is { } webhook
            ? Results.Json(await stats.ReadAsync(webhook.TenantId, webhook.Id.Value, cancellationToken), HubJson.Options)
            : Error.NotFound("webhook endpoint").ToResult();

    private static async Task<IResult> DeliveriesAsync(
        Ref<WebhookId> id, Caller caller, HttpContext http, PageRequest page, WebhookHandlers handlers, WebhookQueries queries,
        CancellationToken cancellationToken, string? status = null)
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
