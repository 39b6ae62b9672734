using System.Text.Json;
using Patchbay.Hub.Tests.Support;
using Patchbay.Sandbox.Faults;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Payouts;

/// <summary>Payouts by PayPal, played by its double.</summary>
public abstract class PayPalPayoutTests(HubDatabases databases, string kind) : ShopTests(databases, kind)
{
    private static int s_count;

    [Fact]
    public async Task Money_arrives_is_told_by_webhook_and_what_it_cost_is_kept()
    {
        var integration = await OpenAsync();

        var id = await PayOutAsync("20.00", integration);

        var paid = await Shop.BecomesAsync($"/api/v1/payouts/{id}", "paid");
        Assert.Equal("a••••@example.com", paid.Text("destination.shown"));
        Assert.Equal("payout.paid", (await Shop.EventsAsync(id, Token))[^1]);
        var told = Assert.Single((await Shop.Client.GetJsonAsync($"/api/v1/inbox?integration_id={integration}"))["data"].EnumerateArray());
        Assert.Equal("processed", told.Text("status"));
        await Eventually.BecomesAsync(
            async () => (await Shop.Client.GetJsonAsync($"/api/v1/costs?subject_id={id}"))["data"].EnumerateArray()
                .Select(cost => (cost.Text("kind"), cost.Text("amount"), cost.Text("currency"))).SequenceEqual([("fee", "0.40", "EUR")]),
            TimeSpan.FromSeconds(30), Token);
        Assert.Equal(1, Shop.Hub.Sandbox.Ledger.PayoutsFor(id));
    }

    /// <summary>A time-out, a 500 and a broken connection, each after PayPal did the work: no webhook helps to find it out.</summary>
    [Theory]
    [InlineData("200.99")]
    [InlineData("200.52")]
    [InlineData("200.97")]
    public async Task An_answer_that_is_lost_after_the_work_pays_once(string amount)
    {
        var integration = await OpenAsync(deaf: true);

        var id = await PayOutAsync(amount, integration);

        var delivery = await Shop.DeliveredAsync(id);
        Assert.Equal((2, 1), (delivery.GetProperty("attempts").GetArrayLength(), Shop.Hub.Sandbox.Ledger.PayoutsFor(id)));
        await Shop.Client.PostJsonAsync($"/api/v1/payouts/{id}/verify");
        await Shop.BecomesAsync($"/api/v1/payouts/{id}", "paid");
    }

    /// <summary>PayPal cannot be asked whether it has it, and sending it again to find out is what the switch forbids.</summary>
    [Fact]
    public async Task What_is_in_doubt_when_the_kill_switch_is_turned_is_not_sent_and_waits_for_a_person()
    {
        var integration = await OpenAsync(retryAfterSeconds: 5);   // the switch is turned before the second try
        Shop.Hub.Sandbox.Faults.Add(
            new SandboxFault(FaultKind.DropBeforeWork) { Provider = "paypal", Operation = "payouts.create", Count = 1 });
        var id = await PayOutAsync("20.00", integration);
        await Eventually.BecomesAsync(
            async () => (await Shop.DeliveryOfAsync(id)).GetProperty("attempt_count").GetInt32() > 0, TimeSpan.FromSeconds(30), Token);
        await SetAsync(enabled: false);

        JsonElement held = default;
        await Eventually.BecomesAsync(
            async () => (held = await Shop.DeliveryOfAsync(id)).GetProperty("status").GetString() == "exhausted",
            TimeSpan.FromSeconds(30), Token);
        Assert.Equal(
            ("unresolved", "payouts_disabled"), (held.GetProperty("reason").GetString(), held.GetProperty("error_code").GetString()));
        Assert.Equal("pending", (await Shop.Client.GetJsonAsync($"/api/v1/payouts/{id}")).Text("status"));
        Assert.Equal(0, Shop.Hub.Sandbox.Ledger.PayoutsFor(id));

        await SetAsync(enabled: true);
        await Shop.Client.PostJsonAsync($"/api/v1/deliveries/{held.GetProperty("id").GetString()}/resolve", new { outcome = "retry" });
        await Shop.BecomesAsync($"/api/v1/payouts/{id}", "paid");
        Assert.Equal(1, Shop.Hub.Sandbox.Ledger.PayoutsFor(id));
    }

    [Fact]
    public async Task What_nobody_claims_comes_back_and_what_PayPal_does_not_reach_is_never_sent()
    {
        var integration = await OpenAsync();

        var unclaimed = await PayOutAsync("20.00", integration, "nobody.0004@example.com");
        var elsewhere = await PayOutAsync("20.00", integration, "an-old-wallet");

        var refused = await Shop.BecomesAsync($"/api/v1/payouts/{elsewhere}", "failed");
        Assert.Equal("destination_not_supported", refused.Text("failure_code"));
        var returned = await Shop.BecomesAsync($"/api/v1/payouts/{unclaimed}", "returned");
        Assert.Equal("RECEIVER_UNREGISTERED", returned.Text("failure_code"));
        var ledger = Shop.Hub.Sandbox.Ledger;
        Assert.Equal((1, 0), (ledger.PayoutsFor(unclaimed), ledger.PayoutsFor(elsewhere)));
    }

    /// <param name="deaf">Its webhooks go nowhere.</param>
    private async Task<string> OpenAsync(bool deaf = false, double retryAfterSeconds = 0.05)
    {
        var credentials = new Dictionary<string, string>
        {
            ["client_id"] = "client-" + Interlocked.Increment(ref s_count), ["client_secret"] = "secret-of-the-client",
            ["webhook_id"] = "1JE4291016473214C",
        };
        var id = await Shop.AddAsync(new
        {
            provider = "paypal", mode = "sandbox", credentials,
            settings = new { timeout_seconds = 1, retry = new { first_delay_seconds = retryAfterSeconds } },
        });
        if (!deaf)
            Assert.True(Shop.Hub.Sandbox.Connect("paypal", credentials, new Uri(Shop.Hub.Address, $"api/webhooks/paypal/{id}")));
        await SetAsync(enabled: true);
        return id;
    }

    private async Task SetAsync(bool enabled)
    {
        var reply = await Shop.Client.PutJsonAsync("/api/v1/payouts/settings", new { enabled });
        Assert.True((int)reply.Status == 200, reply.ToString());
    }

    private async Task<string> PayOutAsync(string amount, string integration, string account = "ann.example@example.com")
    {
        var wish = new
        {
            amount, currency = "EUR", reference = "wd-1", integration_id = integration, destination = new { type = "wallet", account },
        };
        var reply = await Shop.Client.PostJsonAsync("/api/v1/payouts", wish, "payout-" + Interlocked.Increment(ref s_count));
        Assert.True((int)reply.Status == 202, reply.ToString());
        return reply.Text("id")!;
    }
}

public sealed class PayPalPayoutTestsOnSqlite(HubDatabases databases) : PayPalPayoutTests(databases, TestDatabases.Sqlite);

public sealed class PayPalPayoutTestsOnPostgreSql(HubDatabases databases) : PayPalPayoutTests(databases, TestDatabases.PostgreSql);
