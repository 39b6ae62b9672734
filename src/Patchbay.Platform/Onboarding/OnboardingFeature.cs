using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Features;
using Patchbay.Platform.Operations;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Platform.Onboarding;

/// <summary>Tenants over HTTP: all of them for platform keys, their own for everybody.</summary>
internal sealed class OnboardingFeature : IFeature
{
    public void Add(IServiceCollection services) => services.AddSingleton<TenantCreation>().AddSingleton<TenantHandlers>();

    public void Map(FeatureRoutes routes)
    {
        var api = routes.Api;
        var group = api.MapGroup("/tenants").WithTags("Tenants");
        routes = routes with { Heading = "Tenants" };
        routes.Action<TenantHandlers, CreateTenantRequest>("tenants.create", "POST /tenants/", tenants => tenants.CreateAsync)
            .Needs(Permissions.Platform).Answers<TenantView>(201).Says("Create a tenant, with its first key")
            .Refuses(TenantErrors.Exists, ApiErrors.ChangedMeanwhile);
        group.MapGet("/", ListAsync).RequirePermission(Permissions.Platform).Produces<Page<TenantView>>()
            .WithSummary("All tenants, newest first");
        group.MapGet("/{id}", GetAsync).RequirePermission(Permissions.Platform).Produces<TenantView>()
            .WithSummary("A tenant");
        api.MapGet("/tenant", OwnAsync).WithTags("Tenants").RequirePermission(Permissions.AnyKey).Produces<TenantView>()
            .WithSummary("The tenant that the key belongs to");
    }

    private static async Task<IResult> ListAsync(PageRequest page, TenantHandlers handlers, CancellationToken cancellationToken)
    {
        var rows = await handlers.ListAsync(page, cancellationToken);
        return Results.Json(
            Page<Tenant>.Of(rows, page.Limit, tenant => tenant.Id.Value).Select(tenant => TenantView.From(tenant)), HubJson.Options);
    }

    private static async Task<IResult> GetAsync(Ref<TenantId> id, TenantHandlers handlers, CancellationToken cancellationToken) =>
        id.Id != PlatformTenant.Id && await handlers.FindAsync(id, cancellationToken) is { } tenant
            ? Results.Json(TenantView.From(tenant), HubJson.Options)
            : Error.NotFound("tenant").ToResult();

    private static async Task<IResult> OwnAsync(Caller caller, TenantHandlers handlers, CancellationToken cancellationToken) =>
        await handlers.FindAsync(caller.Tenant, cancellationToken) is { } tenant
            ? Results.Json(TenantView.From(tenant), HubJson.Options)
            : Error.NotFound("tenant").ToResult();
}
