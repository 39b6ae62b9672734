using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Integrations;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Features;
using Patchbay.Platform.Operations;
using Patchbay.Platform.Tenants;

namespace Patchbay.Integrations.Routing;

/// <summary>The tenant's routing rules over HTTP.</summary>
internal sealed class RoutingFeature : IFeature
{
    public IReadOnlyList<string> Resources => ["routing"];

    public void Add(IServiceCollection services)
    {
        services.AddSingleton<IIntegrationUse, RuleUse>();
        services.AddConfigSet(async (provider, tenant, cancel) => new RuleSet(await provider.GetRequiredService<RoutingRules>().ListAsync(tenant, cancel)));
        services.AddSingleton<RoutingRules>().AddSingleton<RuleHandlers>().AddSingleton<Router>();
    }

    public void Map(FeatureRoutes routes)
    {
        var group = routes.Api.MapGroup("/routing-rules").WithTags("Routing");
        group.MapGet("/", ListAsync).RequirePermission("read:routing").Produces<Page<RuleView>>().WithMetadata(new Pageable()).WithSummary("The tenant's rules, newest first");
        group.MapGet("/{id}", GetAsync).RequirePermission("read:routing").Produces<RuleView>();
        group.MapPost("/", (Body<CreateRuleRequest> body, ApiRequest request, OperationRunner operations, RuleHandlers handlers, CancellationToken token) =>
                operations.RunAsync(request, body.Raw, cancel => handlers.CreateAsync(request.Caller, body.Value, cancel), token))
            .RequirePermission("write:routing").Produces<RuleView>(201);
        group.MapPatch("/{id}", (Ref<RuleId> id, Body<ChangeRuleRequest> body, ApiRequest request, OperationRunner operations, RuleHandlers handlers, CancellationToken token) =>
                operations.RunAsync(request, body.Raw, cancel => handlers.ChangeAsync(request.Caller, id, body.Value, cancel), token))
            .RequirePermission("write:routing").Produces<RuleView>();
        group.MapDelete("/{id}", (Ref<RuleId> id, ApiRequest request, OperationRunner operations, RuleHandlers handlers, CancellationToken token) =>
                operations.RunAsync(request, [], cancel => handlers.DeleteAsync(request.Caller, id, cancel), token))
            .RequirePermission("write:routing").Produces<RuleView>();
        group.MapPost("/reorder", (Body<ReorderRulesRequest> body, ApiRequest request, OperationRunner operations, RuleHandlers handlers, CancellationToken token) =>
                operations.RunAsync(request, body.Raw, cancel => handlers.ReorderAsync(request.Caller, body.Value, cancel), token))
            .RequirePermission("write:routing").Produces<Page<RuleView>>().WithSummary("Put the rules of one capability into an order");
        group.MapPost("/evaluate", EvaluateAsync).RequirePermission("read:routing").Produces<EvaluationView>().WithSummary("Where an operation would go, and why; nothing is done");
    }

    private static async Task<IResult> ListAsync(Caller caller, PageRequest page, string? capability, RoutingRules rules, CancellationToken cancellationToken)
    {
        var rows = await rules.PageAsync(caller.Tenant, page, capability, cancellationToken);
        return Results.Json(Page<RoutingRule>.Of(rows, page.Limit, rule => rule.Id.Value).Select(RuleView.From), HubJson.Options);
    }

    private static async Task<IResult> GetAsync(Ref<RuleId> id, Caller caller, RoutingRules rules, CancellationToken cancellationToken) =>
        await rules.FindAsync(caller.Tenant, id, cancellationToken) is { } rule
            ? Results.Json(RuleView.From(rule), HubJson.Options)
            : Error.NotFound("routing rule").ToResult();

    private static async Task<IResult> EvaluateAsync(Caller caller, Body<EvaluateRequest> body, Router router, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        var capability = body.Value.Capability ?? "";
        faults.Require(Capabilities.All.Contains(capability), "capability", $"must be one of {string.Join(", ", Capabilities.All.Order(StringComparer.Ordinal))}");
        var context = RoutingContextReader.Read(body.Value.Context, faults);
        if (faults.Any)
            return faults.ToError().ToResult();
        var (result, rules) = await router.ExplainAsync(caller.Tenant, capability, context, cancellationToken);
        return Results.Json(EvaluationView.From(result, rules), HubJson.Options);
    }
}
