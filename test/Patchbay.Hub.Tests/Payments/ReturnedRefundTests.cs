using Patchbay.Hub.Tests.Support;
using Patchbay.Sandbox.Faults;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Payments;

public abstract class ReturnedRefundTests(HubDatabases databases, string kind) : ShopTests(databases, kind)
{
    [Fact]
    public async Task A_refund_that_comes_back_after_it_succeeded_has_failed_and_the_payment_has_its_money_again()
    {
        var id = await Shop.PaidAsync("100.00");
        var refund = (await Shop.Client.PostJsonAsync($"/api/v1/payments/{id}/refunds", new { amount = "100.00" }, "r1")).Text("id")!;
        await Shop.BecomesAsync($"/api/v1/refunds/{refund}", "succeeded");
        await Shop.BecomesAsync($"/api/v1/payments/{id}", "refunded");
        await Task.Delay(1100, Token);   // Stripe's clock counts seconds

        await Shop.ReturnAsync(refund);

        var failed = await Shop.BecomesAsync($"/api/v1/refunds/{refund}", "failed");
        var payment = await Shop.BecomesAsync($"/api/v1/payments/{id}", "succeeded");
        Assert.Equal(("0.00", "expired_or_canceled_card"), (payment.Text("refunded"), failed.Text("failure_code")));
        Assert.Equal(["refund.succeeded", "refund.failed", "alert.raised"], await Shop.EventsAsync(refund, Token));
        Assert.Contains("payment.refund_returned", await Shop.EventsAsync(id, Token));
        var again = await Shop.Client.PostJsonAsync(
            $"/api/v1/payments/{id}/refunds", new { amount = "100.00" }, "r2", TimeSpan.FromSeconds(5));
        Assert.Equal("succeeded", again.Text("status"));
        Assert.Equal("100.00", (await Shop.BecomesAsync($"/api/v1/payments/{id}", "refunded")).Text("refunded"));
    }

    [Fact]
    public async Task A_refund_that_the_hub_gave_up_and_the_provider_carried_out_counts_but_one_it_refused_does_not()
    {
        var id = await Shop.PaidAsync("100.00");
        Shop.Hub.Sandbox.Faults.Add(
            new(FaultKind.Status) { Provider = "stripe", Operation = "refunds.create", Status = 400, Count = 1 });
        var refund = (await Shop.Client.PostJsonAsync($"/api/v1/payments/{id}/refunds", new { amount = "40.00" }, "r1")).Text("id")!;
        await Shop.BecomesAsync($"/api/v1/refunds/{refund}", "failed");

        await SaysAsync("evt_1", refund, "succeeded");
        await Shop.BecomesAsync($"/api/v1/refunds/{refund}", "succeeded");
        Assert.Equal("40.00", (await Shop.Client.GetJsonAsync($"/api/v1/payments/{id}")).Text("refunded"));
        await SaysAsync("evt_2", refund, "failed");
        await Shop.BecomesAsync($"/api/v1/refunds/{refund}", "failed");
        await SaysAsync("evt_3", refund, "succeeded");
        await Eventually.BecomesAsync(
            async () => (await Shop.Client.GetJsonAsync("/api/v1/events?type=alert.raised"))["data"].ToString()
                .Contains("refund_contradicted", StringComparison.Ordinal), TimeSpan.FromSeconds(10), Token);

        Assert.Equal("failed", (await Shop.Client.GetJsonAsync($"/api/v1/refunds/{refund}")).Text("status"));
        Assert.Equal("0.00", (await Shop.Client.GetJsonAsync($"/api/v1/payments/{id}")).Text("refunded"));
    }

    [Fact]
    public async Task A_refund_that_failed_while_it_was_pending_leaves_nothing_refunded()
    {
        var id = await Shop.PaidAsync("200.00");

        var refund = await Shop.Client.PostJsonAsync($"/api/v1/payments/{id}/refunds", new { amount = "100.20" }, "r1");

        await Shop.BecomesAsync($"/api/v1/refunds/{refund.Text("id")}", "failed");
        await Eventually.BecomesAsync(async () =>
            (await Shop.Client.GetJsonAsync("/api/v1/inbox?limit=200"))["data"].EnumerateArray()
                .All(entry => entry.GetProperty("status").GetString() != "received"), TimeSpan.FromSeconds(10), Token);
        await Shop.Client.PostJsonAsync($"/api/v1/payments/{id}/verify", wait: TimeSpan.FromSeconds(5));
        var payment = await Shop.Client.GetJsonAsync($"/api/v1/payments/{id}");
        Assert.Equal(("succeeded", "0.00"), (payment.Text("status"), payment.Text("refunded")));
    }

    private Task SaysAsync(string happened, string refund, string status) => Shop.TellAsync(
        "{\"id\":\"" + happened + "\",\"type\":\"refund.updated\",\"livemode\":false,\"data\":{\"object\":{\"id\":\"re_9\",\"amount\":4000,"
        + "\"currency\":\"eur\",\"status\":\"" + status + "\",\"metadata\":{\"reference\":\"" + refund + "\"}}}}");
}

public sealed class ReturnedRefundTestsOnSqlite(HubDatabases databases) : ReturnedRefundTests(databases, TestDatabases.Sqlite);

public sealed class ReturnedRefundTestsOnPostgreSql(HubDatabases databases) : ReturnedRefundTests(databases, TestDatabases.PostgreSql);
