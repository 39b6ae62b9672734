using System.Text;
using Patchbay.Hub.Tests.Support;
using Patchbay.Sandbox.Faults;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Payments;

/// <summary>Webhooks that say no more than that something happened, as Mollie's: the hub asks, but only about what it knows.</summary>
public abstract class PaymentHintTests(HubDatabases databases, string kind) : IAsyncLifetime
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private LentHub _hub = null!;
    private GatewayShop _shop = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await databases.LendAsync(kind, _ct);
        _hub.Host.Sandbox.Autopay = false;
        // Without the secret of signed webhooks only hints come.
        _shop = await GatewayShop.OpenAsync(_hub.Host, GatewayShop.Gateways.Single(one => one.Name == "mollie"), "webhook_secret");
    }

    public async ValueTask DisposeAsync()
    {
        _shop.Dispose();
        await _hub.DisposeAsync();
    }

    /// <summary>The first follow-up would come after a minute.</summary>
    [Fact]
    public async Task A_hint_about_a_payment_tells_of_its_refunds_too()
    {
        var payment = await _shop.PaidAsync("300.00");
        var refund = await _shop.RefundAsync(payment, "100.19");   // pending first

        await _shop.BecomesAsync($"/api/v1/refunds/{refund}", one => one.Text("status") == "succeeded");
        Assert.Contains("processed", await _shop.ToldAsync(payment));
    }

    [Fact]
    public async Task A_hint_that_comes_before_the_answer_about_a_refund_is_waited_with()
    {
        var payment = await _shop.PaidAsync("300.00");
        _hub.Host.Sandbox.Faults.Add(new(FaultKind.HangAfterWork)
        {
            Provider = "mollie", Operation = "refunds.create", Delay = TimeSpan.FromSeconds(1.2), Count = 1,
        });

        var refund = await _shop.RefundAsync(payment, "100.19");

        await _shop.BecomesAsync($"/api/v1/refunds/{refund}", one => one.Text("status") == "succeeded");
    }

    [Fact]
    public async Task A_hint_about_a_payment_tells_of_its_disputes_too()
    {
        var payment = await _shop.PayAsync("100.59");   // charged back as soon as it is paid
        await _shop.ActAsync(payment);

        await _shop.BecomesAsync($"/api/v1/payments/{payment.Text("id")}", one => one.Text("status") == "disputed");
        var disputes = (await _shop.Client.GetJsonAsync($"/api/v1/payments/{payment.Text("id")}/disputes"))["data"];
        Assert.Equal("100.59", Assert.Single(disputes.EnumerateArray()).GetProperty("amount").GetString());
    }

    [Fact]
    public async Task A_stranger_is_refused_and_an_unknown_payment_is_not_asked_about()
    {
        await _shop.PaidAsync("20.00");
        var address = await AddressAsync();
        var asked = _hub.Host.Sandbox.Ledger.Requests("mollie", "payments.get");

        var stranger = await TellAsync(_shop.WebhookUrl, "tr_stranger");
        var unknown = await TellAsync(address, "tr_unknown");

        Assert.Equal((401, 200), (stranger, unknown));
        var inbox = await _shop.BecomesAsync("/api/v1/inbox?status=unmatched", one => one["data"].GetArrayLength() > 0);
        Assert.StartsWith("tr_unknown@", Assert.Single(inbox["data"].EnumerateArray()).GetProperty("event_id").GetString());
        Assert.Equal(asked, _hub.Host.Sandbox.Ledger.Requests("mollie", "payments.get"));
    }

    /// <summary>As it went out with the payment.</summary>
    private async Task<Uri> AddressAsync()
    {
        var hint = (await _shop.Client.GetJsonAsync("/api/v1/inbox"))["data"][0].GetProperty("id").GetString();
        return new Uri((await _shop.Client.GetJsonAsync($"/api/v1/inbox/{hint}")).Text("url")!);
    }

    private async Task<int> TellAsync(Uri address, string payment)
    {
        using var provider = new HttpClient();
        using var body = new StringContent("id=" + payment, Encoding.UTF8, "application/x-www-form-urlencoded");
        using var answer = await provider.PostAsync(address, body, _ct);
        return (int)answer.StatusCode;
    }
}

public sealed class PaymentHintTestsOnSqlite(HubDatabases databases) : PaymentHintTests(databases, TestDatabases.Sqlite);

public sealed class PaymentHintTestsOnPostgreSql(HubDatabases databases) : PaymentHintTests(databases, TestDatabases.PostgreSql);
