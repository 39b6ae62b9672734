using System.Text.Json;
using Patchbay.Hub.Tests.Support;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Payments;

/// <summary>The story of a payment at every gateway of the sandbox, found by the catalog: all of them side by side in each test.</summary>
public abstract class GatewayTests(HubDatabases databases, string kind) : IAsyncLifetime
{
    private LentHub _hub = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await databases.LendAsync(kind, TestContext.Current.CancellationToken);
        _hub.Host.Sandbox.Autopay = false;   // customers act on the gateway's page
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public Task A_payment_is_paid_and_given_back_in_part_and_its_webhooks_arrive() => AtEachAsync(async shop =>
    {
        var payment = await shop.PaidAsync("20.00");
        if (shop.RefundsInPart)
        {
            var refund = await shop.RefundAsync(payment, "5.00");
            await shop.BecomesAsync($"/api/v1/refunds/{refund}", one => one.Text("status") == "succeeded");
            var left = await shop.BecomesAsync($"/api/v1/payments/{payment}", one => one.Text("status") == "partially_refunded");
            Assert.Equal(("20.00", "5.00"), (left.Text("captured"), left.Text("refunded")));
            var refunds = _hub.Host.Sandbox.Ledger;
            Assert.Equal(
                shop.NamesRefunds ? 1 : 500,
                shop.NamesRefunds ? refunds.RefundsFor(refund) : refunds.RefundedOf(left.Text("provider_reference")!));
        }

        await Eventually.BecomesAsync(
            async () => (await shop.ToldAsync(payment)).Contains("processed"), TimeSpan.FromSeconds(30),
            TestContext.Current.CancellationToken);
        var ledger = _hub.Host.Sandbox.Ledger;
        Assert.Equal((1, 1), (ledger.PaymentsFor(payment), ledger.ChargesFor(payment)));
    });

    [Fact]
    public Task A_customer_who_is_declined_pays_nothing_and_is_told_why() => AtEachAsync(async shop =>
    {
        var payment = await shop.PayAsync("30.00");

        await shop.ActAsync(payment, "/decline");

        // Some gateways let the customer try again, others end the payment.
        await shop.BecomesAsync($"/api/v1/payments/{payment.Text("id")}", one =>
            one.Text("status") == "failed" ? one.Text("failure_reason") == "card_declined"
            : one.Text("status") == "requires_action" && one["last_failure"].ValueKind == JsonValueKind.Object
                && one.Text("last_failure.reason") == "card_declined");
        Assert.Equal(0, _hub.Host.Sandbox.Ledger.ChargesFor(payment.Text("id")!));
    });

    [Fact]
    public Task What_is_reserved_is_captured_or_given_up() => AtEachAsync(async shop =>
    {
        if (!shop.Captures)
            return;
        var (taken, left) = (await shop.ReservedAsync("50.00"), await shop.ReservedAsync("51.00"));

        var captured = await shop.Client.PostJsonAsync($"/api/v1/payments/{taken}/capture", new { amount = "35.00" });
        var canceled = await shop.Client.PostJsonAsync($"/api/v1/payments/{left}/cancel");

        Assert.Equal((202, 202), ((int)captured.Status, (int)canceled.Status));
        await shop.BecomesAsync(
            $"/api/v1/payments/{taken}", one => (one.Text("status"), one.Text("captured")) == ("succeeded", "35.00"));
        await shop.BecomesAsync($"/api/v1/payments/{left}", one => (one.Text("status"), one.Text("captured")) == ("canceled", "0.00"));
    });

    /// <summary>The first answer is lost in two ways: the connection breaks, and nothing comes until the caller gives up.</summary>
    [Theory]
    [InlineData("100.97", "order-7")]
    [InlineData("20.00", "order-7.0099")]
    public Task A_payment_whose_answer_was_lost_is_charged_once(string amount, string reference) => AtEachAsync(async shop =>
    {
        var payment = await shop.PaidAsync(amount, reference);

        var deliveries = (await shop.Client.GetJsonAsync($"/api/v1/deliveries?subject_id={payment}"))["data"].EnumerateArray();
        var start = Assert.Single(deliveries, one => one.GetProperty("capability").GetString() == "initiate_payment");
        Assert.True(start.GetProperty("attempt_count").GetInt32() > 1, "No answer was lost.");
        var ledger = _hub.Host.Sandbox.Ledger;
        Assert.Equal((1, 1), (ledger.PaymentsFor(payment), ledger.ChargesFor(payment)));
    });

    /// <summary>Every fault is named with its gateway.</summary>
    private async Task AtEachAsync(Func<GatewayShop, Task> story)
    {
        var faults = await Task.WhenAll(GatewayShop.Gateways.Select(async gateway =>
        {
            try
            {
                using var shop = await GatewayShop.OpenAsync(_hub.Host, gateway);
                await story(shop);
                return null;
            }
            catch (Exception exception)
            {
                return $"{gateway.Name}: {exception.Message}";
            }
        }));
        Assert.True(faults.Length > 1);
        Assert.True(faults.All(fault => fault is null), string.Join("\n\n", faults.OfType<string>()));
    }
}

public sealed class GatewayTestsOnSqlite(HubDatabases databases) : GatewayTests(databases, TestDatabases.Sqlite);

public sealed class GatewayTestsOnPostgreSql(HubDatabases databases) : GatewayTests(databases, TestDatabases.PostgreSql);
