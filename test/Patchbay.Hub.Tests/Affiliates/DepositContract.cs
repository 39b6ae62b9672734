using Patchbay.Hub.Tests.Support;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Affiliates;

/// <summary>Deposits by API, on either database.</summary>
public abstract class DepositContract(HubDatabases databases, string kind)
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Deposits_in_several_currencies_add_up_exactly_to_the_minimum_of_the_country()
    {
        await using var portal = await Portal.OpenAsync(databases, kind);
        await portal.MinimumAsync("*", "1000.00");
        await portal.MinimumAsync("BR", "100.00");
        Assert.Equal(200, (int)(await portal.Api.PutJsonAsync("/api/v1/affiliates/rates/BRL", new { rate = "0.1999" })).Status);
        var lead = await portal.LeadAsync("L1", "br");

        var first = await portal.DepositAsync("L1", "d1", "250.00", "BRL");
        await portal.Api.PutJsonAsync("/api/v1/affiliates/rates/BRL", new { rate = "0.3" });
        await portal.DepositAsync("L1", "d2", "50.02");
        Assert.Equal("99.995", (await portal.Api.GetJsonAsync($"/api/v1/affiliates/leads/{lead}")).Text("deposited"));
        Assert.DoesNotContain("lead.ftd", await portal.FeedAsync());
        await portal.DepositAsync("L1", "d3", "0.001", "KWD", "5");

        Assert.Equal("49.975", first.Text("converted"));
        Assert.Equal("0.1999", (await portal.Api.GetJsonAsync($"/api/v1/affiliates/deposits/{first.Text("id")}")).Text("rate"));
        var after = await portal.Api.GetJsonAsync($"/api/v1/affiliates/leads/{lead}");
        Assert.Equal("100.00", after.Text("deposited"));
        Assert.NotNull(after.Text("ftd_at"));
        Assert.Equal(["lead.registered", "lead.deposit", "lead.deposit", "lead.deposit", "lead.ftd"], await portal.FeedAsync());
    }

    [Fact]
    public async Task A_deposit_without_a_rate_says_so_and_counts_once_there_is_one()
    {
        await using var portal = await Portal.OpenAsync(databases, kind);
        await portal.MinimumAsync("*", "10.00");
        var lead = await portal.LeadAsync("L1");

        var deposit = await portal.DepositAsync("L1", "d1", "1500", "JPY");

        Assert.Equal("waiting_for_rate", deposit.Text("status"));
        Assert.Equal("0.00", (await portal.Api.GetJsonAsync($"/api/v1/affiliates/leads/{lead}")).Text("deposited"));
        Assert.Equal(1, (await portal.Api.GetJsonAsync("/api/v1/affiliates/deposits?status=waiting_for_rate"))["data"].GetArrayLength());
        await Eventually.BecomesAsync(
            async () => (await portal.Api.GetJsonAsync("/api/v1/events?type=alert.raised"))["data"].ToString()
                .Contains("affiliate_rate_missing", StringComparison.Ordinal),
            TimeSpan.FromSeconds(60), _ct);
        await portal.Api.PutJsonAsync("/api/v1/affiliates/rates/JPY", new { rate = "0.0068" });
        await Eventually.BecomesAsync(async () => (await portal.FeedAsync()).Contains("lead.ftd"), TimeSpan.FromSeconds(60), _ct);
        Assert.Equal(["lead.registered", "lead.deposit", "lead.ftd"], await portal.FeedAsync());
        Assert.Equal("10.20", (await portal.Api.GetJsonAsync($"/api/v1/affiliates/leads/{lead}")).Text("deposited"));
    }

    [Fact]
    public async Task A_reference_counts_once_and_what_was_taken_back_does_not_count()
    {
        await using var portal = await Portal.OpenAsync(databases, kind);
        await portal.MinimumAsync("*", "100.00");
        var lead = await portal.LeadAsync("L1");
        var deposit = await portal.DepositAsync("L1", "d1", "60.00");
        var again = await portal.DepositAsync("L1", "d1", "60.00");
        Assert.Equal((200, deposit.Text("id")), ((int)again.Status, again.Text("id")));
        var other = await portal.Api.PostJsonAsync(
            "/api/v1/affiliates/deposits", new { lead_id = lead, reference = "d1", amount = "61.00", currency = "USD" });
        Assert.Equal("deposit_exists", other.Text("code"));

        await portal.Api.PostJsonAsync($"/api/v1/affiliates/deposits/{deposit.Text("id")}/reverse", new { amount = "30.00" });
        await portal.DepositAsync("L1", "d2", "69.99");
        Assert.DoesNotContain("lead.ftd", await portal.FeedAsync());
        await portal.DepositAsync("L1", "d3", "0.01");
        var late = await portal.Api.PostJsonAsync($"/api/v1/affiliates/deposits/{deposit.Text("id")}/reverse", new { });
        var tooMuch = await portal.Api.PostJsonAsync($"/api/v1/affiliates/deposits/{deposit.Text("id")}/reverse", new { });

        Assert.Equal("60.00", late.Text("reversed"));
        Assert.Equal("reversal_exceeds_deposit", tooMuch.Text("code"));
        Assert.Equal(["lead.registered", "lead.deposit", "lead.deposit_reversed", "lead.deposit", "lead.deposit", "lead.ftd"],
            await portal.FeedAsync());
        Assert.Equal("lead.deposit_reversed",
            (await portal.Api.GetJsonAsync("/api/v1/affiliates/suppressions"))["data"][0].GetProperty("event").GetString());
        Assert.Equal("70.00", (await portal.Api.GetJsonAsync($"/api/v1/affiliates/leads/{lead}")).Text("deposited"));
    }

    [Fact]
    public async Task The_payments_of_a_leads_customer_are_its_deposits()
    {
        await using var shop = await Shop.OpenLentAsync(databases, kind, _ct);
        await shop.Client.PutJsonAsync("/api/v1/affiliates/settings", new { reporting_currency = "EUR" });
        await shop.Client.PutJsonAsync("/api/v1/affiliates/ftd-minimums/*", new { amount = "100.00" });
        var lead =
            (await shop.Client.PostJsonAsync("/api/v1/affiliates/leads", new { affiliate_id = "a", affiliate_lead_id = "L1" })).Text("id");
        Assert.Equal(
            200, (int)(await shop.Client.PatchJsonAsync($"/api/v1/affiliates/leads/{lead}", new { customer_id = "cus_9" })).Status);

        var first = await PaidAsync("60.00");
        await shop.Client.PostJsonAsync($"/api/v1/payments/{first}/refunds", new { amount = "10.00" }, "r1", TimeSpan.FromSeconds(5));
        await shop.BecomesAsync($"/api/v1/payments/{first}", "partially_refunded");
        await PaidAsync("50.00");
        Assert.Equal("100.00", (await shop.Client.GetJsonAsync($"/api/v1/affiliates/leads/{lead}")).Text("deposited"));
        await shop.Client.PostJsonAsync($"/api/v1/payments/{first}/refunds", new { amount = "5.00" }, "r2", TimeSpan.FromSeconds(5));
        await Eventually.BecomesAsync(async () => (await shop.Client.GetJsonAsync($"/api/v1/affiliates/leads/{lead}")).Text("deposited")
            == "95.00", TimeSpan.FromSeconds(60), _ct);

        Assert.Equal(["lead.registered", "lead.updated", "lead.deposit", "lead.deposit_reversed", "lead.deposit", "lead.ftd"],
            await shop.EventsAsync(lead!, _ct));
        var deposits = await shop.Client.GetJsonAsync("/api/v1/affiliates/deposits");
        Assert.Equal(2, deposits["data"].GetArrayLength());
        Assert.Contains(deposits["data"].EnumerateArray(), deposit => deposit.GetProperty("reference").GetString() == first
            && deposit.GetProperty("reversed").GetString() == "15.00");
        Assert.Equal("lead.deposit_reversed",
            (await shop.Client.GetJsonAsync("/api/v1/affiliates/suppressions"))["data"][0].GetProperty("event").GetString());

        async Task<string> PaidAsync(string amount)
        {
            var payment = (await shop.PayAsync(amount, new { customer = new { id = "cus_9" } })).Text("id")!;
            await shop.BecomesAsync($"/api/v1/payments/{payment}", "succeeded");
            return payment;
        }
    }

    [Fact]
    public async Task Disputes_take_their_part_of_a_deposit_and_what_comes_back_counts_again()
    {
        await using var shop = await Shop.OpenLentAsync(databases, kind, _ct);
        await shop.Client.PutJsonAsync("/api/v1/affiliates/settings", new { reporting_currency = "EUR" });
        var lead = (await shop.Client.PostJsonAsync(
            "/api/v1/affiliates/leads", new { affiliate_id = "a", affiliate_lead_id = "L1", customer_id = "cus_9" })).Text("id");
        var payment = (await shop.PayAsync("60.00", new { customer = new { id = "cus_9" } })).Text("id")!;
        await shop.BecomesAsync($"/api/v1/payments/{payment}", "succeeded");

        var dispute = await shop.DisputeAsync(payment, "lost", "2000");
        await DepositedAsync("40.00");
        var refund = (await shop.Client.PostJsonAsync($"/api/v1/payments/{payment}/refunds", new { amount = "10.00" }, "r")).Text("id")!;
        await DepositedAsync("30.00");
        await shop.BecomesAsync($"/api/v1/refunds/{refund}", "succeeded");
        await Task.Delay(1100, _ct);   // Stripe's clock counts seconds
        await shop.DisputeAsync(payment, "won", dispute: dispute);
        await DepositedAsync("50.00");
        await Task.Delay(1100, _ct);   // the payment is read once more for the dispute's fee
        await shop.ReturnAsync(refund);
        await DepositedAsync("60.00");

        Assert.Equal(
            ["lead.registered", "lead.deposit", "lead.deposit_reversed", "lead.deposit_reversed", "lead.deposit", "lead.deposit"],
            await shop.EventsAsync(lead!, _ct));

        Task DepositedAsync(string sum) => Eventually.BecomesAsync(
            async () => (await shop.Client.GetJsonAsync($"/api/v1/affiliates/leads/{lead}")).Text("deposited") == sum,
            TimeSpan.FromSeconds(20), _ct);
    }

    [Fact]
    public async Task Leads_are_registered_once_and_a_customer_belongs_to_one()
    {
        await using var portal = await Portal.OpenAsync(databases, kind);
        var lead = await portal.LeadAsync("L1", "BR", "cus_1");

        var same = await Register("L1", "BR", "cus_1");
        var different = await Register("L1", "DE", "cus_1");
        var taken = await Register("L2", null, "cus_1");
        var wrong = await Register("", "XX", " ");
        var currency = await portal.Api.PutJsonAsync("/api/v1/affiliates/ftd-minimums/BR", new { amount = "1.00", currency = "EUR" });
        await portal.DepositAsync("L1", "d1", "1.00");
        var settings = await portal.Api.PutJsonAsync("/api/v1/affiliates/settings", new { reporting_currency = "EUR" });

        Assert.Equal((200, lead), ((int)same.Status, same.Text("id")));
        Assert.Equal(["lead_exists", "customer_has_lead", "validation_failed", "validation_failed", "reporting_currency_fixed"],
            new[] { different, taken, wrong, currency, settings }.Select(reply => reply.Text("code")!));
        Assert.Equal(["affiliate_lead_id", "country", "customer_id"], wrong["errors"].EnumerateObject().Select(fault => fault.Name));

        Task<HubReply> Register(string name, string? country, string? customer) => portal.Api.PostJsonAsync(
            "/api/v1/affiliates/leads", new { affiliate_id = Portal.Affiliate, affiliate_lead_id = name, country, customer_id = customer });
    }
}

public sealed class SqliteDepositTests(HubDatabases databases) : DepositContract(databases, TestDatabases.Sqlite);

public sealed class PostgreSqlDepositTests(HubDatabases databases) : DepositContract(databases, TestDatabases.PostgreSql);
