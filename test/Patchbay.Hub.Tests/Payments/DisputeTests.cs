using Microsoft.Extensions.DependencyInjection;
using Patchbay.Hub.Payments;
using Patchbay.Hub.Tests.Support;
using Patchbay.Sandbox.Faults;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Payments;

public abstract class DisputeTests(HubDatabases databases, string kind) : ShopTests(databases, kind)
{
    [Fact]
    public async Task An_inquiry_is_shown_and_stops_no_refund()
    {
        var id = await Shop.PaidAsync("100.00");

        var dispute = await Shop.DisputeAsync(id, "warning_needs_response");
        await DisputesAsync(id, "inquiry open 100.00");
        var payment = await Shop.Client.GetJsonAsync($"/api/v1/payments/{id}");
        var refund = await Shop.Client.PostJsonAsync(
            $"/api/v1/payments/{id}/refunds", new { amount = "40.00" }, "r", TimeSpan.FromSeconds(5));

        Assert.Equal(("succeeded", "0.00"), (payment.Text("status"), payment.Text("disputed")));
        Assert.Equal("succeeded", refund.Text("status"));
        await Shop.DisputeAsync(id, "needs_response", dispute: dispute);
        await Shop.BecomesAsync($"/api/v1/payments/{id}", "disputed");
        await DisputesAsync(id, "chargeback open 100.00");
    }

    [Fact]
    public async Task Each_dispute_counts_for_its_amount()
    {
        var id = await Shop.PaidAsync("100.00");
        var first = await Shop.DisputeAsync(id, "needs_response", "3000");
        await StandsAsync(id, "disputed 30.00 0.00");
        var tooMuch = await Shop.Client.PostJsonAsync($"/api/v1/payments/{id}/refunds", new { amount = "70.01" }, "r1");

        var second = await Shop.DisputeAsync(id, "needs_response", "5000");
        await StandsAsync(id, "disputed 80.00 0.00");
        await Shop.DisputeAsync(id, "lost", dispute: first);
        await StandsAsync(id, "disputed 50.00 30.00");
        await Shop.DisputeAsync(id, "won", dispute: second);
        await StandsAsync(id, "charged_back 0.00 30.00");
        var rest = await Shop.Client.PostJsonAsync($"/api/v1/payments/{id}/refunds", new { }, "r2");

        Assert.Equal((422, "refund_exceeds_captured"), ((int)tooMuch.Status, tooMuch.Text("code")));
        Assert.Equal("70.00", rest.Text("amount"));
        await DisputesAsync(id, "chargeback won 50.00", "chargeback lost 30.00");
        var third = await Shop.Client.GetJsonAsync($"/api/v1/payments/{id}/disputes?limit=1");
        Assert.Equal(second, third["data"][0].GetProperty("provider_reference").GetString());
        Assert.True(third["has_more"].GetBoolean());
        Assert.True(
            third["data"][0].GetProperty("evidence_due_at").GetDateTimeOffset() > TimeProvider.System.GetUtcNow().AddDays(8),
            third.ToString());
    }

    [Fact]
    public async Task A_disputed_payment_cannot_be_refunded_and_a_decision_can_be_corrected()
    {
        var id = await Shop.PaidAsync("100.00");
        var dispute = await Shop.DisputeAsync(id, "needs_response");
        await StandsAsync(id, "disputed 100.00 0.00");
        var refused = await Shop.Client.PostJsonAsync($"/api/v1/payments/{id}/refunds", new { amount = "1.00" }, "r1");
        await Shop.DisputeAsync(id, "lost", dispute: dispute);
        await StandsAsync(id, "charged_back 0.00 100.00");
        await Task.Delay(1100, Token);   // Stripe's clock counts seconds

        await Shop.DisputeAsync(id, "won", dispute: dispute);

        await StandsAsync(id, "succeeded 0.00 0.00");
        Assert.Equal((422, "payment_not_refundable"), ((int)refused.Status, refused.Text("code")));
        Assert.Equal(
            ["payment.dispute_opened", "payment.disputed", "payment.dispute_closed", "payment.charged_back", "payment.dispute_corrected",
                "payment.succeeded"],
            (await Shop.EventsAsync(id, Token)).SkipWhile(type => type != "payment.dispute_opened"));
        var audit = await Shop.Client.GetJsonAsync($"/api/v1/audit?limit=200");
        Assert.Contains(audit["data"].EnumerateArray(), entry => entry.GetProperty("action").GetString() == "payment.dispute"
            && entry.GetProperty("detail").GetProperty("from").GetString() == "lost"
            && entry.GetProperty("detail").GetProperty("to").GetString() == "won");
    }

