using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Integrations;
using Patchbay.Hub.Tests.Support;
using Patchbay.Sandbox.Faults;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Integrations;

public sealed class IntegrationTests(HubDatabases databases) : IAsyncLifetime
{
    private const string WrongToken = "ffffffffffffffffffffffffffffffff";

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private Shop _shop = null!;

    public async ValueTask InitializeAsync() => _shop = await Shop.OpenLentAsync(databases, TestDatabases.Sqlite, _ct);

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    private Database Database => _shop.Hub.Services.GetRequiredService<Database>();

    [Fact]
    public async Task A_wrong_secret_is_an_error_with_its_reason_and_is_corrected_by_a_change()
    {
        var created = await _shop.Client.PostJsonAsync("/api/v1/integrations", Twilio(WrongToken));
        Assert.Equal((202, "pending_verify"), ((int)created.Status, created.Text("status")));
        var path = $"/api/v1/integrations/{created.Text("id")}";
        var failed = await _shop.BecomesAsync(path, "error");
        Assert.NotEmpty(failed.Text("status_reason")!);

        var changed = await _shop.Client.PatchJsonAsync(
            path, new { credentials = new { auth_token = "0123456789abcdef0123456789abcdef" } });

        Assert.Equal((200, "pending_verify"), ((int)changed.Status, changed.Text("status")));
        Assert.Equal("••••cdef", changed.Text("credentials.auth_token"));
        var active = await _shop.BecomesAsync(path, "active");
        Assert.Null(active.Text("status_reason"));
        Assert.Equal(["pending_verify", "error", "pending_verify", "active"], await StatusEventsAsync(created.Text("id")!));
        Assert.Equal(["integration.create", "integration.status", "integration.update", "integration.status", "integration.status"],
            await ActionsAsync(created.Text("id")!));
    }

    [Fact]
    public async Task What_was_pasted_with_white_space_around_it_is_taken_without()
    {
        var created = await _shop.Client.PostJsonAsync("/api/v1/integrations", Twilio(" 0123456789abcdef0123456789abcdef\n"));

        Assert.Equal("••••cdef", created.Text("credentials.auth_token"));
        await _shop.BecomesAsync($"/api/v1/integrations/{created.Text("id")}", "active");
    }

    [Theory]
    [InlineData("")]
    [InlineData("0123456789abcdef 0123456789abcdef")]
    [InlineData("0123456789abcdef\n0123456789abcdef")]
    public async Task A_secret_that_cannot_be_one_is_refused(string token)
    {
        var created = await _shop.Client.PostJsonAsync("/api/v1/integrations", Twilio(token));

        Assert.Equal(422, (int)created.Status);
        Assert.True(created["errors"].TryGetProperty("credentials.auth_token", out _), created.ToString());
    }

