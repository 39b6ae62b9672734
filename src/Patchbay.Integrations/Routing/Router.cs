using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Catalog;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Integrations;
using Patchbay.Platform.Api;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Integrations.Routing;

/// <summary>Finds the integration for an operation, by the tenant's rules and what its integrations can do now.</summary>
/// <param name="breakerIsOpen">Whether the breaker of a lane is open on this node.</param>
public sealed class Router(TenantConfigs configs, ProviderCatalog catalog, Func<LaneId, bool> breakerIsOpen)
{
    public Router(TenantConfigs configs, ProviderCatalog catalog, DeliveryEngine engine)
        : this(configs, catalog, engine.BreakerIsOpen)
    {
    }

    /// <summary>Where the operation goes, or a 422: <c>no_active_provider</c>, or a fault of <c>integration_id</c>.</summary>
    /// <param name="mode">Only integrations of this mode take it, and only its rules are asked.</param>
    /// <param name="context">With a currency only when the operation moves money: providers are asked whether they take it.</param>
    /// <param name="integration">Named by the caller; null lets the rules decide.</param>
    public async Task<Result<RoutedTo, Error>> RouteAsync(
        TenantId tenant, IntegrationMode mode, string capability, RoutingContext context, IntegrationId? integration,
        CancellationToken cancellationToken)
    {
        var config = await configs.GetAsync(tenant, cancellationToken);
        var asked = new Question(config, mode, capability, context, config.RulesIn(mode));
        return integration is { } named ? Take(asked, named) : ByRules(asked);
    }

    /// <summary>As <see cref="RouteAsync"/> would route it now, with what every rule had to say. Nothing is queued.</summary>
    internal async Task<(Result<RoutedTo, Error> Result, IReadOnlyList<RuleExplanation> Rules)> ExplainAsync(
        TenantId tenant, IntegrationMode mode, string capability, RoutingContext context, CancellationToken cancellationToken)
    {
        var config = await configs.GetAsync(tenant, cancellationToken);
        var asked = new Question(config, mode, capability, context, config.RulesIn(mode));
        var explanation = asked.Rules.Explain(capability, context, Availability(asked, countBreakers: true));
        return (ByRules(asked), explanation.Rules);
    }

    /// <summary>Where operations would go if these were the tenant's rules; null: nowhere. Nothing is queued.</summary>
    public async Task<Func<string, RoutingContext, IntegrationId?>> SupposeAsync(
        TenantId tenant, IntegrationMode mode, IEnumerable<RoutingRule> rules, CancellationToken cancellationToken)
    {
        var config = await configs.GetAsync(tenant, cancellationToken);
        var table = RoutingTable.Compile(rules.Where(rule => rule.Mode == mode));
        return (capability, context) =>
        {
            var routed = ByRules(new Question(config, mode, capability, context, table));
            return routed.IsSuccess ? routed.Value.Integration.Id : null;
        };
    }

    private Result<RoutedTo, Error> Take(Question asked, IntegrationId named)
    {
        var (config, mode, capability, context, _) = asked;
        if (!config.Integrations.TryGetValue(named, out var integration) || integration.Mode != mode)
        {
            return Error.Invalid(
                "integration_id", $"is not one of your integrations in {mode.ToWord()} mode; see GET /api/v1/integrations");
        }

        var why = Availability(asked, countBreakers: false).StateOf(named, capability) switch
        {
            IntegrationState.Usable => null,
            IntegrationState.PendingVerify => "its credentials are still being verified; wait until it is active",
            IntegrationState.Inactive => "it is switched off; activate it, or name another",
            IntegrationState.Error => $"it is in error ({integration.StatusReason}); correct its credentials, or name another",
            IntegrationState.CapabilityOff => $"it does not do {capability}; see its capabilities",
            IntegrationState.CurrencyNotSupported => $"its provider does not take {context.Currency}",
            _ => "its provider is not part of this hub",
        };
        return why is null
            ? new RoutedTo(RoutingDecision.Explicit(named), integration, [])
            : NoActiveProvider($"The integration {named} cannot be used: {why}.");
    }

