using Patchbay.Hub.Tests.Support;
using Patchbay.Sandbox.Faults;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Payments;

public abstract class PaymentTests(HubDatabases databases, string kind) : ShopTests(databases, kind)
{
    [Fact]
    public async Task Payments_are_found_by_customer_and_by_reference()
    {
        var of = (await Shop.PayAsync("5.00", new { reference = "ord_9", customer = new { id = "cus_9" } })).Text("id");
        await Shop.PayAsync("6.00", new { customer = new { id = "cus_8" } });

        foreach (var filter in new[] { "customer_id=cus_9", "reference=ord_9", "customer_id=cus_9&mode=sandbox&reference=ord_9" })
        {
            var found = (await Shop.Client.GetJsonAsync("/api/v1/payments?" + filter))["data"];
            Assert.Equal(of, Assert.Single(found.EnumerateArray()).GetProperty("id").GetString());
        }
    }

    [Fact]
    public async Task A_payment_is_accepted_sent_to_its_customer_and_succeeds_by_webhook()
    {
        Shop.Hub.Sandbox.Autopay = false;
        var reply = await Shop.PayAsync("125.50", wait: TimeSpan.FromSeconds(10));
        Assert.True((int)reply.Status == 201, reply.ToString());
        Assert.Equal("requires_action", reply.Text("status"));
        Assert.Equal("redirect", reply.Text("next_action.type"));
        var id = reply.Text("id")!;

        Assert.True(Shop.Hub.Sandbox.Pay(reply.Text("provider_reference")!));
        var paid = await Shop.BecomesAsync($"/api/v1/payments/{id}", "succeeded");

        Assert.Equal("125.50", paid.Text("captured"));
        var events = await Shop.EventsAsync(id, Token);
        Assert.Equal("payment.created", events[0]);
        Assert.Equal("payment.succeeded", events[^1]);
        var delivery = await Shop.DeliveryOfAsync(id);
        Assert.Equal("delivered", delivery.GetProperty("status").GetString());
        Assert.Equal("ok", delivery.GetProperty("attempts")[0].GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task The_same_key_and_body_get_the_first_answer_and_only_one_payment()
    {
        var first = await Shop.PayAsync("20.00", key: "order-7");
        var again = await Shop.PayAsync("20.00", key: "order-7");
        var other = await Shop.PayAsync("21.00", key: "order-7");

        Assert.Equal(first.Text("id"), again.Text("id"));
        Assert.Equal("true", again.Headers.GetValues("Idempotency-Replay").Single());
        Assert.Equal(422, (int)other.Status);
        Assert.Equal("idempotency_key_reused", other.Text("code"));
        Assert.Equal(1, (await Shop.Client.GetJsonAsync("/api/v1/payments"))["data"].GetArrayLength());
    }

    [Fact]
    public async Task Racing_refunds_never_exceed_what_was_captured()
    {
        var id = await Shop.PaidAsync("100.00");

        var replies = await Task.WhenAll(Enumerable.Range(0, 12).Select(i =>
            Shop.Client.PostJsonAsync($"/api/v1/payments/{id}/refunds", new { amount = "30.00" }, $"refund-{i}")));

        Assert.Equal(3, replies.Count(reply => (int)reply.Status == 202));
        Assert.All(replies.Where(reply => (int)reply.Status != 202), reply => Assert.Equal("refund_exceeds_captured", reply.Text("code")));
        await Eventually.BecomesAsync(
            async () => (await Shop.Client.GetJsonAsync($"/api/v1/payments/{id}")).Text("refunded") == "90.00",
            TimeSpan.FromSeconds(60), Token);
        var rest = await Shop.Client.PostJsonAsync($"/api/v1/payments/{id}/refunds", new { }, "rest", TimeSpan.FromSeconds(5));
        Assert.Equal("10.00", rest.Text("amount"));
        var payment = await Shop.BecomesAsync($"/api/v1/payments/{id}", "refunded");
        Assert.Equal("100.00", payment.Text("refunded"));
        Assert.Equal(4, (await Shop.Client.GetJsonAsync($"/api/v1/payments/{id}/refunds"))["data"].GetArrayLength());
    }

    [Fact]
    public async Task A_refund_whose_answer_was_lost_after_the_work_is_not_doubled()
    {
        var id = await Shop.PaidAsync("100.00");
        Shop.Hub.Sandbox.Faults.Add(new(FaultKind.HangAfterWork) { Provider = "stripe", Operation = "refunds.create", Count = 1 });

        var refund = await Shop.Client.PostJsonAsync($"/api/v1/payments/{id}/refunds", new { amount = "40.00" }, "r1");
        var done = await Shop.BecomesAsync($"/api/v1/refunds/{refund.Text("id")}", "succeeded");

        var delivery = await Shop.DeliveredAsync(done.Text("id")!);
        Assert.Equal(["unknown", "ok"], delivery.GetProperty("attempts").EnumerateArray()
            .Select(attempt => attempt.GetProperty("outcome").GetString()));
        Assert.Equal(1, Shop.Hub.Sandbox.Ledger.RefundsFor(done.Text("id")!));
        Assert.Equal("40.00", (await Shop.Client.GetJsonAsync($"/api/v1/payments/{id}")).Text("refunded"));
    }

    [Fact]
    public async Task A_reserved_payment_is_captured_in_part()
    {
        var reply = await Shop.PayAsync("50.00", new { capture = "manual" });
        var id = reply.Text("id")!;
        await Shop.BecomesAsync($"/api/v1/payments/{id}", "authorized");

        var captured = await Shop.Client.PostJsonAsync(
            $"/api/v1/payments/{id}/capture", new { amount = "35.00" }, wait: TimeSpan.FromSeconds(5));
        Assert.True((int)captured.Status is 201 or 202, captured.ToString());

        var payment = await Shop.BecomesAsync($"/api/v1/payments/{id}", "succeeded");
        Assert.Equal("35.00", payment.Text("captured"));
        var twice = await Shop.Client.PostJsonAsync($"/api/v1/payments/{id}/capture", new { });
        Assert.Equal(409, (int)twice.Status);
    }

    [Fact]
    public async Task A_payment_that_waits_for_its_customer_can_be_canceled()
    {
        Shop.Hub.Sandbox.Autopay = false;
        var reply = await Shop.PayAsync("50.00", wait: TimeSpan.FromSeconds(5));
        var id = reply.Text("id")!;

        await Shop.Client.PostJsonAsync($"/api/v1/payments/{id}/cancel", new { });

        await Shop.BecomesAsync($"/api/v1/payments/{id}", "canceled");
    }

    [Fact]
    public async Task A_payment_that_the_provider_refuses_fails_with_the_providers_code()
    {
        var reply = await Shop.PayAsync(
            "100.95", new { return_url = (string?)null, reference = "ord_7.0095" }, wait: TimeSpan.FromSeconds(5));

        var id = reply.Text("id")!;
        var failed = await Shop.BecomesAsync($"/api/v1/payments/{id}", "failed");
        Assert.NotNull(failed.Text("failure_code"));
        Assert.Contains("payment.failed", await Shop.EventsAsync(id, Token));
    }

    [Fact]
    public async Task A_lost_webhook_is_made_up_for_by_verification()
    {
        Shop.Hub.Sandbox.Faults.Add(new(FaultKind.WebhookNone) { Provider = "stripe" });
        var reply = await Shop.PayAsync("60.00", wait: TimeSpan.FromSeconds(5));
        var id = reply.Text("id")!;

        await Eventually.BecomesAsync(async () =>
        {
            await Shop.Client.PostJsonAsync($"/api/v1/payments/{id}/verify", new { }, wait: TimeSpan.FromSeconds(2));
            return (await Shop.Client.GetJsonAsync($"/api/v1/payments/{id}")).Text("status") == "succeeded";
        }, TimeSpan.FromSeconds(10), Token);
    }
}

public sealed class PaymentTestsOnSqlite(HubDatabases databases) : PaymentTests(databases, TestDatabases.Sqlite);

public sealed class PaymentTestsOnPostgreSql(HubDatabases databases) : PaymentTests(databases, TestDatabases.PostgreSql);
