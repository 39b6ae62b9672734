using Patchbay.Hub.Tests.Support;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Payments;

/// <summary>What Razorpay does unlike the gateways of <see cref="GatewayTests"/>: it reserves in the shop's own page only.</summary>
public abstract class RazorpayPaymentTests(HubDatabases databases, string kind) : ShopTests(databases, kind)
{
    [Fact]
    public async Task What_is_reserved_in_the_shops_own_page_is_captured_whole()
    {
        var integration = await Shop.AddRupeeGatewayAsync("razorpay");
        var payment = await ReservedAsync(integration, "50.00");

        await Shop.Client.PostJsonAsync($"/api/v1/payments/{payment}/capture", new { amount = "35.00" });
        await Eventually.BecomesAsync(
            async () => (await Shop.DeliveryOfAsync(payment)).GetProperty("error_code").GetString() == "partial_capture_not_supported",
            TimeSpan.FromSeconds(30), Token);
        await Shop.Client.PostJsonAsync($"/api/v1/payments/{payment}/capture");

        var taken = await Shop.BecomesAsync($"/api/v1/payments/{payment}", "succeeded");
        Assert.Equal("50.00", taken.Text("captured"));
        Assert.Equal(1, Shop.Hub.Sandbox.Ledger.ChargesFor(payment));
    }

    [Fact]
    public async Task What_is_given_up_stays_given_up_whatever_is_told_of_it_later()
    {
        var integration = await Shop.AddRupeeGatewayAsync("razorpay");
        var payment = await ReservedAsync(integration, "51.00");

        await Shop.Client.PostJsonAsync($"/api/v1/payments/{payment}/cancel");
        await Shop.BecomesAsync($"/api/v1/payments/{payment}", "canceled");
        await Shop.Client.PostJsonAsync($"/api/v1/payments/{payment}/verify", wait: TimeSpan.FromSeconds(10));

        var left = await Shop.Client.GetJsonAsync($"/api/v1/payments/{payment}");
        Assert.Equal(("canceled", "0.00"), (left.Text("status"), left.Text("captured")));
    }

    /// <summary>Its links cannot be asked to reserve only, so nothing is made there.</summary>
    [Fact]
    public async Task A_payment_to_be_reserved_on_a_page_goes_to_a_provider_that_can()
    {
        var integration = await Shop.AddRupeeGatewayAsync("razorpay");
        await Shop.RuleAsync(new
        {
            capability = "initiate_payment", priority = 10, integration_id = integration, fallback_integration_ids = new[] { Shop.Stripe },
        });

        var payment = (await Shop.PayAsync("52.00", new { capture = "manual" })).Text("id")!;

        var elsewhere = await Shop.BecomesAsync($"/api/v1/payments/{payment}", "authorized");
        Assert.Equal(Shop.Stripe, elsewhere.Text("integration_id"));
        Assert.Equal(1, Shop.Hub.Sandbox.Ledger.PaymentsFor(payment));
    }

    private async Task<string> ReservedAsync(string integration, string amount)
    {
        Shop.Hub.Sandbox.Autopay = false;
        var begun = await Shop.PayAsync(
            amount, new { integration_id = integration, capture = "manual", return_url = (string?)null }, wait: TimeSpan.FromSeconds(10));
        Assert.Equal("client_secret", begun.Text("next_action.type"));
        Assert.StartsWith("order_", begun.Text("next_action.client_secret"), StringComparison.Ordinal);
        Assert.True(Shop.Hub.Sandbox.Pay(begun.Text("provider_reference")!));
        await Shop.BecomesAsync($"/api/v1/payments/{begun.Text("id")}", "authorized");
        return begun.Text("id")!;
    }
}

public sealed class RazorpayPaymentTestsOnSqlite(HubDatabases databases) : RazorpayPaymentTests(databases, TestDatabases.Sqlite);

public sealed class RazorpayPaymentTestsOnPostgreSql(HubDatabases databases) : RazorpayPaymentTests(databases, TestDatabases.PostgreSql);