    private Result<RoutedTo, Error> ByRules(Question asked)
    {
        var (config, mode, capability, context, _) = asked;
        var patient = Availability(asked, countBreakers: false);
        var decision = asked.Rules.Decide(capability, context, Availability(asked, countBreakers: true));
        if (decision.IntegrationId is null && decision.Skipped.Count > 0)
        {
            var waiting = asked.Rules.Decide(capability, context, patient);
            if (waiting.IntegrationId is not null)
                decision = waiting with { Skipped = decision.Skipped, SkippedMore = decision.SkippedMore };
        }

        if (decision.IntegrationId is null && !asked.Rules.Covers(capability))
        {
            var only = OnlyOne(config, mode, capability);
            if (!only.IsSuccess)
                return only.Error;
            if (patient.StateOf(only.Value.Id, capability) == IntegrationState.CurrencyNotSupported)
                return NoActiveProvider(
                    $"The only active integration for {capability}, {only.Value.Id}, does not take {context.Currency}. Add one that does.");
            decision = RoutingDecision.OnlyProvider(only.Value.Id);
        }

        if (decision.IntegrationId is not { } chosen)
            return NoActiveProvider(WhyNone(mode, capability, decision));
        var fallbacks = decision.Fallbacks
            .Where(id => patient.StateOf(id, capability) is not (IntegrationState.Deleted or IntegrationState.OtherMode
                or IntegrationState.CapabilityOff or IntegrationState.CurrencyNotSupported))
            .Select(Integration.LaneOf).ToArray();
        return new RoutedTo(decision, config.Integrations[chosen], fallbacks);
    }

    private TenantAvailability Availability(Question asked, bool countBreakers) =>
        new(asked.Config, asked.Mode, catalog, breakerIsOpen, asked.Context.Currency, countBreakers);

    private Result<Integration, Error> OnlyOne(TenantConfig config, IntegrationMode mode, string capability)
    {
        var able = config.Integrations.Values
            .Where(integration => integration.Status == IntegrationStatus.Active && integration.Mode == mode
                && integration.Capabilities.Contains(capability) && catalog.Find(integration.Provider) is not null)
            .Take(2).ToList();
        return able switch
        {
            [var only] => only,
            [] => NoActiveProvider(WhyNoIntegration(config, mode, capability)),
            _ => NoActiveProvider(
                $"Several integrations in {mode.ToWord()} mode do {capability} and no routing rule says which: create one, for example a "
                    + "default, with POST /api/v1/routing-rules."),
        };
    }

    private static string WhyNoIntegration(TenantConfig config, IntegrationMode mode, string capability)
    {
        var verified = config.Integrations.Values.FirstOrDefault(
            integration => integration.Status == IntegrationStatus.PendingVerify && integration.Mode == mode
                && integration.Capabilities.Contains(capability));
        return verified is null
            ? $"No active integration in {mode.ToWord()} mode does {capability}. Add one with POST /api/v1/integrations, or activate one."
            : $"The credentials of {verified.Id} are still being verified: try again once it is active, see GET "
                + $"/api/v1/integrations/{verified.Id}.";
    }

    private static string WhyNone(IntegrationMode mode, string capability, RoutingDecision decision)
    {
        if (decision.Skipped.Count == 0)
            return $"No active routing rule for {capability} in {mode.ToWord()} mode matches, and there is no default rule. "
                + "POST /api/v1/routing-rules/evaluate shows why; a default rule would catch such operations.";
        var reasons = decision.Skipped.Select(skipped => $"{skipped.IntegrationId} ({skipped.Why.ToWord()})").Distinct();
        return $"The matching routing rules for {capability} lead to nobody usable: {string.Join(", ", reasons)}. Activate one of them, or "
            + "add a default rule.";
    }

    private static Error NoActiveProvider(string detail) => RoutingErrors.NoActiveProvider.With(detail);

    private readonly record struct Question(
        TenantConfig Config, IntegrationMode Mode, string Capability, RoutingContext Context, RoutingTable Rules);
}
