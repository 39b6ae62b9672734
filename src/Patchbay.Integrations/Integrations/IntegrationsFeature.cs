using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Catalog;
using Patchbay.Integrations.Deliveries;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Features;
using Patchbay.Platform.Loops;
using Patchbay.Platform.Operations;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Integrations.Integrations;

/// <summary>The catalog and the tenant's integrations over HTTP.</summary>
internal sealed class IntegrationsFeature : IFeature
{
    public IReadOnlyList<string> Resources => ["integrations"];

    public void Add(IServiceCollection services)
    {
        services.AddConfigSet(IntegrationTable.Instance, rows => new IntegrationSet(rows), IntegrationSet.Max);
        services.AddSingleton<ILaneOwner, IntegrationLanes>();
        services.AddSingleton<UnmappedCodes>().AddSingleton<Connections>().AddSingleton<IntegrationViews>()
            .AddSingleton<IntegrationChanges>().AddSingleton<IntegrationFailures>();
        services.AddSingleton<IntegrationOperations>().AddSingleton<IntegrationSchedule>()
            .AddSingleton<IntegrationRelease>();
        services.AddSingleton<IntegrationCreation>().AddSingleton<IntegrationEditing>();
        services.AddSingleton<IntegrationLife>().AddSingleton<IntegrationIncidents>();
        services.AddSingleton<CheckIntegration>()
            .AddSingleton<IDeliveryHandler>(provider => provider.GetRequiredService<CheckIntegration>());
        services.AddSingleton(
            new DeliveryKind(CheckIntegration.Name, IntegrationId.Prefix, lane => Integration.OfCheckLane(lane).ToString()));
        services.AddSingleton<WebhookRegistrations>().AddSingleton<ExpiryCalendar>();
        services.AddSingleton<IDeliveryHandler, RegisterWebhook>().AddSingleton<IDeliveryHandler, RemoveWebhook>();
        services.AddSingleton(
            new DeliveryKind(RegisterWebhook.Name, IntegrationId.Prefix, lane => Integration.OfCheckLane(lane).ToString()));
        services.AddSingleton(
            new DeliveryKind(RemoveWebhook.Name, IntegrationId.Prefix, lane => new TenantId(SideLane.DestinationOf(lane)).ToString()));
        services.AddLoop<WebhookRegistrations>("webhook registrations", TimeSpan.FromSeconds(1), registrations => registrations.RunAsync);
        services.AddLoop<ExpiryCalendar>("credential expiry", TimeSpan.FromMinutes(1), calendar => calendar.RunAsync);
        services.AddLoop<IntegrationRelease>("integration releases", TimeSpan.FromSeconds(2), release => release.RunAsync);
        services.AddLoop<IntegrationSchedule>("integration checks", TimeSpan.FromSeconds(5), schedule => schedule.RunAsync);
    }

