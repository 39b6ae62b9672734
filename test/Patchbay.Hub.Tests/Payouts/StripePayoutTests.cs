using Patchbay.Hub.Tests.Support;
using Patchbay.Sandbox.Faults;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Payouts;

/// <summary>Payouts by Stripe, played by its double.</summary>
public abstract class StripePayoutTests(HubDatabases databases, string kind) : ShopTests(databases, kind)
{
    private static int s_count;

    [Fact]
    public async Task Money_arrives_and_is_told_by_webhook()
    {
        var integration = await OpenAsync();

        var id = await PayOutAsync("20.00", integration);

        await Shop.BecomesAsync($"/api/v1/payouts/{id}", "paid");
        Assert.Equal("payout.paid", (await Shop.EventsAsync(id, Token))[^1]);
        var told = (await Shop.Client.GetJsonAsync($"/api/v1/inbox?integration_id={integration}"))["data"].EnumerateArray()
            .Select(one => one.Text("status")).ToList();
        Assert.Contains("processed", told);
        Assert.DoesNotContain("unmatched", told);
        Assert.DoesNotContain("unmapped", told);
        Assert.Equal(1, Shop.Hub.Sandbox.Ledger.PayoutsFor(id));
    }

    /// <summary>A time-out, a 500 and a broken connection, each after Stripe did the work: no webhook helps to find it out.</summary>
    [Theory]
    [InlineData("200.99")]
    [InlineData("200.52")]
    [InlineData("200.97")]
    public async Task An_answer_that_is_lost_after_the_work_pays_once(string amount)
    {
        var integration = await OpenAsync(deaf: true);

        var id = await PayOutAsync(amount, integration);

        var delivery = await Shop.DeliveredAsync(id);
        Assert.True(delivery.GetProperty("attempts").GetArrayLength() > 1, "No answer was lost.");
        Assert.Equal(1, Shop.Hub.Sandbox.Ledger.PayoutsFor(id));
        await Eventually.BecomesAsync(async () =>
        {
            await Shop.Client.PostJsonAsync($"/api/v1/payouts/{id}/verify");
            return (await Shop.Client.GetJsonAsync($"/api/v1/payouts/{id}")).Text("status") == "paid";
        }, TimeSpan.FromSeconds(30), Token);
    }

    /// <summary>Every answer is lost, so that the key gives none: the list has it.</summary>
    [Fact]
    public async Task What_no_answer_tells_is_found_in_the_list()
    {
        var integration = await OpenAsync(deaf: true);
        var faults = Shop.Hub.Sandbox.Faults;
        faults.Add(new SandboxFault(FaultKind.DropAfterWork) { Provider = "stripe", Operation = "payouts.create" });

        var id = await PayOutAsync("20.00", integration);

        await Shop.DeliveredAsync(id);
        var ledger = Shop.Hub.Sandbox.Ledger;
        Assert.Equal(1, ledger.PayoutsFor(id));
        Assert.True(ledger.Requests("stripe", "payouts.list") > 0, "Nothing was looked up.");
        Assert.StartsWith(
            "po_", (await Shop.Client.GetJsonAsync($"/api/v1/payouts/{id}")).Text("provider_reference")!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_bank_sends_back_after_it_was_told_as_paid_has_come_back()
    {
        var integration = await OpenAsync();

        var back = await PayOutAsync("200.04", integration);
        var failed = await PayOutAsync("200.02", integration);

        var returned = await Shop.BecomesAsync($"/api/v1/payouts/{back}", "returned");
        Assert.Equal(
            ("account_closed", "The bank account is closed."), (returned.Text("failure_code"), returned.Text("failure_message")));
        // Webhooks may overtake each other: what came last stays.
        var events = await Shop.EventsAsync(back, Token);
        Assert.Contains("payout.returned", events);
        Assert.DoesNotContain("payout.failed", events);
        Assert.Equal("could_not_process", (await Shop.BecomesAsync($"/api/v1/payouts/{failed}", "failed")).Text("failure_code"));
    }

    [Fact]
    public async Task What_Stripe_does_not_pay_is_never_sent_and_says_why()
    {
        var integration = await OpenAsync();

        var elsewhere = await PayOutAsync("20.00", integration, new { type = "provider_reference", reference = "acct_1" });
        var fraction = await PayOutAsync("20.50", integration, currency: "HUF");
        var poor = await PayOutAsync("200.95", integration);

        foreach (var (id, code) in new[]
            {
                (elsewhere, "destination_not_supported"), (fraction, "amount_not_representable"), (poor, "balance_insufficient"),
            })
        {
            Assert.Equal(code, (await Shop.BecomesAsync($"/api/v1/payouts/{id}", "failed")).Text("failure_code"));
            Assert.Equal(0, Shop.Hub.Sandbox.Ledger.PayoutsFor(id));
        }
    }

    /// <param name="deaf">Its webhooks go nowhere.</param>
    private async Task<string> OpenAsync(bool deaf = false)
    {
        var credentials = new Dictionary<string, string>
        {
            ["secret_key"] = "sk_test_Payouts" + Interlocked.Increment(ref s_count), ["webhook_secret"] = "whsec_of_the_payouts",
        };
        var id = await Shop.AddAsync(new
        {
            provider = "stripe", mode = "sandbox", credentials,
            settings = new { timeout_seconds = 1, retry = new { first_delay_seconds = 0.05 } },
        });
        if (!deaf)
            Assert.True(Shop.Hub.Sandbox.Connect("stripe", credentials, new Uri(Shop.Hub.Address, $"api/webhooks/stripe/{id}")));
        var reply = await Shop.Client.PutJsonAsync("/api/v1/payouts/settings", new { enabled = true });
        Assert.True((int)reply.Status == 200, reply.ToString());
        return id;
    }

    private async Task<string> PayOutAsync(string amount, string integration, object? destination = null, string currency = "EUR")
    {
        var wish = new
        {
            amount, currency, reference = "wd-1", integration_id = integration,
            destination = destination ?? new { type = "provider_reference", reference = "ba_1" },
        };
        var reply = await Shop.Client.PostJsonAsync("/api/v1/payouts", wish, "stripe-payout-" + Interlocked.Increment(ref s_count));
        Assert.True((int)reply.Status == 202, reply.ToString());
        return reply.Text("id")!;
    }
}

public sealed class StripePayoutTestsOnSqlite(HubDatabases databases) : StripePayoutTests(databases, TestDatabases.Sqlite);

public sealed class StripePayoutTestsOnPostgreSql(HubDatabases databases) : StripePayoutTests(databases, TestDatabases.PostgreSql);
