using System.Net;
using System.Text.Json;
using Patchbay.Hub.Tests.Deliveries;
using Patchbay.Hub.Tests.Support;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.CountryGateways;

public abstract class CountryGatewayTests(HubDatabases databases, string kind) : IAsyncLifetime
{
    private const string Matrix = "/api/v1/payments/routing";

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private Shop _shop = null!;
    private string _till = "";
    private string _courier = "";

    public async ValueTask InitializeAsync()
    {
        _shop = await Shop.OpenLentAsync(databases, kind, _ct);
        _till = await AddAsync("till", new { drawer = Drawer.New().Name, pin = "hush-hush" });
        _courier = await AddAsync("courier", new { drawer = Drawer.New().Name, hook_secret = "hush-hush" });
    }

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task A_countrys_gateway_goes_ahead_of_the_rules_then_the_default_and_without_a_country_the_rules_decide()
    {
        await _shop.RuleAsync(new { capability = "initiate_payment", integration_id = _shop.Stripe, priority = -1_000_000 });
        await SetAsync("BR", new { deposit_gateway = "till", note = "as agreed" });
        await SetAsync("*", new { deposit_gateway = _shop.Stripe, withdrawal_gateway = "courier" });

        Assert.Equal(_till, await GoesToAsync("BR"));
        Assert.Equal(_shop.Stripe, await GoesToAsync("DE"));
        Assert.Equal(_shop.Stripe, await GoesToAsync(null));
        await SetAsync("*", new { deposit_gateway = "till" });
        Assert.Equal(_till, await GoesToAsync("DE"));
        Assert.Equal(_shop.Stripe, await GoesToAsync(null));

        await SetAsync("BR", new { deposit_gateway = "stripe", is_active = false });
        Assert.Equal(_till, await GoesToAsync("BR"));   // the default's
        Assert.Equal("stripe", (await _shop.Client.DeleteJsonAsync($"{Matrix}/br")).Text("deposit_gateway"));
        Assert.Equal(HttpStatusCode.NotFound, (await _shop.Client.GetJsonAsync($"{Matrix}/BR")).Status);
    }

    [Fact]
    public async Task The_matrix_is_shown_with_how_each_gateway_stands_and_its_rules_are_changed_only_here()
    {
        await SetAsync("*", new { deposit_gateway = "stripe", withdrawal_gateway = _courier });
        await SetAsync("BR", new { deposit_gateway = "till" });
        await _shop.Client.PostJsonAsync($"/api/v1/integrations/{_till}/disable");

        var rows = (await _shop.Client.GetJsonAsync(Matrix))["data"].EnumerateArray().ToList();

        Assert.Equal(["*", "BR"], rows.Select(row => row.Text("country")));
        Assert.Equal(
            ("stripe", "active", "courier", _courier),
            (rows[0].Text("deposit_gateway"), rows[0].Text("deposit_status"), rows[0].Text("withdrawal_gateway"),
                rows[0].Text("withdrawal_integration_id")));
        Assert.Equal(
            ("till", "inactive", null),
            (rows[1].Text("deposit_gateway"), rows[1].Text("deposit_status"), rows[1].Text("withdrawal_gateway")));
        var rule = (await _shop.Client.GetJsonAsync("/api/v1/routing-rules?capability=initiate_payment"))["data"].EnumerateArray()
            .Single(one => one.Text("gateway_country") == "BR").Text("id");
        var changed = await _shop.Client.PatchJsonAsync($"/api/v1/routing-rules/{rule}", new { priority = 1 });
        var deleted = await _shop.Client.DeleteJsonAsync($"/api/v1/routing-rules/{rule}");
        Assert.Equal(
            (409, "rule_of_country_gateway", 409), ((int)changed.Status, changed.Text("code"), (int)deleted.Status));
        var inUse = await _shop.Client.DeleteJsonAsync($"/api/v1/integrations/{_courier}");
        Assert.Equal("integration_in_use", inUse.Text("code"));
        var own = await _shop.Client.PostJsonAsync(
            "/api/v1/routing-rules", new { capability = "initiate_payment", integration_id = _shop.Stripe });
        Assert.Equal(10, own["priority"].GetInt32());
        var ordered = await _shop.Client.PostJsonAsync("/api/v1/routing-rules/reorder", new { ids = new[] { own.Text("id") } });
        Assert.Equal(HttpStatusCode.OK, ordered.Status);
    }

