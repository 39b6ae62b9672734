using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Payments;
using Patchbay.Integrations.Catalog;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Integrations;
using Patchbay.Integrations.Routing;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Operations;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Hub.CountryGateways;

/// <summary>Sets, reads and tries the gateways of countries.</summary>
public sealed class CountryGatewayHandlers(
    TenantConfigs configs, ProviderCatalog catalog, Connections connections, Router router, PaymentHandlers payments,
    LimitOptions limits, IdGenerator ids, TimeProvider time)
{
    private static readonly TimeSpan PreviewedFor = TimeSpan.FromDays(7);

    public async Task<Result<Operation, Error>> SetAsync(
        Caller caller, string country, SetCountryGatewayRequest request, CancellationToken cancellationToken)
    {
        if (!TryCountry(ref country))
            return Error.NotFound("country");
        var config = await ReadAsync(caller, cancellationToken);
        var faults = new Faults();
        faults.OptionalText(request.Note, "note", 500);
        var before = CountryGateway.Find(config, caller.Mode, country);
        var after = Wish(caller, config, before, request, faults);
        faults.Require(
            faults.Any || after.Rules.Count > 0, "deposit_gateway", "or withdrawal_gateway is required; DELETE ends a country's gateway");
        if (faults.Any)
            return faults.ToError();
        var room = config.RuleList.Count - before.Rules.Count + after.Rules.Count - 1;
        if (RoutingErrors.TooManyRules.UnlessBelow(limits.RoutingRules, room, "routing rules", nameof(limits.RoutingRules)) is { } full)
            return full;
        return Change(caller, config, before, after, "country_gateway.set", CountryGatewayView.Of(after, config));
    }

    public async Task<Result<Operation, Error>> DeleteAsync(Caller caller, string country, CancellationToken cancellationToken)
    {
        var config = await ReadAsync(caller, cancellationToken);
        if (!TryCountry(ref country) || CountryGateway.Find(config, caller.Mode, country) is not { Rules.Count: > 0 } before)
            return Error.NotFound("gateway of this country");
        return Change(
            caller, config, before, new CountryGateway(country, null, null), "country_gateway.delete",
            CountryGatewayView.Of(before, config));
    }

    internal async Task<IReadOnlyList<CountryGatewayView>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        var config = await configs.GetAsync(caller.Tenant, cancellationToken);
        return [.. CountryGateway.All(config, caller.Mode).Select(gateway => CountryGatewayView.Of(gateway, config))];
    }

    /// <summary>Where a payment or a payout of the country goes now: by the gateways of countries alone.</summary>
    internal async Task<Result<GatewayView, Error>> FindAsync(
        Caller caller, string? country, string? direction, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        var code = CountryCode.Read(country, "country", faults);
        faults.Require(direction is null or "deposit" or "withdrawal", "direction", "must be deposit or withdrawal");
        if (faults.Any)
            return faults.ToError();
        var isDeposit = direction is not "withdrawal";
        var config = await configs.GetAsync(caller.Tenant, cancellationToken);
        var suppose = await router.SupposeAsync(
            caller.Tenant, caller.Mode, config.RuleList.Where(rule => rule.GatewayCountry is not null), cancellationToken);
        // None is nobody's own: the default answers.
        var context = new RoutingContext
        {
            Country = code ?? CountryGateway.Everywhere, Direction = isDeposit ? "deposit" : "withdrawal", Reference = "",
        };
        var capability = isDeposit ? CountryGateway.DepositCapability : CountryGateway.WithdrawalCapability;
        var asked = CountryGateway.All(config, caller.Mode).SelectMany(gateway => gateway.Rules).Any(rule => rule.Capability == capability);
        return asked && suppose(capability, context) is { } id
            ? GatewayOf(config.Integrations[id], isDeposit)
            : Error.NotFound($"gateway for {code ?? "countries without one"}, nor a default that is active");
    }

    internal async Task<Result<GatewayPreviewView, Error>> PreviewAsync(
        Caller caller, PreviewCountryGatewayRequest request, CancellationToken cancellationToken)
    {
        var (country, faults) = (request.Country ?? "", new Faults());
        faults.Require(TryCountry(ref country), "country", "must be an ISO 3166-1 alpha-2 country, or * for all that have no gateway");
        var config = await configs.GetAsync(caller.Tenant, cancellationToken);
        var before = CountryGateway.Find(config, caller.Mode, country);
        var wish = Wish(caller, config, before, new SetCountryGatewayRequest(request.DepositGateway), faults);
        if (faults.Any)
            return faults.ToError();
        var others = config.RuleList.Where(rule => rule.Id != before.Deposit?.Id);
        var now = await router.SupposeAsync(caller.Tenant, caller.Mode, config.RuleList, cancellationToken);
        var then = await router.SupposeAsync(
            caller.Tenant, caller.Mode, wish.Deposit is { } changed ? others.Append(changed) : others, cancellationToken);
        var contexts = await payments.RecentContextsAsync(caller.Tenant, caller.Mode, time.GetUtcNow() - PreviewedFor, cancellationToken);
        var moves = contexts
            .Select(context => (From: now(CountryGateway.DepositCapability, context), To: then(CountryGateway.DepositCapability, context)))
            .Where(move => move.From != move.To).CountBy(move => move).OrderByDescending(move => move.Value)
            .Select(move => new GatewayMoveView(move.Key.From, move.Key.To, move.Value)).ToList();
        return new GatewayPreviewView(contexts.Count, moves.Sum(move => move.Payments), moves);
    }

    /// <summary>Who is paid out is sent nowhere.</summary>
    private GatewayView GatewayOf(Integration integration, bool isDeposit)
    {
        var type = isDeposit ? catalog.Find(integration.Provider)!.Manifest.Checkout : ProviderCheckout.Api;
        var embedded = type == ProviderCheckout.Embed ? connections.CheckoutOf(integration) : null;
        return new GatewayView(integration.Provider, integration.Id, type, embedded?.ScriptUrl, embedded?.CashierKey);
    }

    private Operation Change(
        Caller caller, TenantConfig config, CountryGateway before, CountryGateway after, string action, CountryGatewayView view) => new(
        new ReplaceRules(config, before.Rules, after.Rules, action, before.Country, caller.Actor, time.GetUtcNow()).As(
            _ => Reply.Ok(view)))
    {
        ChangesConfig = true,
    };

    /// <summary>The gateway as it is wished for.</summary>
    private CountryGateway Wish(
        Caller caller, TenantConfig config, CountryGateway before, SetCountryGatewayRequest request, Faults faults)
    {
        return new CountryGateway(
            before.Country, Rule(before.Deposit, CountryGateway.DepositCapability, request.DepositGateway, "deposit_gateway"),
            Rule(before.Withdrawal, CountryGateway.WithdrawalCapability, request.WithdrawalGateway, "withdrawal_gateway"));

        RoutingRule? Rule(RoutingRule? present, string capability, string? gateway, string field)
        {
            if (gateway is null || IntegrationOf(config, caller.Mode, capability, gateway, field, faults) is not { } integration)
                return null;
            var now = time.GetUtcNow();
            return new RoutingRule
            {
                TenantId = caller.Tenant, Id = present?.Id ?? ids.New<RuleId>(), Mode = caller.Mode, Capability = capability,
                Priority = CountryGateway.PriorityOf(before.Country), Conditions = [CountryGateway.ConditionOf(before.Country)],
                IntegrationId = integration, IsActive = request.IsActive, Note = request.Note, GatewayCountry = before.Country,
                CreatedAt = present?.CreatedAt ?? now, UpdatedAt = now,
            };
        }
    }

    private static IntegrationId? IntegrationOf(
        TenantConfig config, IntegrationMode mode, string capability, string gateway, string field, Faults faults)
    {
        var able = config.Integrations.Values.Where(one => one.Mode == mode && one.Capabilities.Contains(capability)
            && (one.Id.ToString() == gateway || one.Provider == gateway)).Take(2).ToList();
        if (able is [var only])
            return only.Id;
        faults.Add(field, able is []
            ? $"is neither an integration nor a provider of yours in {mode.ToWord()} mode that does {capability}"
            : $"has several integrations in {mode.ToWord()} mode: give the id of one");
        return null;
    }

    /// <summary>Fresh from the database: what another node has changed a moment ago must not make the commit refuse.</summary>
    private async Task<TenantConfig> ReadAsync(Caller caller, CancellationToken cancellationToken)
    {
        await configs.RefreshAsync(caller.Tenant, cancellationToken);
        return await configs.GetAsync(caller.Tenant, cancellationToken);
    }

    private static bool TryCountry(ref string country)
    {
        country = country.ToUpperInvariant();
        return country == CountryGateway.Everywhere || CountryCode.IsKnown(country);
    }
}