    [Fact]
    public async Task A_live_key_in_sandbox_mode_is_an_error_that_says_what_to_do()
    {
        var created = await _shop.Client.PostJsonAsync("/api/v1/integrations", new
        {
            provider = "stripe", mode = "sandbox",
            credentials = new { secret_key = "sk_live_4eC39HqLyjWDarjtT1zdp7dc", webhook_secret = "whsec_test_secret" },
        });

        var failed = await _shop.BecomesAsync($"/api/v1/integrations/{created.Text("id")}", "error");

        Assert.Contains("Enter the test key (sk_test_...)", failed.Text("status_reason"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_without_a_webhook_secret_has_its_address_registered_at_the_provider_and_taken_back_with_its_end()
    {
        var (id, path) = await CreateWithoutSecretAsync("auto");
        await Eventually.BecomesAsync(
            async () => (await _shop.Client.GetJsonAsync(path))["webhook_setup"].ValueKind == JsonValueKind.Null,
            TimeSpan.FromSeconds(30), _ct);
        var payment = await PayEarlyAsync(id);

        await _shop.BecomesAsync($"/api/v1/payments/{payment}", "succeeded");   // by the webhook
        Assert.Contains("integration.webhook_registered", await ActionsAsync(id));
        Assert.Equal(1, _shop.Hub.Sandbox.Ledger.Requests("stripe", "webhook_endpoints.create"));

        await _shop.Client.DeleteJsonAsync(path);
        await Eventually.BecomesAsync(
            () => _shop.Hub.Sandbox.Ledger.Requests("stripe", "webhook_endpoints.delete") == 1, TimeSpan.FromSeconds(30), _ct);
    }

    [Fact]
    public async Task One_whose_address_cannot_be_registered_works_and_says_what_is_left_to_do()
    {
        _shop.Hub.Sandbox.Faults.Add(new(FaultKind.Status) { Status = 403, Provider = "stripe", Operation = "webhook_endpoints.list" });
        var (id, path) = await CreateWithoutSecretAsync("setup");
        await Eventually.BecomesAsync(
            async () => (await _shop.Client.GetJsonAsync(path)).Text("webhook_setup.problem") is not null, TimeSpan.FromSeconds(30), _ct);
        var active = await _shop.Client.GetJsonAsync(path);

        Assert.Equal(active.Text("webhook_url"), active.Text("webhook_setup.url"));
        Assert.Equal("webhook_secret", active.Text("webhook_setup.secret_field"));
        Assert.Contains(
            "payment_intent.succeeded",
            active["webhook_setup"].GetProperty("events").EnumerateArray().Select(one => one.GetString()));
        Assert.NotEqual(0, active["webhook_setup"].GetProperty("steps").GetArrayLength());
        Assert.Equal(401, (int)(await _shop.Client.PostJsonAsync(new Uri(active.Text("webhook_url")!).AbsolutePath, "{}")).Status);
        await PayEarlyAsync(id);

        await _shop.Client.PatchJsonAsync(path, new { credentials = new { webhook_secret = Shop.WebhookSecret } });

        Assert.Equal(JsonValueKind.Null, (await RenewedAsync(path))["webhook_setup"].ValueKind);
    }

    private async Task<(string Id, string Path)> CreateWithoutSecretAsync(string name)
    {
        var created = await _shop.Client.PostJsonAsync("/api/v1/integrations", new
        {
            provider = "stripe", credentials = new { secret_key = Shop.StripeKey.Insert("sk_test_".Length, name) },
        });
        Assert.Equal((202, "webhook_secret"), ((int)created.Status, created.Text("webhook_setup.secret_field")));
        var path = $"/api/v1/integrations/{created.Text("id")}";
        await _shop.BecomesAsync(path, "active");
        return (created.Text("id")!, path);
    }

    private async Task<string?> PayEarlyAsync(string integration)
    {
        var payment = await _shop.Client.PostJsonAsync(
            "/api/v1/payments",
            new
            {
                amount = "20.00", currency = "EUR", reference = "early", integration_id = integration, return_url = "https://a.example/",
            },
            "early", TimeSpan.FromSeconds(20));
        Assert.Equal("requires_action", payment.Text("status"));
        return payment.Text("id");
    }

    [Fact]
    public async Task A_masked_value_sent_back_leaves_what_is_stored()
    {
        var shown = await _shop.Client.GetJsonAsync($"/api/v1/integrations/{_shop.Stripe}");
        Assert.Equal("••••p7dc", shown.Text("credentials.secret_key"));

        var changed = await _shop.Client.PatchJsonAsync(
            $"/api/v1/integrations/{_shop.Stripe}", new { name = "Shop", credentials = shown["credentials"] });

        Assert.Equal(("active", "Shop"), (changed.Text("status"), changed.Text("name")));   // nothing to verify
        await _shop.PaidAsync("20.00");   // key and webhook secret still work
    }

    [Fact]
    public async Task A_mask_that_is_not_as_it_was_shown_is_refused()
    {
        var path = $"/api/v1/integrations/{_shop.Stripe}";
        var other = await _shop.Client.PatchJsonAsync(path, new { credentials = new { secret_key = "••••9999" } });
        var none = await _shop.Client.PatchJsonAsync(path, new { credentials = new { webhook_secret_previous = "••••zzzz" } });
        var begun = await _shop.Client.PostJsonAsync("/api/v1/integrations", Twilio("••••cdef"));

        Assert.Equal(["credentials.secret_key"], other["errors"].EnumerateObject().Select(fault => fault.Name));
        Assert.Equal(["credentials.webhook_secret_previous"], none["errors"].EnumerateObject().Select(fault => fault.Name));
        Assert.Contains("credentials.auth_token", begun["errors"].EnumerateObject().Select(fault => fault.Name));
    }

    [Fact]
    public async Task Null_clears_an_optional_field_and_cannot_clear_a_required_one()
    {
        var path = $"/api/v1/integrations/{_shop.Stripe}";
        var with = await _shop.Client.PatchJsonAsync(path, new { credentials = new { publishable_key = "pk_test_abc" } });
        Assert.Equal("pk_test_abc", with.Text("new_credentials.publishable_key"));
        await RenewedAsync(path);

        var required = await _shop.Client.PatchJsonAsync(path, """{"credentials":{"secret_key":null}}""");
        var without = await _shop.Client.PatchJsonAsync(path, """{"credentials":{"publishable_key":null}}""");

        Assert.Equal(422, (int)required.Status);
        Assert.Contains("credentials.secret_key", required["errors"].EnumerateObject().Select(fault => fault.Name));
        Assert.False(without["new_credentials"].TryGetProperty("publishable_key", out _));
        Assert.False((await RenewedAsync(path))["credentials"].TryGetProperty("publishable_key", out _));
    }

    [Fact]
    public async Task The_old_credentials_work_until_the_new_ones_are_found_to()
    {
        const string Other = "fedcba9876543210fedcba9876543210";
        var path = $"/api/v1/integrations/{_shop.Twilio}";
        _shop.Hub.Sandbox.Faults.Add(new(FaultKind.ServerError) { Provider = "twilio", Operation = "accounts.get" });
        var changed = await _shop.Client.PatchJsonAsync(path, new { credentials = new { auth_token = Other } });
        var sent = await SendAsync();

        Assert.Equal(("active", "••••cdef", "••••3210"),
            (changed.Text("status"), changed.Text("credentials.auth_token"), changed.Text("new_credentials.auth_token")));
        await _shop.BecomesAsync($"/api/v1/messages/{sent}", "delivered");

        _shop.Hub.Sandbox.Faults.Clear();
        Assert.Equal("••••3210", (await RenewedAsync(path)).Text("credentials.auth_token"));
        Assert.Equal(["pending_verify", "active"], await StatusEventsAsync(_shop.Twilio));
    }

    [Fact]
    public async Task New_credentials_that_do_not_work_leave_the_old_ones_and_say_so()
    {
        var path = $"/api/v1/integrations/{_shop.Twilio}";

        var changed = await _shop.Client.SendJsonAsync(
            HttpMethod.Patch, path, new { credentials = new { auth_token = WrongToken } }, wait: TimeSpan.FromSeconds(20));

        Assert.Equal((200, "active", "••••cdef"), ((int)changed.Status, changed.Text("status"), changed.Text("credentials.auth_token")));
        Assert.Contains("the old ones are in use", changed.Text("status_reason"), StringComparison.Ordinal);
        Assert.Contains("integration.renewal_failed", await ActionsAsync(_shop.Twilio));
        await _shop.BecomesAsync($"/api/v1/messages/{await SendAsync()}", "delivered");
    }

    [Fact]
    public async Task What_was_entered_last_is_what_is_taken_over()
    {
        var path = $"/api/v1/integrations/{_shop.Twilio}";
        _shop.Hub.Sandbox.Faults.Add(
            new(FaultKind.Slow) { Provider = "twilio", Operation = "accounts.get", Delay = TimeSpan.FromSeconds(3) });

        foreach (var token in new[] { WrongToken, "fedcba9876543210fedcba9876543210" })
            Assert.Equal(200, (int)(await _shop.Client.PatchJsonAsync(path, new { credentials = new { auth_token = token } })).Status);
        _shop.Hub.Sandbox.Faults.Clear();

        Assert.Equal("••••3210", (await RenewedAsync(path)).Text("credentials.auth_token"));
        Assert.DoesNotContain("integration.renewal_failed", await ActionsAsync(_shop.Twilio));
    }

    [Fact]
    public async Task Credentials_entered_while_it_is_switched_off_are_verified_when_it_is_activated()
    {
        var path = $"/api/v1/integrations/{_shop.Twilio}";
        await _shop.Client.PostJsonAsync(path + "/disable");
        var changed = await _shop.Client.PatchJsonAsync(path, new { credentials = new { auth_token = WrongToken } });
        Assert.Equal("inactive", changed.Text("status"));

        var activated = await _shop.Client.PostJsonAsync(path + "/activate");

        Assert.Equal("pending_verify", activated.Text("status"));
        await _shop.BecomesAsync(path, "error");
    }

    [Fact]
    public async Task Only_what_is_active_is_disabled_and_only_what_is_disabled_is_activated()
    {
        var path = $"/api/v1/integrations/{_shop.Twilio}";
        Assert.Equal("wrong_status", (await _shop.Client.PostJsonAsync(path + "/activate")).Text("code"));
        Assert.Equal("inactive", (await _shop.Client.PostJsonAsync(path + "/disable")).Text("status"));
        Assert.Equal("wrong_status", (await _shop.Client.PostJsonAsync(path + "/disable")).Text("code"));
        Assert.Equal("active", (await _shop.Client.PostJsonAsync(path + "/activate")).Text("status"));
    }

    [Fact]
    public async Task Three_refusals_of_the_credentials_in_a_row_are_an_error_and_a_success_in_between_ends_the_count()
    {
        await RefusedAsync(count: 1);
        await RefusedAsync(count: 2);
        await _shop.DeliveredAsync(await SendAsync());
        await HealthAsync("authentication_failures", 0);
        await RefusedAsync(count: 1);
        await RefusedAsync(count: 2);
        Assert.Equal("active", (await _shop.Client.GetJsonAsync($"/api/v1/integrations/{_shop.Twilio}")).Text("status"));

        await RefusedAsync(count: 3);

        var failed = await _shop.BecomesAsync($"/api/v1/integrations/{_shop.Twilio}", "error");
        Assert.Contains("refuses the credentials", failed.Text("status_reason"), StringComparison.Ordinal);
        Assert.Equal(["pending_verify", "active", "error"], await StatusEventsAsync(_shop.Twilio));
        var next = await _shop.Client.PostJsonAsync(
            "/api/v1/messages", new { channel = "sms", to = "+14155550123", body = "x", integration_id = _shop.Twilio });
        Assert.Equal((422, "no_active_provider"), ((int)next.Status, next.Text("code")));
        _shop.Hub.Sandbox.Faults.Clear();
        await _shop.Client.PostJsonAsync($"/api/v1/integrations/{_shop.Twilio}/verify");
        await _shop.BecomesAsync($"/api/v1/integrations/{_shop.Twilio}", "active");
    }

    [Fact]
    public async Task Three_failed_health_checks_are_an_error_and_one_that_passes_brings_it_back()
    {
        _shop.Hub.Sandbox.Faults.Add(new(FaultKind.Status) { Provider = "twilio", Operation = "accounts.get", Status = 403 });
        for (var failed = 1; failed <= 2; failed++)
        {
            await CheckHealthAsync();
            await HealthAsync("failed_checks", failed);
        }

        Assert.Equal("active", (await _shop.Client.GetJsonAsync($"/api/v1/integrations/{_shop.Twilio}")).Text("status"));
        await CheckHealthAsync();
        await _shop.BecomesAsync($"/api/v1/integrations/{_shop.Twilio}", "error");

        _shop.Hub.Sandbox.Faults.Clear();
        await CheckHealthAsync();

        await _shop.BecomesAsync($"/api/v1/integrations/{_shop.Twilio}", "active");
        Assert.Equal(["pending_verify", "active", "error", "active"], await StatusEventsAsync(_shop.Twilio));
        var health = await _shop.Client.GetJsonAsync($"/api/v1/integrations/{_shop.Twilio}/health");
        Assert.Equal(0, health["failed_checks"].GetInt32());
        Assert.InRange(health["next_check_at"].GetDateTimeOffset()
            - TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(13), TimeSpan.FromMinutes(17));
    }

    [Fact]
    public async Task What_rules_point_at_is_not_deleted_and_what_was_deleted_still_has_its_history()
    {
        var message = await SendAsync();
        var delivery = (await _shop.DeliveredAsync(message)).GetProperty("id").GetString();
        var path = $"/api/v1/integrations/{_shop.Twilio}";
        var rule = (await _shop.Client.GetJsonAsync("/api/v1/routing-rules"))["data"][0].GetProperty("id").GetString()!;

        var refused = await _shop.Client.DeleteJsonAsync(path);
        var fallback = await _shop.Client.DeleteJsonAsync($"/api/v1/integrations/{_shop.Plivo}");
        await _shop.Client.DeleteJsonAsync($"/api/v1/routing-rules/{rule}");
        var deleted = await _shop.Client.DeleteJsonAsync(path);

        Assert.Equal((409, "integration_in_use"), ((int)refused.Status, refused.Text("code")));
        Assert.Contains(rule, refused.Text("detail"), StringComparison.Ordinal);
        Assert.Equal(409, (int)fallback.Status);
        Assert.Equal(200, (int)deleted.Status);
        Assert.Equal(404, (int)(await _shop.Client.GetJsonAsync(path)).Status);
        Assert.Equal(404, (int)(await _shop.Client.PostJsonAsync(path + "/activate")).Status);
        Assert.Equal(404, (int)(await _shop.Client.DeleteJsonAsync(path)).Status);
        Assert.DoesNotContain(_shop.Twilio, (await _shop.Client.GetJsonAsync("/api/v1/integrations")).ToString(), StringComparison.Ordinal);
        var old = await _shop.Client.GetJsonAsync($"/api/v1/deliveries/{delivery}");
        Assert.Equal(("delivered", _shop.Twilio), (old.Text("status"), old.Text("integration_id")));
        Assert.Single((await _shop.Client.GetJsonAsync($"/api/v1/deliveries?integration_id={_shop.Twilio}&capability=send_sms"))["data"]
            .EnumerateArray());
        Assert.Equal([0], await Database.QueryAsync(
            "SELECT length(credentials) AS n FROM integrations WHERE tenant_id = @Tenant AND deleted_at IS NOT NULL", new { _shop.Tenant },
            row => row.Int("n"), _ct));
    }

    [Fact]
    public async Task A_capability_that_is_switched_off_is_routed_around()
    {
        var changed = await _shop.Client.PatchJsonAsync(
            $"/api/v1/integrations/{_shop.Twilio}", new { capabilities = new[] { "send_whatsapp" } });
        Assert.Equal(("active", 1), (changed.Text("status"), changed["capabilities"].GetArrayLength()));

        var delivery = await _shop.DeliveredAsync(await SendAsync(named: false));
        var named = await _shop.Client.PostJsonAsync(
            "/api/v1/messages", new { channel = "sms", to = "+14155550123", body = "x", integration_id = _shop.Twilio });
        var foreign = await _shop.Client.PatchJsonAsync(
            $"/api/v1/integrations/{_shop.Twilio}", new { capabilities = new[] { "process_refund" } });

        Assert.Equal(_shop.Plivo, delivery.GetProperty("integration_id").GetString());
        Assert.Contains("capability_off", delivery.GetProperty("route").ToString(), StringComparison.Ordinal);
        Assert.Equal(422, (int)named.Status);
        Assert.Equal(["capabilities"], foreign["errors"].EnumerateObject().Select(fault => fault.Name));
    }

    [Fact]
    public async Task Two_integrations_of_one_provider_serve_their_companies()
    {
        var north = await _shop.AddAsync(Twilio("0123456789abcdef0123456789abcdef", "north"));
        var south = await _shop.AddAsync(Twilio("0123456789abcdef0123456789abcdef", "south"));
        foreach (var (company, integration) in new[] { ("north", north), ("south", south) })
        {
            await _shop.RuleAsync(new
            {
                capability = "send_sms", priority = 1, integration_id = integration,
                conditions = new[] { new { field = "company_id", @operator = "eq", value = company } },
            });
        }

        Assert.Equal(south, await IntegrationOfAsync("south"));
        Assert.Equal(north, await IntegrationOfAsync("north"));
        Assert.Equal(_shop.Twilio, await IntegrationOfAsync("west"));

        async Task<string?> IntegrationOfAsync(string company) => (await _shop.Client.PostJsonAsync(
            "/api/v1/messages", new { channel = "sms", to = "+14155550123", body = "x", metadata = new { company_id = company } })).Text(
                "integration_id");
    }

    [Theory]
    [InlineData("""{"requests_per_second":0}""", "settings.requests_per_second")]
    [InlineData("""{"concurrency":"many"}""", "settings.concurrency")]
    [InlineData("""{"concurrency":1.5}""", "settings.concurrency")]
    [InlineData("""{"timeout_seconds":500}""", "settings.timeout_seconds")]
    [InlineData("""{"retry":5}""", "settings.retry")]
    [InlineData("""{"retry":{"tries":0}}""", "settings.retry.tries")]
    [InlineData("""{"retry":{"window_seconds":-1}}""", "settings.retry.window_seconds")]
    [InlineData("""{"retry":{"first_delay_seconds":0}}""", "settings.retry.first_delay_seconds")]
    public async Task Wrong_settings_are_refused_with_the_field_named(string settings, string field)
    {
        var reply = await _shop.Client.PatchJsonAsync($"/api/v1/integrations/{_shop.Twilio}", $$"""{"settings":{{settings}}}""");

        Assert.True((int)reply.Status == 422, reply.ToString());
        Assert.Equal([field], reply["errors"].EnumerateObject().Select(fault => fault.Name));
    }

    [Fact]
    public async Task A_test_answers_with_its_result_and_leaves_the_status()
    {
        var path = $"/api/v1/integrations/{_shop.Twilio}";
        var good = await _shop.Client.PostJsonAsync(path + "/test");
        Assert.True((int)good.Status == 200, good.ToString());
        Assert.True(good["ok"].GetBoolean());
        Assert.NotEmpty(good.Text("account")!);
        Assert.Equal("delivered", (await _shop.Client.GetJsonAsync($"/api/v1/deliveries/{good.Text("delivery_id")}")).Text("status"));

        _shop.Hub.Sandbox.Faults.Add(new(FaultKind.Status) { Provider = "twilio", Operation = "accounts.get", Status = 401 });
        var bad = await _shop.Client.PostJsonAsync(path + "/test", idempotencyKey: "test");
        var again = await _shop.Client.PostJsonAsync(path + "/test", idempotencyKey: "test");
        _shop.Hub.Sandbox.Faults.Clear();
        _shop.Hub.Sandbox.Faults.Add(new(FaultKind.ServerError) { Provider = "twilio", Operation = "accounts.get" });
        var broken = await _shop.Client.PostJsonAsync(path + "/test");

        Assert.Equal((200, false, null), ((int)bad.Status, bad["ok"].GetBoolean(), bad.Text("account")));
        Assert.NotEmpty(bad.Text("error_code")!);
        Assert.NotEmpty(bad.Text("error_message")!);
        Assert.Equal(bad.Body.GetRawText(), again.Body.GetRawText());
        Assert.Equal((200, false), ((int)broken.Status, broken["ok"].GetBoolean()));
        Assert.Equal("active", (await _shop.Client.GetJsonAsync(path)).Text("status"));
        Assert.Equal(0, (await _shop.Client.GetJsonAsync(path + "/health"))["failed_checks"].GetInt32());
    }

    [Fact]
    public async Task A_test_that_takes_longer_than_the_caller_waits_answers_with_its_delivery()
    {
        var path = $"/api/v1/integrations/{_shop.Twilio}";
        await _shop.Client.PatchJsonAsync(path, new { settings = new { timeout_seconds = 10 } });
        _shop.Hub.Sandbox.Faults.Add(
            new(FaultKind.Slow) { Provider = "twilio", Operation = "accounts.get", Delay = TimeSpan.FromSeconds(1.5) });

        var reply = await _shop.Client.PostJsonAsync(path + "/test", wait: TimeSpan.FromSeconds(1));

        Assert.Equal((202, JsonValueKind.Null), ((int)reply.Status, reply["ok"].ValueKind));
        await _shop.BecomesAsync($"/api/v1/deliveries/{reply.Text("delivery_id")}", "delivered");
    }

    [Fact]
    public async Task An_incident_of_a_provider_holds_and_releases_all_its_integrations_together()
    {
        var second = await _shop.AddAsync(Twilio("0123456789abcdef0123456789abcdef", "second"));
        var expected = new[] { _shop.Twilio, second };

        var held = await _shop.Client.PostJsonAsync("/api/v1/integrations/providers/twilio/incident", new { active = true });

        Assert.True((int)held.Status == 200, held.ToString());
        Assert.Equal(expected, held["data"].EnumerateArray().Select(integration => integration.GetProperty("id").GetString()));
        foreach (var id in expected)
            Assert.True(await IsHeldAsync(id));
        Assert.False(await IsHeldAsync(_shop.Plivo));
        var message = await SendAsync();
        await Task.Delay(200, _ct);
        Assert.Equal(0, _shop.Hub.Sandbox.Ledger.Requests("twilio", "messages.create"));

        var released = await _shop.Client.PostJsonAsync(
            "/api/v1/integrations/providers/twilio/incident", new { active = false, release_per_second = 20 });

        Assert.All(released["data"].EnumerateArray(), integration => Assert.Equal(20, integration.GetProperty("release_rate").GetDouble()));
        await _shop.DeliveredAsync(message);
        Assert.Equal(["integration.incident", "integration.incident"],
            (await ActionsAsync(second)).Where(action => action == "integration.incident"));
        foreach (var id in expected)   // nothing waits any more
        {
            await Eventually.BecomesAsync(
                async () => (await _shop.Client.GetJsonAsync($"/api/v1/integrations/{id}"))["release_rate"].ValueKind == JsonValueKind.Null,
                TimeSpan.FromSeconds(60), _ct);
        }
    }

    [Theory]
    [InlineData("nobody", """{"active":true}""", 404)]
    [InlineData("pigeon", """{"active":true}""", 404)]
    [InlineData("twilio", "{}", 422)]
    [InlineData("twilio", """{"active":false,"release_per_second":0}""", 422)]
    public async Task An_incident_needs_a_provider_in_use_and_a_switch(string provider, string body, int status)
    {
        var reply = await _shop.Client.PostJsonAsync($"/api/v1/integrations/providers/{provider}/incident", body);

        Assert.True((int)reply.Status == status, reply.ToString());
        Assert.False(await IsHeldAsync(_shop.Twilio));
    }

    private async Task<bool> IsHeldAsync(string id) => (await _shop.Client.GetJsonAsync($"/api/v1/integrations/{id}"))["held"].GetBoolean();

    private static object Twilio(string token, string? company = null) => new
    {
        provider = "twilio", mode = "sandbox", company_id = company, name = company,
        credentials = new { account_sid = Shop.TwilioSid, auth_token = token, from_number = "+14155550100" },
    };

    private async Task<string> SendAsync(bool named = true)
    {
        var reply = await _shop.Client.PostJsonAsync(
            "/api/v1/messages", new { channel = "sms", to = "+14155550123", body = "x", integration_id = named ? _shop.Twilio : null });
        Assert.True((int)reply.Status == 202, reply.ToString());
        return reply.Text("id")!;
    }

    /// <summary>As it stands when its new credentials are verified.</summary>
    private async Task<HubReply> RenewedAsync(string path)
    {
        await Eventually.BecomesAsync(
            async () => (await _shop.Client.GetJsonAsync(path))["new_credentials"].ValueKind == JsonValueKind.Null,
            TimeSpan.FromSeconds(60), _ct);
        return await _shop.BecomesAsync(path, "active");
    }

    private async Task RefusedAsync(int count)
    {
        _shop.Hub.Sandbox.Faults.Add(new(FaultKind.Status) { Provider = "twilio", Operation = "messages.create", Status = 401, Count = 1 });
        await _shop.BecomesAsync($"/api/v1/messages/{await SendAsync()}", "failed");
        await HealthAsync("authentication_failures", count);
    }

    private Task HealthAsync(string counter, int value) => Eventually.BecomesAsync(
        async () => (await _shop.Client.GetJsonAsync($"/api/v1/integrations/{_shop.Twilio}/health"))[counter].GetInt32() == value,
        TimeSpan.FromSeconds(60), _ct);

    private async Task CheckHealthAsync()
    {
        await Database.ExecuteAsync(
            "UPDATE integrations SET check_at = @past WHERE id = @id",
            new { past = TimeProvider.System.GetUtcNow().AddMinutes(-1), id = TypeId.Parse<IntegrationId>(_shop.Twilio) }, _ct);
        await _shop.Hub.Services.GetRequiredService<IntegrationSchedule>().RunAsync(_ct);
    }

    private async Task<IReadOnlyList<string?>> StatusEventsAsync(string id) => await Database.QueryAsync(
        "SELECT data FROM events WHERE subject = @id AND type = 'integration.status_changed' ORDER BY id LIMIT 100", new { id },
        row => JsonDocument.Parse(row.Text("data")).RootElement.GetProperty("integration").GetProperty("status").GetString(), _ct);

    private async Task<IReadOnlyList<string>> ActionsAsync(string id) => await Database.QueryAsync(
        "SELECT action FROM audit WHERE subject = @id ORDER BY seq LIMIT 100", new { id }, row => row.Text("action"), _ct);
}