    [Fact]
    public async Task Who_takes_a_country_is_answered_and_nobody_is_a_404()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await _shop.Client.GetJsonAsync("/api/v1/payments/gateway?country=BR")).Status);
        await SetAsync("BR", new { deposit_gateway = "till" });
        await SetAsync("*", new { withdrawal_gateway = "courier" });

        var deposit = await _shop.Client.GetJsonAsync("/api/v1/payments/gateway?country=br&direction=deposit");
        var withdrawal = await _shop.Client.GetJsonAsync("/api/v1/payments/gateway?country=BR&direction=withdrawal");
        var camel = await _shop.Client.GetJsonAsync("/api/platform/payments/gateway?country=BR");
        var other = await _shop.Client.GetJsonAsync("/api/v1/payments/gateway?country=DE");
        var wrong = await _shop.Client.GetJsonAsync("/api/v1/payments/gateway?country=XX&direction=sideways");

        Assert.Equal(("till", _till, "redirect"), (deposit.Text("gateway"), deposit.Text("integration_id"), deposit.Text("type")));
        Assert.Equal(("courier", "api"), (withdrawal.Text("gateway"), withdrawal.Text("type")));
        Assert.Equal(_till, camel.Text("integrationId"));
        Assert.Equal(camel.ToString(), (await _shop.Client.GetJsonAsync("/payments/gateway?country=BR")).ToString());
        Assert.Equal(HttpStatusCode.NotFound, other.Status);
        Assert.Equal(["country", "direction"], wrong["errors"].EnumerateObject().Select(fault => fault.Name).Order());
    }

    [Fact]
    public async Task A_gateway_in_the_callers_page_says_with_which_script()
    {
        await AddAsync("praxis", new { merchant_id = "API-Test", application_key = "site-1", merchant_secret = "hush-hush-hush" });
        await SetAsync("*", new { deposit_gateway = "praxis" });

        var gateway = await _shop.Client.GetJsonAsync("/payments/gateway?country=BR");
        var payment = await _shop.PayAsync("10.00", new { country = "BR" });
        var action = (await _shop.BecomesAsync($"/api/v1/payments/{payment.Text("id")}", "requires_action"))["next_action"];

        Assert.Equal(("praxis", "embed"), (gateway.Text("gateway"), gateway.Text("type")));
        Assert.EndsWith("/praxis_cashier.v1_3.js", gateway.Text("scriptUrl"), StringComparison.Ordinal);
        Assert.Equal(("embed", gateway.Text("scriptUrl")), (action.Text("type"), action.Text("script_url")));
        Assert.NotNull(action.Text("cashier_token"));
    }

    [Fact]
    public async Task Who_cannot_reserve_money_is_not_asked_to()
    {
        await AddAsync("praxis", new { merchant_id = "API-Test", application_key = "site-1", merchant_secret = "hush-hush-hush" });
        await SetAsync("*", new { deposit_gateway = "praxis" });

        var payment = await _shop.PayAsync("10.00", new { country = "BR", capture = "manual" });

        var failed = await _shop.BecomesAsync($"/api/v1/payments/{payment.Text("id")}", "failed");
        Assert.Equal("manual_capture_not_supported", failed.Text("failure_code"));
        Assert.Equal(0, _shop.Hub.Sandbox.Ledger.PaymentsFor(payment.Text("id")!));
    }

    [Fact]
    public async Task A_change_is_tried_on_the_payments_there_were()
    {
        foreach (var country in new[] { "BR", "BR", "DE", null })
            await _shop.PayAsync("10.00", new { country, integration_id = _shop.Stripe });
        await _shop.RuleAsync(new { capability = "initiate_payment", integration_id = _shop.Stripe });

        var preview = await _shop.Client.PostJsonAsync($"{Matrix}/preview", new { country = "BR", deposit_gateway = "till" });
        var none = await _shop.Client.PostJsonAsync($"{Matrix}/preview", new { country = "BR", deposit_gateway = "stripe" });
        var everywhere = await _shop.Client.PostJsonAsync($"{Matrix}/preview", new { country = "*", deposit_gateway = "till" });

        Assert.Equal((4, 2), (preview["payments"].GetInt32(), preview["moved"].GetInt32()));
        var move = Assert.Single(preview["moves"].EnumerateArray());
        Assert.Equal(
            (_shop.Stripe, _till, 2),
            (move.Text("from_integration_id"), move.Text("to_integration_id"), move.GetProperty("payments").GetInt32()));
        Assert.Equal((0, 3), (none["moved"].GetInt32(), everywhere["moved"].GetInt32()));
        Assert.Empty((await _shop.Client.GetJsonAsync(Matrix))["data"].EnumerateArray());
    }

    [Theory]
    [InlineData("BR", """{}""", "deposit_gateway")]
    [InlineData("BR", """{"deposit_gateway":"nobody"}""", "deposit_gateway")]
    [InlineData("BR", """{"withdrawal_gateway":"stripe"}""", "withdrawal_gateway")]
    [InlineData("BR", """{"deposit_gateway":"plivo"}""", "deposit_gateway")]
    public async Task What_cannot_be_is_refused_with_the_field_named(string country, string body, string field)
    {
        var reply = await _shop.Client.PutJsonAsync($"{Matrix}/{country}", JsonSerializer.Deserialize<JsonElement>(body));

        Assert.Equal((422, field), ((int)reply.Status, reply["errors"].EnumerateObject().Single().Name));
        Assert.Equal(HttpStatusCode.NotFound, (await _shop.Client.PutJsonAsync($"{Matrix}/XX", new { deposit_gateway = "stripe" })).Status);
    }

    [Fact]
    public async Task Of_two_integrations_of_a_provider_one_is_named_by_its_id()
    {
        var second = await AddAsync("till", new { drawer = Drawer.New().Name, pin = "hush-hush" });

        var unclear = await _shop.Client.PutJsonAsync($"{Matrix}/BR", new { deposit_gateway = "till" });
        await SetAsync("BR", new { deposit_gateway = second });

        Assert.Contains("give the id", unclear.ToString(), StringComparison.Ordinal);
        Assert.Equal(second, await GoesToAsync("BR"));
    }

    private Task<string> AddAsync(string provider, object credentials) =>
        _shop.AddAsync(new { provider, mode = "sandbox", credentials, name = "one" });

    private async Task SetAsync(string country, object gateway)
    {
        var reply = await _shop.Client.PutJsonAsync($"{Matrix}/{country}", gateway);
        Assert.True(reply.Status == HttpStatusCode.OK, reply.ToString());
    }

    private async Task<string?> GoesToAsync(string? country) => (await _shop.PayAsync("10.00", new { country })).Text("integration_id");
}

public sealed class CountryGatewayTestsOnSqlite(HubDatabases databases) : CountryGatewayTests(databases, TestDatabases.Sqlite);

public sealed class CountryGatewayTestsOnPostgreSql(HubDatabases databases) : CountryGatewayTests(databases, TestDatabases.PostgreSql);
