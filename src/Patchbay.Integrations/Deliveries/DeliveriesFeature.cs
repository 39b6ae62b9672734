using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Features;
using Patchbay.Platform.Jobs;
using Patchbay.Platform.Operations;
using Patchbay.Storage;

namespace Patchbay.Integrations.Deliveries;

/// <summary>Deliveries over HTTP: what happened and why, and what a person can do about it.</summary>
internal sealed class DeliveriesFeature : IFeature
{
    public IReadOnlyList<string> Resources => ["deliveries"];

    public void Add(IServiceCollection services)
    {
        services.AddSingleton<Destinations>().AddSingleton<DeliveryViews>().AddSingleton<OfferedCapabilities>();
        services.AddSingleton<IDestinations>(provider => provider.GetRequiredService<Destinations>());
        services.AddSingleton<DeliveryEvents>().AddSingleton<DeliveryHandlers>().AddSingleton<IAtStart, WaitingRecords>();
        services.AddJobs<RetryJobs>("bulk retries");
        services.AddSingleton(KeptDeliveries.Deliveries).AddSingleton(KeptDeliveries.Attempts);
    }

    public void Map(FeatureRoutes hub)
    {
        hub.ActionOn<DeliveryHandlers, DeliveryId>("deliveries.retry", "POST /deliveries/{id}/retry", deliveries => deliveries.RetryAsync)
            .Answers<DeliveryView>(202).Says("Try again what was given up")
            .Refuses(AccessErrors.WrongMode, DeliveryErrors.Unresolved, DeliveryErrors.NotRetryable);
        hub.ActionOn<DeliveryHandlers, DeliveryId>(
                "deliveries.cancel", "POST /deliveries/{id}/cancel", deliveries => deliveries.CancelAsync)
            .Answers<DeliveryView>(202).Says("Stop what was not carried out yet")
            .Refuses(AccessErrors.WrongMode, DeliveryErrors.Finished, DeliveryErrors.InDoubt);
        hub.ActionOn<DeliveryHandlers, DeliveryId, ResolveRequest>(
                "deliveries.resolve", "POST /deliveries/{id}/resolve", deliveries => deliveries.ResolveAsync)
            .Answers<DeliveryView>(202).Says("Say what happened to an operation whose outcome is not known")
            .Refuses(AccessErrors.WrongMode, DeliveryErrors.NotUnresolved);
        hub.Action<RetryJobs, RetryDeliveriesRequest>(
                "deliveries.retry_all", "POST /deliveries/retry", jobs => (caller, body, _) => Task.FromResult(jobs.Prepare(caller, body)))
            .Answers<JobView>(202).Says("Retry all deliveries that fit a filter, as a job");
        var group = hub.Api.MapGroup("/deliveries").WithTags(hub.Heading);
        group.MapGet("/", ListAsync).RequirePermission("read:deliveries")
            .WithMetadata(
                QueryParameter.Word<DeliveryStatus>("status"), QueryParameter.Word<IntegrationMode>("mode"),
                QueryParameter.IdOf<IntegrationId>("integration_id"), new QueryParameter("needs_resolution") { Words = ["true"] },
                new QueryParameter("created_after", "date-time"),
                new QueryParameter("created_before", "date-time"))
            .Produces<Page<DeliveryView>>()
            .WithSummary("Deliveries, newest first");
        group.MapGet("/{id}", GetAsync).RequirePermission("read:deliveries").Produces<DeliveryView>()
            .WithSummary("A delivery with its attempts and its routing decision");
    }

    private static async Task<IResult> GetAsync(Ref<DeliveryId> id, Caller caller, DeliveryHandlers handlers, DeliveryViews views,
        Database database, CancellationToken cancellationToken)
    {
        if (await handlers.FindAsync(caller.Tenant, id, cancellationToken) is not { } delivery)
            return Error.NotFound("delivery").ToResult();
        var attempts = await database.QueryAsync(
            "SELECT * FROM attempts WHERE tenant_id = @Tenant AND delivery_id = @delivery ORDER BY number LIMIT 200",
            new { caller.Tenant, delivery = delivery.Id }, AttemptTable.Instance.Read, cancellationToken);
        return Results.Json(await views.ShowAsync(delivery, attempts, cancellationToken), HubJson.Options);
    }

    private static async Task<IResult> ListAsync(
        Caller caller, PageRequest page, Database database, DeliveryViews views, Destinations destinations,
        CancellationToken cancellationToken, string? status = null, string? mode = null, string? capability = null,
        string? integration_id = null, string? destination = null, string? subject_id = null, string? error_code = null,
        string? created_after = null, string? created_before = null, string? needs_resolution = null)
    {
        var faults = new Faults();
        faults.Require(needs_resolution is null or "true", "needs_resolution", "must be true, or left out");
        IntegrationId? integration = null;
        var world = faults.Word<IntegrationMode>(mode, "mode");
        if (integration_id is not null)
        {
            faults.Require(
                TypeId.TryParse<IntegrationId>(integration_id, out var id), "integration_id", "must be an id of the form int_...");
            integration = id;
        }

        var query = new DeliveryQuery(
            status, capability, integration, subject_id, error_code, faults.Moment(created_after, "created_after"),
            faults.Moment(created_before, "created_before"), destination);
        if (query.ToFilter(caller.Tenant, page.Before, "", faults) is not { } filter)
            return faults.ToError().ToResult();
        if (world is { } wanted)
            filter.In("lane_id", "lane_of_mode", await destinations.LanesInAsync(caller.Tenant, wanted, cancellationToken));
        if (needs_resolution is not null)
            filter.And(Delivery.IsUnresolvedSql);
        filter.With("limit", page.Limit + 1);
        var rows = await database.QueryAsync(
            $"SELECT * FROM deliveries WHERE {filter.Where} ORDER BY id DESC LIMIT @limit", filter.Parameters, DeliveryTable.Instance.Read,
            cancellationToken);
        var shown = Page<Delivery>.Of(rows, page.Limit, delivery => delivery.Id.Value);
        var listed = new List<DeliveryView>(shown.Data.Count);
        foreach (var delivery in shown.Data)
            listed.Add(await views.ShowAsync(delivery, null, cancellationToken));
        return Results.Json(new Page<DeliveryView>(listed, shown.NextCursor, shown.HasMore), HubJson.Options);
    }
}
