using Microsoft.Extensions.DependencyInjection;
using Patchbay.Hub.Tests.Support;
using Patchbay.Platform.Access;
using Patchbay.Platform.Keys;
using Patchbay.Sandbox.Faults;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Integrations;

/// <summary>A test key and a live one of the same tenant: what is in sandbox mode belongs to the one, what is live to the other.</summary>
public abstract class ModeTests(HubDatabases databases, string kind) : IAsyncLifetime
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private Shop _shop = null!;
    private HttpClient _live = null!;

    private HttpClient Test => _shop.Client;

    public async ValueTask InitializeAsync()
    {
        _shop = await Shop.OpenLentAsync(databases, kind, _ct);
        var key = await _shop.Hub.Services.GetRequiredService<ApiKeyCreation>().CreateAsync(
            _shop.Tenant, new CreateApiKeyRequest("live", [Permissions.All], Mode: ApiKeyMode.Live), _ct);
        _live = _shop.Hub.Client(key.Value.Secret);
    }

    public async ValueTask DisposeAsync()
    {
        _live.Dispose();
        await _shop.DisposeAsync();
    }

    [Fact]
    public async Task A_key_sees_and_changes_only_integrations_of_its_mode()
    {
        var path = $"/api/v1/integrations/{_shop.Twilio}";
        var live = await LiveTwilioAsync();

        Assert.Equal([live], await IdsAsync(_live, "/api/v1/integrations"));
        Assert.DoesNotContain(live, await IdsAsync(Test, "/api/v1/integrations"));
        Assert.Empty(await IdsAsync(_live, "/api/v1/integrations?mode=sandbox"));
        Assert.Equal(404, (int)(await _live.GetJsonAsync(path)).Status);
        Assert.Equal(404, (int)(await _live.GetJsonAsync(path + "/health")).Status);
        Assert.Equal(404, (int)(await _live.PatchJsonAsync(path, new { name = "mine" })).Status);
        foreach (var action in new[] { "verify", "test", "activate", "disable" })
            Assert.Equal(404, (int)(await _live.PostJsonAsync($"{path}/{action}")).Status);
        Assert.Equal(404, (int)(await _live.PostJsonAsync(path + "/incident", new { active = true })).Status);
        Assert.Equal(404, (int)(await _live.DeleteJsonAsync(path)).Status);
        Assert.Equal(404, (int)(await _live.PostJsonAsync("/api/v1/integrations/providers/plivo/incident", new { active = true })).Status);
        Assert.Equal("active", (await Test.GetJsonAsync(path)).Text("status"));
        Assert.Equal((false, true), (await IsConfiguredAsync(_live, "plivo"), await IsConfiguredAsync(Test, "plivo")));
    }

    [Theory]
    [InlineData("live", "must be sandbox, or left out")]
    [InlineData("sandbox", "must be live, or left out")]
    public async Task A_key_makes_integrations_of_its_mode(string mode, string says)
    {
        var client = mode == "live" ? Test : _live;
        var credentials = new { account_sid = Shop.TwilioSid, auth_token = Shop.TwilioToken, from_number = "+14155550100" };

        var refused = await client.PostJsonAsync("/api/v1/integrations", new { provider = "twilio", mode, credentials });
        var made = await client.PostJsonAsync("/api/v1/integrations", new { provider = "twilio", credentials });

        Assert.Equal(422, (int)refused.Status);
        Assert.StartsWith(says, refused["errors"].GetProperty("mode")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal((202, mode == "live" ? "sandbox" : "live"), ((int)made.Status, made.Text("mode")));
    }

    [Fact]
    public async Task An_operation_goes_only_where_its_key_may_and_shows_its_mode()
    {
        var sms = new { channel = "sms", to = "+14155550123", body = "Hello" };
        var none = await _live.PostJsonAsync("/api/v1/messages", sms);
        var named = await _live.PostJsonAsync(
            "/api/v1/messages", new { channel = "sms", to = "+14155550123", body = "Hello", integration_id = _shop.Twilio });

        Assert.Equal((422, "no_active_provider"), ((int)none.Status, none.Text("code")));
        Assert.Contains("in live mode", none.Text("detail"), StringComparison.Ordinal);
        Assert.Contains("in live mode", named["errors"].GetProperty("integration_id")[0].GetString(), StringComparison.Ordinal);

        var live = await LiveTwilioAsync();
        var sent = await _live.PostJsonAsync("/api/v1/messages", sms, wait: TimeSpan.FromSeconds(20));
        var tried = await Test.PostJsonAsync("/api/v1/messages", sms, wait: TimeSpan.FromSeconds(20));

        Assert.Equal((live, "live"), (sent.Text("integration_id"), sent.Text("mode")));
        Assert.Equal((_shop.Twilio, "sandbox"), (tried.Text("integration_id"), tried.Text("mode")));
        Assert.Equal([sent.Text("id")], await IdsAsync(Test, "/api/v1/messages?mode=live"));
        Assert.Equal([tried.Text("id")], await IdsAsync(_live, "/api/v1/messages?mode=sandbox"));
        var delivery = await _shop.DeliveryOfAsync(sent.Text("id")!);
        Assert.Equal("live", delivery.GetProperty("mode").GetString());
        Assert.Contains(delivery.GetProperty("id").GetString(), await IdsAsync(Test, "/api/v1/deliveries?mode=live"));
        Assert.DoesNotContain(delivery.GetProperty("id").GetString(), await IdsAsync(Test, "/api/v1/deliveries?mode=sandbox"));
    }

    [Fact]
    public async Task Rules_name_integrations_of_their_mode_and_decide_in_it()
    {
        var live = await LiveTwilioAsync();
        var foreign = await _live.PostJsonAsync("/api/v1/routing-rules", Default(_shop.Twilio));
        var ofTest = (await Test.PostJsonAsync("/api/v1/routing-rules", Default(_shop.Plivo))).Text("id");
        var made = await _live.PostJsonAsync("/api/v1/routing-rules", Default(live));
        var ofLive = made.Text("id");

        Assert.Equal(422, (int)foreign.Status);
        Assert.Contains("in live mode", foreign["errors"].GetProperty("integration_id")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal((201, "live"), ((int)made.Status, made.Text("mode")));   // a default of each mode
        Assert.Equal([ofLive], await IdsAsync(Test, "/api/v1/routing-rules?mode=live"));
        Assert.Equal("live", (await Test.GetJsonAsync($"/api/v1/routing-rules/{ofLive}")).Text("mode"));
        Assert.Equal("wrong_mode", (await Test.PatchJsonAsync($"/api/v1/routing-rules/{ofLive}", new { note = "x" })).Text("code"));
        Assert.Equal("wrong_mode", (await Test.DeleteJsonAsync($"/api/v1/routing-rules/{ofLive}")).Text("code"));
        Assert.Equal(422, (int)(await Test.PostJsonAsync("/api/v1/routing-rules/reorder", new { ids = new[] { ofLive } })).Status);
        Assert.Equal(live, await EvaluatedAsync(_live));
        Assert.Equal(_shop.Twilio, await EvaluatedAsync(Test));
        Assert.Equal(200, (int)(await _live.DeleteJsonAsync($"/api/v1/routing-rules/{ofLive}")).Status);
        Assert.Equal(200, (int)(await Test.GetJsonAsync($"/api/v1/routing-rules/{ofTest}")).Status);
    }

    [Fact]
    public async Task Money_moves_only_by_a_key_of_its_mode()
    {
        var payment = await _shop.PaidAsync("50.00");
        var path = $"/api/v1/payments/{payment}";

        Assert.Equal("sandbox", (await _live.GetJsonAsync(path)).Text("mode"));
        Assert.Equal([payment], await IdsAsync(_live, "/api/v1/payments?mode=sandbox"));
        Assert.Empty(await IdsAsync(_live, "/api/v1/payments?mode=live"));
        foreach (var action in new[] { "refunds", "capture", "cancel", "verify" })
        {
            var refused = await _live.PostJsonAsync($"{path}/{action}", "{}", "live-" + action);
            Assert.Equal((403, "wrong_mode"), ((int)refused.Status, refused.Text("code")));
            Assert.Equal("It is in sandbox mode; use a ba_test_ key.", refused.Text("detail"));
        }

        Assert.Equal("succeeded", (await Test.GetJsonAsync(path)).Text("status"));
        var refund = await Test.PostJsonAsync(path + "/refunds", new { amount = "1.00" }, "refund");
        Assert.Equal((202, "sandbox"), ((int)refund.Status, refund.Text("mode")));
    }

    [Fact]
    public async Task Deliveries_are_acted_on_only_by_a_key_of_their_mode()
    {
        _shop.Hub.Sandbox.Faults.Add(new(FaultKind.Status) { Status = 400 });
        var refused = await Test.PostJsonAsync(
            "/api/v1/messages", new { channel = "sms", to = "+14155550123", body = "Hello" }, wait: TimeSpan.FromSeconds(20));
        Assert.Equal("failed", refused.Text("status"));
        var delivery = (await _shop.DeliveryOfAsync(refused.Text("id")!)).GetProperty("id").GetString();
        _shop.Hub.Sandbox.Faults.Clear();

        foreach (var (action, body) in new[] { ("retry", "{}"), ("cancel", "{}"), ("resolve", """{"outcome":"failed"}""") })
        {
            Assert.Equal("wrong_mode",
                (await _live.PostJsonAsync($"/api/v1/deliveries/{delivery}/{action}", body, "live-" + action)).Text("code"));
        }

        Assert.Equal((0, 1), await RetriedAsync(_live));
        Assert.Equal((1, 0), await RetriedAsync(Test));
    }

    [Fact]
    public async Task What_a_test_key_has_tried_is_no_answer_to_a_live_key()
    {
        var tried = await _shop.PayAsync("49.90", key: "order-1001");
        var live = await _live.PostJsonAsync(
            "/api/v1/payments", new { amount = "49.90", currency = "EUR", reference = "ord_1", return_url = "https://shop.example/back" },
            "order-1001");
        var again = await _shop.PayAsync("49.90", key: "order-1001");

        Assert.Equal("sandbox", tried.Text("mode"));
        Assert.Equal((422, "no_active_provider"), ((int)live.Status, live.Text("code")));   // its own attempt, in its own mode
        Assert.Equal(tried.Text("id"), again.Text("id"));

        var key = new { name = "k", permissions = new[] { "*" } };
        var made = await _live.PostJsonAsync("/api/v1/api-keys", key, "first-key");
        var other = await Test.PostJsonAsync("/api/v1/api-keys", key, "first-key");
        Assert.StartsWith("ba_live_", made.Text("secret"), StringComparison.Ordinal);
        Assert.StartsWith("ba_test_", other.Text("secret"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_key_changes_and_ends_no_live_key()
    {
        var live = await _live.PostJsonAsync("/api/v1/api-keys", new { name = "till", permissions = new[] { "read:payments" } });
        var path = $"/api/v1/api-keys/{live.Text("id")}";

        Assert.Equal("wrong_mode", (await Test.PatchJsonAsync(path, new { permissions = new[] { "*" } })).Text("code"));
        Assert.Equal("wrong_mode", (await Test.PostJsonAsync(path + "/revoke")).Text("code"));
        Assert.Equal(403, (int)(await Test.PostJsonAsync(path + "/rotate")).Status);
        var present = await Test.GetJsonAsync(path);
        Assert.Equal(("active", "read:payments"), (present.Text("status"), present["permissions"][0].GetString()));
        var test = await _live.PostJsonAsync("/api/v1/api-keys", new { name = "try", mode = "test", permissions = new[] { "*" } });
        Assert.Equal(200, (int)(await _live.PostJsonAsync($"/api/v1/api-keys/{test.Text("id")}/revoke")).Status);
    }

    [Fact]
    public async Task The_deliveries_of_a_deleted_integration_keep_its_mode_for_whoever_acts_on_them()
    {
        var live = await LiveTwilioAsync();
        await _live.PostJsonAsync($"/api/v1/integrations/{live}/incident", new { active = true });
        var sent = await _live.PostJsonAsync("/api/v1/messages", new { channel = "sms", to = "+14155550123", body = "Hello" });
        var delivery = (await _shop.DeliveryOfAsync(sent.Text("id")!)).GetProperty("id").GetString();
        await _live.DeleteJsonAsync($"/api/v1/integrations/{live}");

        Assert.Equal("wrong_mode", (await Test.PostJsonAsync($"/api/v1/deliveries/{delivery}/cancel")).Text("code"));
        Assert.Equal("wrong_mode", (await Test.PostJsonAsync($"/api/v1/messages/{sent.Text("id")}/cancel")).Text("code"));
        Assert.Equal(202, (int)(await _live.PostJsonAsync($"/api/v1/deliveries/{delivery}/cancel")).Status);
    }

    private static object Default(string integration) => new { capability = "send_sms", is_default = true, integration_id = integration };

    private async Task<string> LiveTwilioAsync()
    {
        var reply = await _live.PostJsonAsync(
            "/api/v1/integrations",
            new { provider = "twilio", credentials = new
                { account_sid = Shop.TwilioSid, auth_token = Shop.TwilioToken, from_number = "+14155550100" } },
            wait: TimeSpan.FromSeconds(20));
        Assert.Equal((200, "live"), ((int)reply.Status, reply.Text("mode")));
        return reply.Text("id")!;
    }

    private static async Task<string?> EvaluatedAsync(HttpClient client) => (await client.PostJsonAsync(
        "/api/v1/routing-rules/evaluate", new { capability = "send_sms", context = new { } }))["decision"].GetProperty("integration_id")
        .GetString();

    private static async Task<IReadOnlyList<string?>> IdsAsync(HttpClient client, string path) =>
        [.. (await client.GetJsonAsync(path))["data"].EnumerateArray().Select(row => row.GetProperty("id").GetString())];

    private static async Task<bool> IsConfiguredAsync(HttpClient client, string provider) =>
        (await client.GetJsonAsync("/api/v1/integrations/providers"))["data"].EnumerateArray()
            .Single(row => row.GetProperty("name").GetString() == provider).GetProperty("is_configured").GetBoolean();

    /// <summary>How many exhausted deliveries a bulk retry brought back, and how many it passed over.</summary>
    private async Task<(int Done, int Skipped)> RetriedAsync(HttpClient client)
    {
        var job = await client.PostJsonAsync("/api/v1/deliveries/retry", new { filter = new { capability = "send_sms" } });
        HubReply reply = null!;
        await Eventually.BecomesAsync(
            async () => (reply = await client.GetJsonAsync($"/api/v1/jobs/{job.Text("id")}")).Text("status") == "done",
            TimeSpan.FromSeconds(60), _ct);
        return (reply["done"].GetInt32(), reply["skipped"].GetInt32());
    }
}

public sealed class ModeTestsOnSqlite(HubDatabases databases) : ModeTests(databases, TestDatabases.Sqlite);

public sealed class ModeTestsOnPostgreSql(HubDatabases databases) : ModeTests(databases, TestDatabases.PostgreSql);
