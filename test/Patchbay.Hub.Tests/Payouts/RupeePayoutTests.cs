using Patchbay.Hub.Tests.Support;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Payouts;

/// <summary>Payouts by RazorpayX, played by its double.</summary>
public abstract class RazorpayPayoutTests(HubDatabases databases, string kind) : ShopTests(databases, kind)
{
    private static int s_count;

    [Fact]
    public async Task Money_arrives_is_told_by_webhook_and_what_it_cost_is_kept()
    {
        var integration = await OpenAsync();

        var id = await PayOutAsync("20.00", integration);

        await Shop.BecomesAsync($"/api/v1/payouts/{id}", "paid");
        Assert.Equal("payout.paid", (await Shop.EventsAsync(id, Token))[^1]);
        await Eventually.BecomesAsync(
            async () => (await Shop.Client.GetJsonAsync($"/api/v1/costs?subject_id={id}"))["data"].EnumerateArray()
                .Select(cost => (cost.Text("kind"), cost.Text("amount"), cost.Text("currency"))).SequenceEqual([("fee", "5.90", "INR")]),
            TimeSpan.FromSeconds(30), Token);
        Assert.Equal(1, Shop.Hub.Sandbox.Ledger.PayoutsFor(id));
    }

    /// <summary>A time-out, a 500 and a broken connection, each after the work was done: no webhook helps to find it out.</summary>
    [Theory]
    [InlineData("200.99")]
    [InlineData("200.52")]
    [InlineData("200.97")]
    public async Task An_answer_that_is_lost_after_the_work_pays_once(string amount)
    {
        var integration = await OpenAsync(deaf: true);

        var id = await PayOutAsync(amount, integration);

        var delivery = await Shop.DeliveredAsync(id);
        Assert.Equal("look_up", delivery.GetProperty("attempts")[1].GetProperty("kind").GetString());
        Assert.Equal(1, Shop.Hub.Sandbox.Ledger.PayoutsFor(id));
        await Shop.Client.PostJsonAsync($"/api/v1/payouts/{id}/verify");
        await Shop.BecomesAsync($"/api/v1/payouts/{id}", "paid");
    }

    [Fact]
    public async Task What_comes_back_is_returned_and_what_is_no_account_in_India_is_never_sent()
    {
        var integration = await OpenAsync();

        var reversed = await PayOutAsync(
            "20.00", integration, new { type = "wallet", account = "ann.0004@okbank", holder = "Ann Example" });
        var elsewhere = await PayOutAsync(
            "20.00", integration, new { type = "bank_account", iban = "DE89370400440532013000", holder = "Ann Example" });

        var refused = await Shop.BecomesAsync($"/api/v1/payouts/{elsewhere}", "failed");
        Assert.Equal("destination_not_supported", refused.Text("failure_code"));
        var returned = await Shop.BecomesAsync($"/api/v1/payouts/{reversed}", "returned");
        Assert.Equal("beneficiary_bank_offline", returned.Text("failure_code"));
        var ledger = Shop.Hub.Sandbox.Ledger;
        Assert.Equal((1, 0), (ledger.PayoutsFor(reversed), ledger.PayoutsFor(elsewhere)));
    }

    private async Task<string> OpenAsync(bool deaf = false)
    {
        var id = await Shop.AddRazorpayAsync(deaf);
        var reply = await Shop.Client.PutJsonAsync("/api/v1/payouts/settings", new { enabled = true });
        Assert.True((int)reply.Status == 200, reply.ToString());
        return id;
    }

    private async Task<string> PayOutAsync(string amount, string integration, object? destination = null)
    {
        destination ??= new
        {
            type = "bank_account", holder = "Ann Example", account_number = "1121431121541121", routing_code = "HDFC0001234",
        };
        var wish = new { amount, currency = "INR", reference = "wd-1", integration_id = integration, destination };
        var reply = await Shop.Client.PostJsonAsync("/api/v1/payouts", wish, "rzp-payout-" + Interlocked.Increment(ref s_count));
        Assert.True((int)reply.Status == 202, reply.ToString());
        return reply.Text("id")!;
    }
}

public sealed class RazorpayPayoutTestsOnSqlite(HubDatabases databases) : RazorpayPayoutTests(databases, TestDatabases.Sqlite);

public sealed class RazorpayPayoutTestsOnPostgreSql(HubDatabases databases) : RazorpayPayoutTests(databases, TestDatabases.PostgreSql);