    [Fact]
    public async Task A_dispute_whose_webhook_was_lost_is_found_by_verification()
    {
        var id = await Shop.PaidAsync("100.00");
        Shop.Hub.Sandbox.Faults.Add(new(FaultKind.WebhookNone) { Provider = "stripe" });
        await Shop.DisputeAsync(id, "lost", "2500");

        await Shop.Client.PostJsonAsync($"/api/v1/payments/{id}/verify");

        await StandsAsync(id, "charged_back 0.00 25.00");
        await DisputesAsync(id, "chargeback lost 25.00");
    }

    [Fact]
    public async Task What_a_release_before_knew_of_a_dispute_still_holds()
    {
        var open = await Shop.PaidAsync("100.00");
        var lost = await Shop.PaidAsync("50.00");
        await OldAsync(open, "open");
        await OldAsync(lost, "lost");

        await StandsAsync(open, "disputed 100.00 0.00");
        await StandsAsync(lost, "charged_back 0.00 50.00");
        foreach (var id in new[] { open, lost })
        {
            var refused = await Shop.Client.PostJsonAsync($"/api/v1/payments/{id}/refunds", new { amount = "1.00" }, "r" + id);
            Assert.Equal((422, "payment_not_refundable"), ((int)refused.Status, refused.Text("code")));
        }

        await Shop.DisputeAsync(open, "won");
        await StandsAsync(open, "succeeded 0.00 0.00");
    }

    private async Task OldAsync(string payment, string dispute) =>
        Assert.Equal(1, await Shop.Hub.Services.GetRequiredService<Database>().ExecuteAsync(
            "UPDATE payments SET dispute = @dispute WHERE id = @id",
            new { dispute, id = TypeId.Parse<PaymentId>(payment) }, Token));

    /// <summary>Status, what is disputed, what was charged back.</summary>
    private async Task StandsAsync(string id, string expected)
    {
        var stands = "";
        await Eventually.BecomesAsync(async () =>
        {
            var payment = await Shop.Client.GetJsonAsync($"/api/v1/payments/{id}");
            stands = $"{payment.Text("status")} {payment.Text("disputed")} {payment.Text("charged_back")}";
            return stands == expected;
        }, TimeSpan.FromSeconds(10), Token).ContinueWith(_ => Assert.Equal(expected, stands), TaskScheduler.Default);
    }

    private async Task DisputesAsync(string id, params string[] expected)
    {
        string[] disputes = [];
        await Eventually.BecomesAsync(async () =>
        {
            var list = await Shop.Client.GetJsonAsync($"/api/v1/payments/{id}/disputes");
            disputes = [.. list["data"].EnumerateArray().Select(one =>
                $"{one.GetProperty("kind").GetString()} {one.GetProperty("status").GetString()} {one.GetProperty("amount").GetString()}")];
            return disputes.SequenceEqual(expected);
        }, TimeSpan.FromSeconds(10), Token).ContinueWith(_ => Assert.Equal(expected, disputes), TaskScheduler.Default);
    }
}

public sealed class DisputeTestsOnSqlite(HubDatabases databases) : DisputeTests(databases, TestDatabases.Sqlite);

public sealed class DisputeTestsOnPostgreSql(HubDatabases databases) : DisputeTests(databases, TestDatabases.PostgreSql);
