using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Engine;
using Patchbay.Integrations.Catalog;
using Patchbay.Integrations.Deliveries;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Features;
using Patchbay.Platform.Loops;
using Patchbay.Platform.Operations;
using Patchbay.Platform.Tenants;

namespace Patchbay.Integrations.Integrations;

/// <summary>The catalog and the tenant's integrations over HTTP.</summary>
internal sealed class IntegrationsFeature : IFeature
{
    public IReadOnlyList<string> Resources => ["integrations"];

    public void Add(IServiceCollection services)
    {
        services.AddConfigSet(IntegrationTable.Instance, rows => new IntegrationSet(rows), IntegrationSet.Max);
        services.AddSingleton<ILaneOwner, IntegrationLanes>();
        services.AddSingleton<Connections>().AddSingleton<IntegrationChanges>().AddSingleton<IntegrationFailures>();
        services.AddSingleton<IntegrationOperations>().AddSingleton<IntegrationSchedule>();
        services.AddSingleton<IntegrationCreation>().AddSingleton<IntegrationEditing>();
        services.AddSingleton<IntegrationLife>().AddSingleton<IntegrationIncidents>();
        services.AddSingleton<CheckIntegration>().AddSingleton<IDeliveryHandler>(provider => provider.GetRequiredService<CheckIntegration>());
        services.AddSingleton(new DeliveryKind(CheckIntegration.Name, IntegrationId.Prefix, lane => Integration.OfCheckLane(lane).ToString()));
        services.AddLoop<IntegrationSchedule>("integration checks", TimeSpan.FromSeconds(5), schedule => schedule.RunAsync);
    }

    public void Map(FeatureRoutes routes)
    {
        var group = routes.Api.MapGroup("/integrations").WithTags("Integrations");
        group.MapGet("/providers", ProvidersAsync).RequirePermission("read:integrations").Produces<Page<ProviderView>>().WithSummary("All providers of the catalog");
        group.MapGet("/", ListAsync).RequirePermission("read:integrations").Produces<Page<IntegrationView>>().WithSummary("The tenant's integrations, newest first");
        group.MapGet("/{id}", GetAsync).RequirePermission("read:integrations").Produces<IntegrationView>();
        group.MapGet("/{id}/health", HealthAsync).RequirePermission("read:integrations").Produces<IntegrationHealthView>();
        group.MapPost("/", (Body<CreateIntegrationRequest> body, ApiRequest request, OperationRunner operations, IntegrationCreation handlers, CancellationToken token) =>
                operations.RunAsync(request, body.Raw, cancel => handlers.CreateAsync(request.Caller, body.Value, request.TraceParent, cancel), token))
            .RequirePermission("write:integrations").Produces<IntegrationView>(202).WithSummary("Activate a provider; its credentials are verified next");
        group.MapPatch("/{id}", (Ref<IntegrationId> id, Body<ChangeIntegrationRequest> body, ApiRequest request, OperationRunner operations, IntegrationEditing handlers, CancellationToken token) =>
                operations.RunAsync(request, body.Raw, cancel => handlers.ChangeAsync(request.Caller, id, body.Value, request.TraceParent, cancel), token))
            .RequirePermission("write:integrations").Produces<IntegrationView>();
        group.MapDelete("/{id}", (Ref<IntegrationId> id, ApiRequest request, OperationRunner operations, IntegrationLife handlers, CancellationToken token) =>
                operations.RunAsync(request, [], cancel => handlers.DeleteAsync(request.Caller, id, cancel), token))
            .RequirePermission("write:integrations").Produces<IntegrationView>();
        group.MapPost("/{id}/verify", (Ref<IntegrationId> id, ApiRequest request, OperationRunner operations, IntegrationLife handlers, CancellationToken token) =>
                operations.RunAsync(request, [], cancel => handlers.VerifyAsync(request.Caller, id, request.TraceParent, cancel), token))
            .RequirePermission("write:integrations").Produces<IntegrationView>(202).WithSummary("Check the credentials again");
        group.MapPost("/{id}/test", (Ref<IntegrationId> id, ApiRequest request, OperationRunner operations, IntegrationLife handlers, CancellationToken token) =>
                operations.RunAsync(request, [], cancel => handlers.TestAsync(request.Caller, id, request.TraceParent, cancel), token))
            .RequirePermission("write:integrations").Produces<IntegrationTestView>().Produces<IntegrationTestView>(202)
            .WithSummary("Check the credentials without changing the status; waits up to 10 seconds for the result");
        group.MapPost("/{id}/activate", (Ref<IntegrationId> id, ApiRequest request, OperationRunner operations, IntegrationLife handlers, CancellationToken token) =>
                operations.RunAsync(request, [], cancel => handlers.ActivateAsync(request.Caller, id, request.TraceParent, cancel), token))
            .RequirePermission("write:integrations").Produces<IntegrationView>();
        group.MapPost("/{id}/disable", (Ref<IntegrationId> id, ApiRequest request, OperationRunner operations, IntegrationLife handlers, CancellationToken token) =>
                operations.RunAsync(request, [], cancel => handlers.DisableAsync(request.Caller, id, cancel), token))
            .RequirePermission("write:integrations").Produces<IntegrationView>();
        group.MapPost("/{id}/incident", (Ref<IntegrationId> id, Body<IncidentRequest> body, ApiRequest request, OperationRunner operations, IntegrationIncidents handlers, CancellationToken token) =>
                operations.RunAsync(request, body.Raw, cancel => handlers.SetIncidentAsync(request.Caller, id, body.Value, cancel), token))
            .RequirePermission("write:integrations").Produces<IntegrationView>().WithSummary("Hold the integration's work during an incident, or release it");
        group.MapPost("/providers/{provider}/incident", (string provider, Body<IncidentRequest> body, ApiRequest request, OperationRunner operations, IntegrationIncidents handlers, CancellationToken token) =>
                operations.RunAsync(request, body.Raw, cancel => handlers.SetProviderIncidentAsync(request.Caller, provider, body.Value, cancel), token))
            .RequirePermission("write:integrations").Produces<Page<IntegrationView>>().WithSummary("The same for all integrations of a provider, together");
    }

