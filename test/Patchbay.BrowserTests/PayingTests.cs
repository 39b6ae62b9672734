using Microsoft.Playwright;
using Patchbay.TestKit;

namespace Patchbay.BrowserTests;

public sealed class PayingTests(PayHub shop)
{
    /// <summary>Some providers take no payment without.</summary>
    private static readonly object Known = new { name = "Jane Doe", email = "jane@example.com", phone = "+919876543210" };

    [Fact]
    public async Task A_link_is_paid_once_however_often_the_payer_clicks_reloads_and_goes_back()
    {
        var link = await shop.LinkAsync(new { amount = "12.50", currency = "EUR", reference = "once", description = "Two <b>books</b>" });
        await using var visit = await Visit.BeginAsync(shop);
        var second = await visit.Page.Context.NewPageAsync();
        await second.GotoAsync(link.Text("url")!);
        await visit.OpenAsync(link.Text("url")!);
        await visit.SeesAsync("12.50 EUR");
        await visit.SeesAsync("Two <b>books</b>");

        await visit.Button("Pay").DblClickAsync();
        await visit.AtTheCashierAsync();
        await visit.SeesAsync("Your payment has arrived");
        await visit.Page.ReloadAsync();
        await visit.SeesAsync("Your payment has arrived");
        await visit.Page.GoBackAsync();
        await visit.Page.GoForwardAsync();
        await visit.SeesAsync("Your payment has arrived");
        await second.GetByRole(AriaRole.Button).ClickAsync();   // it was open all the time
        await Assertions.Expect(second.GetByText("Your payment has arrived")).ToBeVisibleAsync();

        var id = Assert.Single(await shop.PaymentsAsync("once"));
        Assert.Equal("succeeded", (await shop.Client.GetJsonAsync($"/api/v1/payments/{id}")).Text("status"));
        Assert.Equal((id, "paid"), await shop.PaidAsync(link) is var paid ? (paid.Text("payment_id"), paid.Text("status")) : default);
        Assert.Equal(1, shop.Hub.Sandbox.Ledger.ChargesFor(id));
    }

    [Fact]
    public async Task Who_is_declined_reads_why_and_pays_in_another_way()
    {
        var link = await shop.LinkAsync(new
        {
            amount = "20.00", currency = "EUR", reference = "declined", methods = new[] { "mollie", "stripe" },
        });
        await using var visit = await Visit.BeginAsync(shop);
        await visit.OpenAsync(link.Text("url")!);

        await visit.Button("Pay with Mollie").ClickAsync();
        await visit.AtTheCashierAsync("Decline");
        await visit.SeesAsync("Your bank declined the payment. Nothing was charged. You can try again.");
        await visit.Button("Pay with Stripe").ClickAsync();
        await visit.AtTheCashierAsync();
        await visit.SeesAsync("Your payment has arrived");

        var tries = await shop.PaymentsAsync("declined");
        Assert.Equal([1, 0], tries.Select(id => shop.Hub.Sandbox.Ledger.ChargesFor(id)));   // the newest first
        Assert.Equal(tries[0], (await shop.PaidAsync(link)).Text("payment_id"));
    }

    [Fact]
    public async Task Who_was_declined_on_the_providers_page_and_left_it_reads_why_and_goes_on_there()
    {
        var link = await shop.LinkAsync(new { amount = "30.00", currency = "EUR", reference = "left" });
        await using var visit = await Visit.BeginAsync(shop);
        await visit.OpenAsync(link.Text("url")!);
        await visit.Button("Pay").ClickAsync();
        await visit.AtTheCashierAsync("Decline");
        await visit.SeesAsync("Your card was declined");
        var id = Assert.Single(await shop.PaymentsAsync("left"));
        await shop.Client.BecomesAsync(
            $"/api/v1/payments/{id}", one => one["last_failure"].ValueKind != System.Text.Json.JsonValueKind.Null);

        await visit.OpenAsync(link.Text("url")!);
        await visit.SeesAsync("Your bank declined the payment. Nothing was charged. You can try again.");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Continue to payment" }).ClickAsync();
        await visit.AtTheCashierAsync();
        await visit.SeesAsync("Your payment has arrived");

        Assert.Equal(1, shop.Hub.Sandbox.Ledger.ChargesFor(Assert.Single(await shop.PaymentsAsync("left"))));
    }

    [Fact]
    public async Task A_link_that_has_ended_says_so_and_nothing_can_be_paid()
    {
        var late = await shop.LinkAsync(new
        {
            amount = "1.00", currency = "EUR", reference = "ended", expires_at = TimeProvider.System.GetUtcNow().AddSeconds(3),
        });
        var open = await shop.LinkAsync(new { amount = "1.00", currency = "EUR", reference = "ended" });
        await using var visit = await Visit.BeginAsync(shop);
        await visit.OpenAsync(open.Text("url")!);
        await shop.Client.PostJsonAsync($"/api/v1/payment-links/{open.Text("id")}/cancel");

        await visit.Button("Pay").ClickAsync();
        await visit.SeesAsync("This link is not open any more");
        await shop.Client.BecomesAsync($"/api/v1/payment-links/{late.Text("id")}", one => one.Text("status") == "expired");
        await visit.OpenAsync(late.Text("url")!);
        await visit.SeesAsync("This link is not open any more");

        Assert.Equal(0, await visit.Page.GetByRole(AriaRole.Button).CountAsync());
        Assert.Empty(await shop.PaymentsAsync("ended"));
    }

