using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Deliveries;
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
        services.AddConfigSet(RoutingRuleTable.Instance, rows => new RuleSet(rows), RuleSet.Max, condition: "true");
        services.AddSingleton<RoutingRules>().AddSingleton<RuleHandlers>().AddSingleton<Router>();
    }

    public void Map(FeatureRoutes hub)
    {
        hub.Action<RuleHandlers, CreateRuleRequest>("routing.rules.create", "POST /routing-rules/", rules => rules.CreateAsync)
            .Answers<RuleView>(201).Says("Add a rule for operations in the mode of the key")
            .Refuses(RoutingErrors.TooManyRules, ApiErrors.ChangedMeanwhile);
        hub.ActionOn<RuleHandlers, RuleId, ChangeRuleRequest>(
                "routing.rules.change", "PATCH /routing-rules/{id}", rules => rules.ChangeAsync)
            .Answers<RuleView>().Says("Change a rule; what is left out stays")
            .Refuses(AccessErrors.WrongMode, RoutingErrors.OfGateway, ApiErrors.ChangedMeanwhile);
        hub.ActionOn<RuleHandlers, RuleId>("routing.rules.delete", "DELETE /routing-rules/{id}", rules => rules.DeleteAsync)
            .Answers<RuleView>().Says("Delete a rule")
            .Refuses(AccessErrors.WrongMode, RoutingErrors.OfGateway, ApiErrors.ChangedMeanwhile);
        hub.Action<RuleHandlers, ReorderRulesRequest>("routing.rules.reorder", "POST /routing-rules/reorder", rules => rules.ReorderAsync)
            .Answers<Page<RuleView>>().Says("Put the rules of one capability into an order")
            .Refuses(ApiErrors.ChangedMeanwhile);
        hub.List("GET /routing-rules/", RoutingRuleTable.Instance, RuleView.From, by => by.Text("capability").Word<IntegrationMode>("mode"))
            .Says("The tenant's rules, newest first");
        hub.One<RoutingRules, RuleId, RoutingRule, RuleView>(
            "GET /routing-rules/{id}", "routing rule", rules => rules.FindAsync, RuleView.From).Says("A rule");
        hub.Api.MapPost("/routing-rules/evaluate", EvaluateAsync).WithTags(hub.Heading).RequirePermission("read:routing")
            .Produces<EvaluationView>().WithSummary("Where an operation would go, and why; nothing is done");
    }

    private static async Task<IResult> EvaluateAsync(
        Caller caller, Body<EvaluateRequest> body, Router router, OfferedCapabilities capabilities, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        var capability = body.Value.Capability ?? "";
        capabilities.Check(capability, "capability", faults);
        var context = RoutingContextReader.Read(body.Value.Context, faults);
        if (faults.Any)
            return faults.ToError().ToResult();
        var (result, rules) = await router.ExplainAsync(caller.Tenant, caller.Mode, capability, context, cancellationToken);
        return Results.Json(EvaluationView.From(result, rules), HubJson.Options);
    }
}