    private static async Task<IResult> ProvidersAsync(Caller caller, TenantConfigs configs, ProviderCatalog catalog, CancellationToken cancellationToken)
    {
        var config = await configs.GetAsync(caller.Tenant, cancellationToken);
        var views = catalog.All.Select(provider => ProviderView.From(provider, config)).ToArray();
        return Results.Json(new Page<ProviderView>(views, null, false), HubJson.Options);
    }

    private static async Task<IResult> ListAsync(Caller caller, PageRequest page, TenantConfigs configs, Connections connections, CancellationToken cancellationToken)
    {
        var config = await configs.GetAsync(caller.Tenant, cancellationToken);
        var rows = config.Integrations.Values
            .Where(integration => string.CompareOrdinal(integration.Id.ToString(), new IntegrationId(page.Before).ToString()) < 0)
            .OrderByDescending(integration => integration.Id.ToString(), StringComparer.Ordinal)
            .Take(page.Limit + 1).ToArray();
        return Results.Json(
            Page<Integration>.Of(rows, page.Limit, integration => integration.Id.Value).Select(integration => IntegrationView.From(integration, connections.WebhookUrl(integration))),
            HubJson.Options);
    }

    private static async Task<IResult> GetAsync(Ref<IntegrationId> id, Caller caller, IntegrationLife handlers, Connections connections, CancellationToken cancellationToken) =>
        await handlers.FindAsync(caller, id, cancellationToken) is { } integration
            ? Results.Json(IntegrationView.From(integration, connections.WebhookUrl(integration)), HubJson.Options)
            : Error.NotFound("integration").ToResult();

    private static async Task<IResult> HealthAsync(
        Ref<IntegrationId> id, Caller caller, IntegrationLife handlers, DeliveryEngine engine, CancellationToken cancellationToken) =>
        await handlers.FindAsync(caller, id, cancellationToken) is { } integration
            ? Results.Json(IntegrationHealthView.From(integration, engine.BreakerIsOpen(integration.Lane)), HubJson.Options)
            : Error.NotFound("integration").ToResult();
}
