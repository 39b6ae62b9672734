using Microsoft.Extensions.DependencyInjection;
using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Platform.Api;
using Patchbay.Integrations.Catalog;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Integrations;
using Patchbay.Integrations.Routing;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Routing;

public sealed class RouterTests(RoutingHub routing) : IClassFixture<RoutingHub>
{
    private const string Payment = Capabilities.InitiatePayment;
    private const string Rules = "/api/v1/routing-rules";

    private readonly HashSet<LaneId> _open = [];
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_matching_rule_decides_and_its_fallbacks_come_along()
    {
        var (tenant, client) = await routing.TenantAsync();
        var first = await RoutingHub.StripeAsync(client, "first");
        var second = await RoutingHub.StripeAsync(client, "second");
        await RuleAsync(client, new { capability = Payment, integration_id = first, fallback_integration_ids = new[] { second } });

        var routed = await RouteAsync(tenant, new RoutingContext { Currency = "BRL" });

        Assert.Equal((RoutingReason.Rule, first), (routed.Value.Decision.Reason, routed.Value.Integration.Id));
        Assert.Equal([Integration.LaneOf(second)], routed.Value.Fallbacks);
    }

    [Fact]
    public async Task An_open_breaker_sends_the_operation_to_the_fallback()
    {
        var (tenant, client) = await routing.TenantAsync();
        var first = await RoutingHub.StripeAsync(client, "first");
        var second = await RoutingHub.StripeAsync(client, "second");
        await RuleAsync(client, new { capability = Payment, integration_id = first, fallback_integration_ids = new[] { second } });
        _open.Add(Integration.LaneOf(first));

        var routed = await RouteAsync(tenant, new RoutingContext());

        Assert.Equal((RoutingReason.Fallback, second), (routed.Value.Decision.Reason, routed.Value.Integration.Id));
        Assert.Equal(IntegrationState.BreakerOpen, Assert.Single(routed.Value.Decision.Skipped).Why);
    }

    [Fact]
    public async Task When_every_breaker_is_open_the_operation_waits_instead_of_being_refused()
    {
        var (tenant, client) = await routing.TenantAsync();
        var first = await RoutingHub.StripeAsync(client, "first");
        var second = await RoutingHub.StripeAsync(client, "second");
        await RuleAsync(client, new { capability = Payment, integration_id = first, fallback_integration_ids = new[] { second } });
        _open.UnionWith([Integration.LaneOf(first), Integration.LaneOf(second)]);

        var routed = await RouteAsync(tenant, new RoutingContext());

        Assert.Equal((RoutingReason.Rule, first), (routed.Value.Decision.Reason, routed.Value.Integration.Id));
        Assert.Equal([Integration.LaneOf(second)], routed.Value.Fallbacks);
        Assert.Equal([first, second], routed.Value.Decision.Skipped.Select(skipped => skipped.IntegrationId));
    }

    [Fact]
    public async Task An_integration_in_incident_mode_is_chosen_because_its_work_waits()
    {
        var (tenant, client) = await routing.TenantAsync();
        var first = await RoutingHub.StripeAsync(client, "first");
        var second = await RoutingHub.StripeAsync(client, "second");
        await RuleAsync(client, new { capability = Payment, integration_id = first, fallback_integration_ids = new[] { second } });
        await client.PostJsonAsync($"/api/v1/integrations/{first}/incident", new { active = true });
        Assert.Equal(first, (await RouteAsync(tenant, new RoutingContext())).Value.Integration.Id);
    }

