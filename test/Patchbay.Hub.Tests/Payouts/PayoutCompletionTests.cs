using System.Text.Json;
using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Tests.Support;
using Patchbay.Sandbox.Faults;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Payouts;

/// <summary>Payouts whose receiver says where the money goes, and which the hub completes then: by Praxis, played by its double.</summary>
public abstract class PayoutCompletionTests(HubDatabases databases, string kind) : ShopTests(databases, kind)
{
    private static readonly HttpClient Browser = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private static int s_count;

    [Fact]
    public async Task The_receiver_chooses_and_the_money_leaves_once_however_often_that_is_told()
    {
        var id = await BegunAsync("20.00");
        await Eventually.BecomesAsync(
            async () => (await Shop.EventsAsync(id, Token)).Contains("payout.requires_action"), TimeSpan.FromSeconds(30), Token);
        Assert.Equal(0, Shop.Hub.Sandbox.Ledger.PayoutsFor(id));
        await Shop.Client.PostJsonAsync($"/api/v1/payouts/{id}/verify");   // nothing has been chosen

        await ChooseAsync(id);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Shop.Client.PostJsonAsync($"/api/v1/payouts/{id}/verify")));

        var paid = await Shop.BecomesAsync($"/api/v1/payouts/{id}", "paid");
        Assert.Equal(JsonValueKind.Null, paid["next_action"].ValueKind);
        Assert.Equal(("delivered", 1), (await CompletionsAsync(id), Shop.Hub.Sandbox.Ledger.PayoutsFor(id)));
        Assert.Equal(
            ["payout.created", "payout.requires_action", "payout.processing", "payout.paid"], await Shop.EventsAsync(id, Token));
    }

    /// <summary>The answer to the completion, or the work itself, is lost.</summary>
    [Theory]
    [InlineData(FaultKind.DropAfterWork)]
    [InlineData(FaultKind.DropBeforeWork)]
    public async Task A_completion_whose_answer_is_lost_pays_once(FaultKind fault)
    {
        var id = await BegunAsync("20.00");
        Shop.Hub.Sandbox.Faults.Add(new SandboxFault(fault) { Provider = "praxis", Operation = "payouts.complete", Count = 1 });

        await ChooseAsync(id);

        await Shop.BecomesAsync($"/api/v1/payouts/{id}", "paid");
        await Eventually.BecomesAsync(async () => await CompletionsAsync(id) == "delivered", TimeSpan.FromSeconds(30), Token);
        Assert.Equal(1, Shop.Hub.Sandbox.Ledger.PayoutsFor(id));
    }

    [Fact]
    public async Task The_kill_switch_also_holds_the_completion_which_a_person_tries_again()
    {
        var id = await BegunAsync("20.00");
        await SetAsync(enabled: false);
        await ChooseAsync(id);

        await Eventually.BecomesAsync(async () => await CompletionsAsync(id) == "exhausted", TimeSpan.FromSeconds(30), Token);
        var held = await Shop.BecomesAsync($"/api/v1/payouts/{id}", "processing");
        Assert.Equal(("payouts_disabled", 0), (held.Text("failure_code"), Shop.Hub.Sandbox.Ledger.PayoutsFor(id)));
        await Eventually.BecomesAsync(
            async () => (await Shop.Client.GetJsonAsync("/api/v1/events?type=alert.raised"))["data"].ToString()
                .Contains("payout_not_completed", StringComparison.Ordinal), TimeSpan.FromSeconds(30), Token);

        await SetAsync(enabled: true);
        var retried = await Shop.Client.PostJsonAsync($"/api/v1/deliveries/{(await CompletionAsync(id)).GetProperty("id")}/retry");
        Assert.Equal(202, (int)retried.Status);
        await Shop.BecomesAsync($"/api/v1/payouts/{id}", "paid");
        Assert.Equal(1, Shop.Hub.Sandbox.Ledger.PayoutsFor(id));
    }

    [Fact]
    public async Task What_the_receiver_leaves_is_canceled_and_a_destination_is_not_the_callers_to_say()
    {
        var id = await BegunAsync("20.00");
        await ChooseAsync(id, "/decline");
        await Shop.BecomesAsync($"/api/v1/payouts/{id}", "canceled");

        var named = await PayOutAsync("10.00", new { type = "wallet", account = "ann@example.com" });
        var failed = await Shop.BecomesAsync($"/api/v1/payouts/{named.Text("id")}", "failed");

        Assert.Equal("destination_not_supported", failed.Text("failure_code"));
        Assert.Equal(("", 0), (await CompletionsAsync(id), Shop.Hub.Sandbox.Ledger.PayoutsFor(id)));
    }

    /// <summary>A payout that waits for its receiver.</summary>
    private async Task<string> BegunAsync(string amount)
    {
        Shop.Hub.Sandbox.Autopay = false;
        var credentials = new Dictionary<string, string>
        {
            ["merchant_id"] = "API-" + Interlocked.Increment(ref s_count), ["application_key"] = "payouts",
            ["merchant_secret"] = "hush-hush-hush",
        };
        var integration = await Shop.AddAsync(new
        {
            provider = "praxis", mode = "sandbox", credentials,
            settings = new { timeout_seconds = 2, retry = new { first_delay_seconds = 0.05 } },
        });
        Assert.True(Shop.Hub.Sandbox.Connect("praxis", credentials, new Uri(Shop.Hub.Address, $"api/webhooks/praxis/{integration}")));
        await SetAsync(enabled: true);
        var made = await PayOutAsync(amount, new { type = "cashier", holder = "Ann Example" });
        var waits = await Shop.BecomesAsync($"/api/v1/payouts/{made.Text("id")}", "requires_action");
        Assert.Equal("embed", waits.Text("next_action.type"));
        Assert.NotNull(waits.Text("next_action.cashier_token"));
        return waits.Text("id")!;
    }

    private async Task<HubReply> PayOutAsync(string amount, object destination)
    {
        var made = await Shop.Client.PostJsonAsync(
            "/api/v1/payouts", new { amount, currency = "EUR", reference = "wd-1", customer_id = "cus_17", destination },
            $"payout-{Interlocked.Increment(ref s_count)}");
        Assert.True((int)made.Status is 201 or 202, made.ToString());
        return made;
    }

    /// <summary>The receiver does something on the provider's page.</summary>
    private async Task ChooseAsync(string id, string what = "")
    {
        var page = (await Shop.Client.GetJsonAsync($"/api/v1/payouts/{id}")).Text("next_action.url");
        using var answer = await Browser.PostAsync(new Uri(page + what), null, Token);
        Assert.True((int)answer.StatusCode < 400, $"The page answered {(int)answer.StatusCode}.");
    }

    private Task SetAsync(bool enabled) => Shop.Client.PutJsonAsync("/api/v1/payouts/settings", new { enabled });

    private async Task<JsonElement> CompletionAsync(string id) =>
        (await Shop.Client.GetJsonAsync($"/api/v1/deliveries?subject_id={id}&capability={Capabilities.CompletePayout}"))["data"][0];

    private async Task<string> CompletionsAsync(string id) => string.Join(
        ' ', (await Shop.Client.GetJsonAsync($"/api/v1/deliveries?subject_id={id}&capability={Capabilities.CompletePayout}"))["data"]
            .EnumerateArray().Select(delivery => delivery.GetProperty("status").GetString()));
}

public sealed class PayoutCompletionTestsOnSqlite(HubDatabases databases) : PayoutCompletionTests(databases, TestDatabases.Sqlite);

public sealed class PayoutCompletionTestsOnPostgreSql(HubDatabases databases)
    : PayoutCompletionTests(databases, TestDatabases.PostgreSql);
