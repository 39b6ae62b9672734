using System.Net;
using Patchbay.Hub.Tests.Support;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Payments;

/// <summary>What WiPay does unlike other gateways: customers come back by way of the hub, and refunds are of all of a payment.</summary>
public abstract class WiPayPaymentTests(HubDatabases databases, string kind) : IAsyncLifetime
{
    private static readonly HttpClient Browser = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private LentHub _hub = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await databases.LendAsync(kind, _ct);
        _hub.Host.Sandbox.Autopay = false;
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    /// <summary>With neither a WAPI key nor a webhook the return alone proves it; with a key, WiPay is asked.</summary>
    [Theory]
    [InlineData("wapi_key", "webhook_secret")]
    [InlineData("webhook_secret")]
    public async Task A_customer_who_comes_back_is_sent_on_and_has_paid(params string[] without)
    {
        using var shop = await OpenAsync(without);
        var payment = await shop.PayAsync("20.00");
        var back = await PaidOnPageAsync(payment);

        using var changed = await Browser.GetAsync(new Uri(back.OriginalString.Replace("thanks", "evil", StringComparison.Ordinal)), _ct);
        using var answer = await Browser.GetAsync(back, _ct);
        using var again = await Browser.GetAsync(back, _ct);

        Assert.Equal(HttpStatusCode.Unauthorized, changed.StatusCode);
        Assert.All([answer, again], one => Assert.Equal(
            (HttpStatusCode.SeeOther, "https://shop.example/thanks"), (one.StatusCode, one.Headers.Location?.OriginalString)));
        var paid = await shop.BecomesAsync($"/api/v1/payments/{payment.Text("id")}", one => one.Text("status") == "succeeded");
        Assert.Equal("20.00", paid.Text("captured"));
    }

    [Fact]
    public async Task All_of_a_payment_is_given_back_and_no_part()
    {
        using var shop = await OpenAsync([]);
        var payment = await shop.PaidAsync("21.00");

        var part = await shop.RefundAsync(payment, "5.00");
        await shop.BecomesAsync($"/api/v1/refunds/{part}", one => one.Text("failure_code") == "partial_refund_not_supported");
        var whole = await shop.RefundAsync(payment, "21.00");

        await shop.BecomesAsync($"/api/v1/refunds/{whole}", one => one.Text("status") == "succeeded");
        await shop.BecomesAsync($"/api/v1/payments/{payment}", one => one.Text("status") == "refunded");
    }

    private Task<GatewayShop> OpenAsync(string[] without) =>
        GatewayShop.OpenAsync(_hub.Host, GatewayShop.Gateways.Single(one => one.Name == "wipay"), without);

    /// <summary>Where the page sends the customer who has paid.</summary>
    private async Task<Uri> PaidOnPageAsync(HubReply payment)
    {
        using var answer = await Browser.PostAsync(new Uri(payment.Text("next_action.url")!), null, _ct);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return answer.Headers.Location!;
    }
}

public sealed class WiPayPaymentTestsOnSqlite(HubDatabases databases) : WiPayPaymentTests(databases, TestDatabases.Sqlite);

public sealed class WiPayPaymentTestsOnPostgreSql(HubDatabases databases) : WiPayPaymentTests(databases, TestDatabases.PostgreSql);