    [Fact]
    public async Task The_payer_chooses_an_amount_and_a_way_to_pay_and_is_told_what_is_wrong()
    {
        var link = await shop.LinkAsync(new
        {
            amount_min = "5.00", amount_max = "50.00", currency = "EUR", reference = "gift", usage = "multiple",
            methods = new[] { "stripe", "bank_transfer" },
        });
        await using var visit = await Visit.BeginAsync(shop);
        await visit.OpenAsync(link.Text("url")!);
        var amount = visit.Page.GetByLabel("Amount");

        await visit.Button("Pay with Stripe").ClickAsync();   // nothing was entered: the browser says so
        await amount.FillAsync("4,99");
        await visit.Button("Pay with Bank transfer").ClickAsync();
        await visit.SeesAsync("Please enter an amount from 5.00 EUR to 50.00 EUR.");
        await Assertions.Expect(amount).ToHaveValueAsync("4,99");
        await Assertions.Expect(amount).ToBeFocusedAsync();
        await amount.FillAsync("7,50");
        await visit.Button("Pay with Bank transfer").ClickAsync();
        await visit.SeesAsync("DE89370400440532013000");
        await visit.SeesAsync("7.50 EUR");
        await visit.Button("I have paid").ClickAsync();
        await visit.SeesAsync("As soon as your payment is found");

        var id = Assert.Single(await shop.PaymentsAsync("gift"));
        var payment = await shop.Client.GetJsonAsync($"/api/v1/payments/{id}");
        Assert.Equal(("processing", "7.50"), (payment.Text("status"), payment.Text("amount")));
    }

    [Fact]
    public async Task Without_scripts_one_pays_as_well()
    {
        var link = await shop.LinkAsync(new { amount = "3.00", currency = "EUR", reference = "plain" });
        await using var visit = await Visit.BeginAsync(shop, scripts: false);
        await visit.OpenAsync(link.Text("url")!);

        await visit.Button("Pay").ClickAsync();
        await visit.AtTheCashierAsync();
        await visit.SeesAsync("Your payment has arrived");

        Assert.Equal(1, shop.Hub.Sandbox.Ledger.ChargesFor((await shop.PaidAsync(link)).Text("payment_id")!));
    }

    [Theory]
    [InlineData("powertranz", "JMD")]   // a document of the provider's
    [InlineData("praxis", "EUR")]       // a page of the provider's
    public async Task Who_pays_in_a_frame_is_led_on_out_of_it(string provider, string currency)
    {
        var link = await shop.LinkAsync(new
        {
            amount = "1250.00", currency, reference = provider, methods = new[] { provider }, customer = Known,
        });
        await using var visit = await Visit.BeginAsync(shop);
        await visit.OpenAsync(link.Text("url")!);

        await visit.Page.GetByRole(AriaRole.Button).ClickAsync();
        await visit.Page.FrameLocator("iframe").GetByRole(AriaRole.Button, new() { Name = "Pay", Exact = true }).ClickAsync();
        await visit.SeesAsync("Your payment has arrived");

        Assert.Equal(0, await visit.Page.Locator("iframe").CountAsync());
        Assert.Equal(1, shop.Hub.Sandbox.Ledger.ChargesFor((await shop.PaidAsync(link)).Text("payment_id")!));
    }

    [Fact]
    public async Task A_cashier_that_a_script_shows_is_started_on_the_page()
    {
        var link = await shop.LinkAsync(new
        {
            amount = "500.00", currency = "INR", reference = "cashfree", methods = new[] { "cashfree" }, customer = Known,
        });
        await using var visit = await Visit.BeginAsync(shop, also: "sdk.cashfree.com");
        await visit.Page.RouteAsync("https://sdk.cashfree.com/js/v3/cashfree.js", route => route.FulfillAsync(new()
        {
            ContentType = "text/javascript",
            Body = $$"""
                const Cashfree = ({mode}) => ({ checkout: ({paymentSessionId, redirectTarget}) => {
                  if (mode === "sandbox" && redirectTarget === "_self")
                    location.href = "{{shop.Hub.Sandbox.Address}}cashfree/pay/" + paymentSessionId.replace("session_", "");
                } });
                """,
        }));
        await visit.OpenAsync(link.Text("url")!);

        await visit.Page.GetByRole(AriaRole.Button).ClickAsync();
        await visit.AtTheCashierAsync();
        await visit.SeesAsync("Your payment has arrived");

        Assert.Equal(1, shop.Hub.Sandbox.Ledger.ChargesFor((await shop.PaidAsync(link)).Text("payment_id")!));
    }
}
