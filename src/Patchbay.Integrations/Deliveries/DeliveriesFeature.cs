using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
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
        services.AddSingleton<IDestinations, Destinations>().AddSingleton<DeliveryViews>();
        services.AddSingleton<DeliveryEvents>().AddSingleton<DeliveryHandlers>();
        services.AddJobs<RetryJobs>("bulk retries");
        services.AddSingleton(KeptDeliveries.Deliveries).AddSingleton(KeptDeliveries.Attempts);
    }

    public void Map(FeatureRoutes routes)
    {
        var group = routes.Api.MapGroup("/deliveries").WithTags("Deliveries");
        group.MapGet("/", ListAsync).RequirePermission("read:deliveries").WithMetadata(new Pageable()).Produces<Page<DeliveryView>>()
            .WithSummary("Deliveries, newest first; filters: status, capability, destination, integration_id, subject_id, error_code, created_after, created_before");
        group.MapGet("/{id}", GetAsync).RequirePermission("read:deliveries").Produces<DeliveryView>().WithSummary("A delivery with its attempts and its routing decision");
        group.MapPost("/{id}/retry", (Ref<DeliveryId> id, ApiRequest request, OperationRunner operations, DeliveryHandlers handlers, CancellationToken token) =>
                operations.RunAsync(request, [], cancel => handlers.RetryAsync(request.Caller, id, cancel), token))
            .RequirePermission("write:deliveries").Produces<DeliveryView>(202).WithSummary("Try again what was given up");
        group.MapPost("/{id}/cancel", (Ref<DeliveryId> id, ApiRequest request, OperationRunner operations, DeliveryHandlers handlers, CancellationToken token) =>
                operations.RunAsync(request, [], cancel => handlers.CancelAsync(request.Caller, id, cancel), token))
            .RequirePermission("write:deliveries").Produces<DeliveryView>(202).WithSummary("Stop what was not carried out yet");
        group.MapPost("/{id}/resolve", (Ref<DeliveryId> id, Body<ResolveRequest> body, ApiRequest request, OperationRunner operations, DeliveryHandlers handlers, CancellationToken token) =>
                operations.RunAsync(request, body.Raw, cancel => handlers.ResolveAsync(request.Caller, id, body.Value, cancel), token))
            .RequirePermission("write:deliveries").Produces<DeliveryView>(202).WithSummary("Say what happened to an operation whose outcome is not known");
        group.MapPost("/retry", (Body<RetryDeliveriesRequest> body, ApiRequest request, OperationRunner operations, RetryJobs jobs, CancellationToken token) =>
                operations.RunAsync(request, body.Raw, _ => Task.FromResult(jobs.Prepare(request.Caller, body.Value)), token))
            .RequirePermission("write:deliveries").Produces<JobView>(202).WithSummary("Retry all deliveries that fit a filter, as a job");
    }

    private static async Task<IResult> GetAsync(Ref<DeliveryId> id, Caller caller, DeliveryHandlers handlers, DeliveryViews views, Database database, CancellationToken cancellationToken)
    {
        if (await handlers.FindAsync(caller.Tenant, id, cancellationToken) is not { } delivery)
            return Error.NotFound("delivery").ToResult();
        var attempts = await database.QueryAsync(
            "SELECT * FROM attempts WHERE tenant_id = @Tenant AND delivery_id = @delivery ORDER BY number LIMIT 200",
            new { caller.Tenant, delivery = delivery.Id }, AttemptTable.Instance.Read, cancellationToken);
        return Results.Json(views.Of(delivery, attempts), HubJson.Options);
    }

    private static async Task<IResult> ListAsync(
        Caller caller, PageRequest page, Database database, DeliveryViews views, CancellationToken cancellationToken, string? status = null, string? capability = null,
        string? integration_id = null, string? destination = null, string? subject_id = null, string? error_code = null, DateTimeOffset? created_after = null, DateTimeOffset? created_before = null)
    {
        var faults = new Faults();
        IntegrationId? integration = null;
        if (integration_id is not null)
        {
            faults.Require(TypeId.TryParse<IntegrationId>(integration_id, out var id), "integration_id", "must be an id of the form int_...");
            integration = id;
        }

        var query = new DeliveryQuery(status, capability, integration, subject_id, error_code, created_after, created_before, destination);
        if (query.ToFilter(caller.Tenant, page.Before, "", faults) is not { } filter)
            return faults.ToError().ToResult();
        filter.With("limit", page.Limit + 1);
        var rows = await database.QueryAsync(
            $"SELECT * FROM deliveries WHERE {filter.Where} ORDER BY id DESC LIMIT @limit", filter.Parameters, DeliveryTable.Instance.Read, cancellationToken);
        return Results.Json(Page<Delivery>.Of(rows, page.Limit, delivery => delivery.Id.Value).Select(delivery => views.Of(delivery)), HubJson.Options);
    }
}
