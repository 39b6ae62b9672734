using Patchbay.Hub.Tests.Support;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Payouts;

/// <summary>Payouts in India, played by the doubles of RazorpayX and Cashfree Payouts.</summary>
public abstract class RupeePayoutTests(HubDatabases databases, string kind) : ShopTests(databases, kind)
{
    private static int s_count;

    [Theory]
    [InlineData("razorpay")]
    [InlineData("cashfree")]
    public async Task Money_arrives_is_told_by_webhook_and_what_it_cost_is_kept(string provider)
    {
        var integration = await OpenAsync(provider);

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
    [InlineData("razorpay", "200.99")]
    [InlineData("razorpay", "200.52")]
    [InlineData("razorpay", "200.97")]
    [InlineData("cashfree", "200.99")]
    [InlineData("cashfree", "200.52")]
    [InlineData("cashfree", "200.97")]
    public async Task An_answer_that_is_lost_after_the_work_pays_once(string provider, string amount)
    {
        var integration = await OpenAsync(provider, deaf: true);

        var id = await PayOutAsync(amount, integration);

        var delivery = await Shop.DeliveredAsync(id);
        Assert.Equal("look_up", delivery.GetProperty("attempts")[1].GetProperty("kind").GetString());
        Assert.Equal(1, Shop.Hub.Sandbox.Ledger.PayoutsFor(id));
        await Shop.Client.PostJsonAsync($"/api/v1/payouts/{id}/verify");
        await Shop.BecomesAsync($"/api/v1/payouts/{id}", "paid");
    }

    [Theory]
    [InlineData("razorpay", "beneficiary_bank_offline")]
    [InlineData("cashfree", "BENE_BANK_DECLINED")]
    public async Task What_comes_back_is_returned_and_what_is_no_account_in_India_is_never_sent(string provider, string why)
    {
        var integration = await OpenAsync(provider);

        var reversed = await PayOutAsync(
            "20.00", integration, new { type = "wallet", account = "ann.0004@okbank", holder = "Ann Example" });
        var elsewhere = await PayOutAsync(
            "20.00", integration, new { type = "bank_account", iban = "DE89370400440532013000", holder = "Ann Example" });

        var refused = await Shop.BecomesAsync($"/api/v1/payouts/{elsewhere}", "failed");
        Assert.Equal("destination_not_supported", refused.Text("failure_code"));
        var returned = await Shop.BecomesAsync($"/api/v1/payouts/{reversed}", "returned");
        Assert.Equal(why, returned.Text("failure_code"));
        var ledger = Shop.Hub.Sandbox.Ledger;
        Assert.Equal((1, 0), (ledger.PayoutsFor(reversed), ledger.PayoutsFor(elsewhere)));
    }

    private async Task<string> OpenAsync(string provider, bool deaf = false)
    {
        var id = await Shop.AddRupeeGatewayAsync(provider, deaf);
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
        var reply = await Shop.Client.PostJsonAsync("/api/v1/payouts", wish, "rupees-" + Interlocked.Increment(ref s_count));
        Assert.True((int)reply.Status == 202, reply.ToString());
        return reply.Text("id")!;
    }
}

public sealed class RupeePayoutTestsOnSqlite(HubDatabases databases) : RupeePayoutTests(databases, TestDatabases.Sqlite);

public sealed class RupeePayoutTestsOnPostgreSql(HubDatabases databases) : RupeePayoutTests(databases, TestDatabases.PostgreSql);
