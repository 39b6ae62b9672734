using Patchbay.Hub.Tests.Support;
using Patchbay.Sandbox.Faults;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Payments;

public abstract class DeclinedTryTests(HubDatabases databases, string kind) : ShopTests(databases, kind)
{
    [Theory]
    [InlineData("https://shop.example/back")]
    [InlineData(null)]
    public async Task A_declined_try_leaves_the_payment_to_its_customer(string? returnUrl)
    {
        var id = await DeclinedAsync(returnUrl);
        var declined = await Shop.Client.GetJsonAsync($"/api/v1/payments/{id}");
        await Shop.Client.PostJsonAsync($"/api/v1/payments/{id}/verify", wait: TimeSpan.FromSeconds(5));
        var verified = await Shop.Client.GetJsonAsync($"/api/v1/payments/{id}");

        Assert.Equal(
            ("requires_action", "Your card was declined.", null),
            (declined.Text("status"), declined.Text("last_failure.message"), declined.Text("failure_code")));
        Assert.NotNull(declined.Text("next_action.type"));
        Assert.Equal(declined.Text("last_failure.at"), verified.Text("last_failure.at"));
        Assert.True(Shop.Hub.Sandbox.Pay(declined.Text("provider_reference")!));
        await Shop.BecomesAsync($"/api/v1/payments/{id}", "succeeded");
        var told = await Shop.EventsAsync(id, Token);
        Assert.Single(told, "payment.attempt_failed");
        Assert.DoesNotContain("payment.failed", told);
    }

    [Fact]
    public async Task A_payment_with_a_declined_try_can_be_canceled()
    {
        var id = await DeclinedAsync("https://shop.example/back");

        await Shop.Client.PostJsonAsync($"/api/v1/payments/{id}/cancel", new { });

        await Shop.BecomesAsync($"/api/v1/payments/{id}", "canceled");
    }

    [Fact]
    public async Task A_payment_whose_page_has_closed_without_money_has_failed()
    {
        var reply = await Shop.PayAsync("50.00", new { reference = "ord_7" });
        var paid = await Shop.PayAsync("100.06");

        var failed = await Shop.BecomesAsync($"/api/v1/payments/{paid.Text("id")}", "failed");

        Assert.NotNull(failed.Text("failure_code"));
        await Shop.BecomesAsync($"/api/v1/payments/{reply.Text("id")}", "succeeded");
    }

    /// <summary>The key remembers the 500, so that every try gets it.</summary>
    [Fact]
    public async Task A_payment_that_only_errors_answer_is_found_at_the_provider()
    {
        Shop.Hub.Sandbox.Autopay = false;
        Shop.Hub.Sandbox.Faults.Add(
            new(FaultKind.ServerErrorAfterWork) { Provider = "stripe", Operation = "checkout.sessions.create", Count = 1 });
        var page = await Shop.PayAsync("20.00");
        await Shop.BecomesAsync($"/api/v1/payments/{page.Text("id")}", "requires_action");
        Shop.Hub.Sandbox.Faults.Add(
            new(FaultKind.ServerErrorAfterWork) { Provider = "stripe", Operation = "payment_intents.create", Count = 1 });
        var own = await Shop.PayAsync("20.00", new { return_url = (string?)null });
        await Shop.BecomesAsync($"/api/v1/payments/{own.Text("id")}", "requires_action");

        foreach (var id in new[] { page.Text("id")!, own.Text("id")! })
        {
            var delivery = await Shop.DeliveredAsync(id);
            Assert.Equal("look_up", delivery.GetProperty("attempts").EnumerateArray().Last().GetProperty("kind").GetString());
            Assert.Equal(1, Shop.Hub.Sandbox.Ledger.PaymentsFor(id));
        }
    }

    [Fact]
    public async Task A_payment_that_the_provider_does_not_have_after_all_tries_has_failed()
    {
        Shop.Hub.Sandbox.Faults.Add(new(FaultKind.ServerError) { Provider = "stripe", Operation = "checkout.sessions.create" });

        var reply = await Shop.PayAsync("20.00");

        await Shop.BecomesAsync($"/api/v1/payments/{reply.Text("id")}", "failed");
        Assert.False((await Shop.DeliveryOfAsync(reply.Text("id")!)).GetProperty("needs_resolution").GetBoolean());
    }

    /// <summary>A payment whose customer tried once, in vain, and may try again.</summary>
    private async Task<string> DeclinedAsync(string? returnUrl)
    {
        Shop.Hub.Sandbox.Autopay = false;
        var reply = await Shop.PayAsync("50.00", new { return_url = returnUrl }, wait: TimeSpan.FromSeconds(5));
        var id = reply.Text("id")!;
        Assert.True(Shop.Hub.Sandbox.Decline(reply.Text("provider_reference")!));
        await Eventually.BecomesAsync(async () =>
            (await Shop.Client.GetJsonAsync($"/api/v1/payments/{id}")).ToString().Contains("generic_decline", StringComparison.Ordinal),
            TimeSpan.FromSeconds(10), Token);
        return id;
    }
}

public sealed class DeclinedTryTestsOnSqlite(HubDatabases databases) : DeclinedTryTests(databases, TestDatabases.Sqlite);

public sealed class DeclinedTryTestsOnPostgreSql(HubDatabases databases) : DeclinedTryTests(databases, TestDatabases.PostgreSql);