    public void Map(FeatureRoutes hub)
    {
        hub.Action<IntegrationCreation, CreateIntegrationRequest>(
                "integrations.create", "POST /integrations/", integrations => integrations.CreateAsync)
            .Answers<IntegrationView>(202).Says("Activate a provider; its credentials are verified next")
            .Refuses(IntegrationErrors.TooMany);
        hub.ActionOn<IntegrationEditing, IntegrationId, ChangeIntegrationRequest>(
                "integrations.change", "PATCH /integrations/{id}", integrations => integrations.ChangeAsync)
            .Answers<IntegrationView>().Says("Change an integration; new credentials are verified beside the present ones")
            .Refuses(ApiErrors.ChangedMeanwhile);
        hub.ActionOn<IntegrationLife, IntegrationId>(
                "integrations.delete", "DELETE /integrations/{id}", integrations => integrations.DeleteAsync)
            .Answers<IntegrationView>().Says("Delete an integration that no rule points at")
            .Refuses(IntegrationLife.InUse, ApiErrors.ChangedMeanwhile);
        hub.ActionOn<IntegrationLife, IntegrationId>(
                "integrations.verify", "POST /integrations/{id}/verify", integrations => integrations.VerifyAsync)
            .Answers<IntegrationView>(202).Says("Check the credentials again");
        hub.ActionOn<IntegrationLife, IntegrationId>(
                "integrations.test", "POST /integrations/{id}/test", integrations => integrations.TestAsync)
            .Answers<IntegrationTestView>(200, 202)
            .Says("Check the credentials without changing the status; waits up to 10 seconds for the result");
        hub.ActionOn<IntegrationLife, IntegrationId>(
                "integrations.activate", "POST /integrations/{id}/activate", integrations => integrations.ActivateAsync)
            .Answers<IntegrationView>().Says("Use a disabled integration again")
            .Refuses(ApiErrors.WrongStatus);
        hub.ActionOn<IntegrationLife, IntegrationId>(
                "integrations.disable", "POST /integrations/{id}/disable", integrations => integrations.DisableAsync)
            .Answers<IntegrationView>().Says("Stop using an integration until it is activated")
            .Refuses(ApiErrors.WrongStatus);
        hub.ActionOn<IntegrationIncidents, IntegrationId, IncidentRequest>(
                "integrations.set_incident", "POST /integrations/{id}/incident", integrations => integrations.SetIncidentAsync)
            .Answers<IntegrationView>().Says("Hold the integration's work during an incident, or release it");
        hub.ActionOn<IntegrationIncidents, string, IncidentRequest>(
                "integrations.set_provider_incident", "POST /integrations/providers/{provider}/incident",
                integrations => integrations.SetProviderIncidentAsync)
            .Answers<Page<IntegrationView>>().Says("The same for all integrations of a provider in the mode of the key, together");
        MapReads(hub);
    }

    private static void MapReads(FeatureRoutes hub)
    {
        hub.One<IntegrationLife, IntegrationId, Integration, IntegrationViews, IntegrationView>(
            "GET /integrations/{id}", "integration", integrations => integrations.FindAsync,
            (views, one) => views.Of(one)).Says("An integration");
        hub.One<IntegrationLife, IntegrationId, Integration, DeliveryEngine, IntegrationHealthView>(
            "GET /integrations/{id}/health", "integration", integrations => integrations.FindAsync,
            (engine, one) => IntegrationHealthView.From(one, engine.BreakerIsOpen(one.Lane))).Says("How an integration is doing");

        var group = hub.Api.MapGroup("/integrations").WithTags(hub.Heading);
        group.MapGet("/providers", ProvidersAsync).RequirePermission("read:integrations").Produces<Page<ProviderView>>()
            .WithSummary("All providers of the catalog");
        group.MapGet("/", ListAsync).RequirePermission("read:integrations").WithMetadata(QueryParameter.Word<IntegrationMode>("mode"))
            .Produces<Page<IntegrationView>>()
            .WithSummary("The tenant's integrations in the mode of the key, newest first");
    }

    private static async Task<IResult> ProvidersAsync(
        Caller caller, TenantConfigs configs, ProviderCatalog catalog, CancellationToken cancellationToken)
    {
        var config = await configs.GetAsync(caller.Tenant, cancellationToken);
        var views = catalog.All.Select(provider => ProviderView.From(provider, config, caller.Mode)).ToArray();
        return Results.Json(new Page<ProviderView>(views, null, false), HubJson.Options);
    }

    private static async Task<IResult> ListAsync(
        Caller caller, PageRequest page, string? mode, TenantConfigs configs, IntegrationViews views, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        var wanted = faults.Word<IntegrationMode>(mode, "mode");
        if (faults.Any)
            return faults.ToError().ToResult();
        var config = await configs.GetAsync(caller.Tenant, cancellationToken);
        var rows = config.Integrations.Values
            .Where(integration => integration.Mode == caller.Mode && (wanted is null || integration.Mode == wanted)
                && string.CompareOrdinal(integration.Id.ToString(), new IntegrationId(page.Before).ToString()) < 0)
            .OrderByDescending(integration => integration.Id.ToString(), StringComparer.Ordinal)
            .Take(page.Limit + 1).ToArray();
        return Results.Json(
            Page<Integration>.Of(rows, page.Limit, integration => integration.Id.Value)
                .Select(views.Of),
            HubJson.Options);
    }
}