    [Fact]
    public async Task Without_rules_the_only_provider_is_taken_even_while_its_breaker_is_open()
    {
        var (tenant, client) = await routing.TenantAsync();
        var none = await RouteAsync(tenant, new RoutingContext());
        var only = await RoutingHub.StripeAsync(client, "only");
        _open.Add(Integration.LaneOf(only));
        var one = await RouteAsync(tenant, new RoutingContext());
        var evaluated = await client.PostJsonAsync($"{Rules}/evaluate", new { capability = Payment });
        await RoutingHub.StripeAsync(client, "second");
        var two = await RouteAsync(tenant, new RoutingContext());

        Assert.Equal("no_active_provider", none.Error!.Code);
        Assert.Equal((RoutingReason.OnlyProvider, only), (one.Value.Decision.Reason, one.Value.Integration.Id));
        Assert.Equal("only_provider", evaluated.Text("decision.reason"));
        Assert.Equal("only_provider", RoutingDecision.FromJson(one.Value.Decision.ToJson()).Reason.ToWord());
        Assert.Equal("no_active_provider", two.Error!.Code);
        Assert.Contains("Several integrations", two.Error.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_rule_for_the_capability_even_one_provider_is_not_taken_by_chance()
    {
        var (tenant, client) = await routing.TenantAsync();
        var only = await RoutingHub.StripeAsync(client, "only");
        await RuleAsync(client, new { capability = Payment, integration_id = only,
            conditions = new[] { new { field = "country", @operator = "eq", value = "BR" } } });
        var refused = await RouteAsync(tenant, new RoutingContext { Country = "DE" });
        Assert.Equal((422, "no_active_provider"), (refused.Error!.Status, refused.Error.Code));
        Assert.Contains("default rule", refused.Error.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_switched_off_integration_makes_its_rule_be_passed_over_and_the_refusal_says_so()
    {
        var (tenant, client) = await routing.TenantAsync();
        var only = await RoutingHub.StripeAsync(client, "only");
        await RuleAsync(client, new { capability = Payment, integration_id = only });
        await client.PostJsonAsync($"/api/v1/integrations/{only}/disable");
        var refused = await RouteAsync(tenant, new RoutingContext());
        Assert.Contains($"{only} (inactive)", refused.Error!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_integration_named_by_the_caller_is_taken_without_asking_rules()
    {
        var (tenant, client) = await routing.TenantAsync();
        var (_, other) = await routing.TenantAsync();
        var named = await RoutingHub.StripeAsync(client, "named", Payment);
        var foreign = await RoutingHub.StripeAsync(other, "theirs");
        _open.Add(Integration.LaneOf(named));

        var taken = await RouteAsync(tenant, new RoutingContext(), named);
        var unknown = await RouteAsync(tenant, new RoutingContext(), foreign);
        var incapable = await Router().RouteAsync(
            tenant, IntegrationMode.Sandbox, Capabilities.ProcessRefund, new RoutingContext(), named, _ct);
        await client.PostJsonAsync($"/api/v1/integrations/{named}/disable");
        var inactive = await RouteAsync(tenant, new RoutingContext(), named);

        Assert.Equal((RoutingReason.Explicit, named), (taken.Value.Decision.Reason, taken.Value.Integration.Id));
        Assert.Empty(taken.Value.Fallbacks);
        Assert.Equal(["integration_id"], unknown.Error!.Fields!.Keys);
        Assert.Equal("no_active_provider", incapable.Error!.Code);
        Assert.Equal("no_active_provider", inactive.Error!.Code);
        Assert.Contains("switched off", inactive.Error.Detail, StringComparison.Ordinal);
    }

    private Router Router() => new(
        routing.Hub.Services.GetRequiredService<TenantConfigs>(), routing.Hub.Services.GetRequiredService<ProviderCatalog>(),
        _open.Contains);

    private Task<Result<RoutedTo, Error>> RouteAsync(TenantId tenant, RoutingContext context, IntegrationId? named = null) =>
        Router().RouteAsync(tenant, IntegrationMode.Sandbox, Payment, context, named, _ct);

    private static async Task RuleAsync(HttpClient client, object rule)
    {
        var created = await client.PostJsonAsync(Rules, rule);
        Assert.True(created.Status == System.Net.HttpStatusCode.Created, created.ToString());
    }
}
