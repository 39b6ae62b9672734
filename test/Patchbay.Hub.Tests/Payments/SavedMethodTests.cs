using Patchbay.Hub.Tests.Support;
using Patchbay.Sandbox.Faults;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Payments;

/// <summary>What a customer has saved with Stripe is charged without a page, by its double.</summary>
public abstract class SavedMethodTests(HubDatabases databases, string kind) : ShopTests(databases, kind)
{
    [Fact]
    public async Task It_is_charged_once_without_anybody_there_and_can_be_captured_later()
    {
        var paid = await ChargeAsync("20.00", "pm_card_visa");
        var reserved = await ChargeAsync("30.00", "pm_card_visa", new { capture = "manual" });

        var succeeded = await Shop.BecomesAsync($"/api/v1/payments/{paid}", "succeeded");
        await Shop.BecomesAsync($"/api/v1/payments/{reserved}", "authorized");
        await Shop.Client.PostJsonAsync($"/api/v1/payments/{reserved}/capture", new { amount = "25.00" }, "capture-it");
        var captured = await Shop.BecomesAsync($"/api/v1/payments/{reserved}", "succeeded");

        Assert.Equal(("20.00", "25.00"), (succeeded.Text("captured"), captured.Text("captured")));
        Assert.Equal((1, 1), (Shop.Hub.Sandbox.Ledger.ChargesFor(paid), Shop.Hub.Sandbox.Ledger.ChargesFor(reserved)));
    }

    [Theory]
    [InlineData("pm_card_chargeDeclinedInsufficientFunds", "insufficient_funds")]
    [InlineData("pm_card_authenticationRequired", "authentication_required")]
    public async Task A_decline_ends_it_and_says_why(string method, string code)
    {
        var id = await ChargeAsync("20.00", method);

        var failed = await Shop.BecomesAsync($"/api/v1/payments/{id}", "failed");

        Assert.Equal((code, code), (failed.Text("failure_reason"), failed.Text("failure_code")));
        Assert.Equal(0, Shop.Hub.Sandbox.Ledger.ChargesFor(id));
    }

    [Fact]
    public async Task Who_is_there_confirms_at_the_bank_and_comes_back()
    {
        var id = await ChargeAsync("20.00", "pm_card_threeDSecureRequired", new { return_url = "https://shop.example/back" });

        var asked = await Shop.BecomesAsync($"/api/v1/payments/{id}", "requires_action");
        Assert.Equal("redirect", asked.Text("next_action.type"));
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var confirmed = await browser.PostAsync(new Uri(asked.Text("next_action.url")!), null, Token);

        await Shop.BecomesAsync($"/api/v1/payments/{id}", "succeeded");
        Assert.Equal(1, Shop.Hub.Sandbox.Ledger.ChargesFor(id));
    }

    [Fact]
    public async Task An_answer_that_is_lost_after_the_work_charges_once()
    {
        Shop.Hub.Sandbox.Faults.Add(
            new SandboxFault(FaultKind.DropAfterWork) { Provider = "stripe", Operation = "payment_intents.create", Count = 1 });

        var id = await ChargeAsync("20.00", "pm_card_visa");

        await Shop.BecomesAsync($"/api/v1/payments/{id}", "succeeded");
        Assert.Equal((1, 1), (Shop.Hub.Sandbox.Ledger.PaymentsFor(id), Shop.Hub.Sandbox.Ledger.ChargesFor(id)));
    }

    [Fact]
    public async Task It_names_the_one_provider_that_knows_it()
    {
        var method = new { token = "pm_card_visa", customer = "cus_1" };
        var unnamed = await Shop.PayAsync("20.00", new { payment_method = method });
        var lynk = await Shop.AddAsync(new
        {
            provider = "lynk", mode = "sandbox", credentials = new { merchant_name = "Shop", lynk_handle = "@shop", qr_text = "lynk:shop" },
        });
        var unknown = await Shop.PayAsync("20.00", new { currency = "JMD", integration_id = lynk, payment_method = method });
        var empty = await Shop.PayAsync("20.00", new { integration_id = Shop.Stripe, payment_method = new { } });

        Assert.StartsWith("needs integration_id", unnamed["errors.payment_method"][0].GetString(), StringComparison.Ordinal);
        Assert.StartsWith("is not taken by Lynk", unknown["errors.payment_method"][0].GetString(), StringComparison.Ordinal);
        Assert.Equal((422, true), ((int)empty.Status, empty["errors"].TryGetProperty("payment_method.token", out _)));
    }

    private async Task<string> ChargeAsync(string amount, string token, object? more = null)
    {
        var body = System.Text.Json.JsonSerializer.SerializeToNode(more ?? new { })!.AsObject();
        body["integration_id"] = Shop.Stripe;
        body.TryAdd("return_url", null);
        body["payment_method"] = new System.Text.Json.Nodes.JsonObject { ["token"] = token };
        var made = await Shop.PayAsync(amount, body);
        Assert.True((int)made.Status == 202, made.ToString());
        return made.Text("id")!;
    }
}

public sealed class SqliteSavedMethodTests(HubDatabases databases) : SavedMethodTests(databases, TestDatabases.Sqlite);

public sealed class PostgreSqlSavedMethodTests(HubDatabases databases) : SavedMethodTests(databases, TestDatabases.PostgreSql);
