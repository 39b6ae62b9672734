using System.Text.Json;
using Patchbay.Hub.Tests.Support;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Payments;

/// <summary>What PowerTranz does unlike other gateways: its page is a document, what completes a payment a secret for minutes.</summary>
public abstract class PowerTranzPaymentTests(HubDatabases databases, string kind) : IAsyncLifetime
{
    private LentHub _hub = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await databases.LendAsync(kind, TestContext.Current.CancellationToken);
        _hub.Host.Sandbox.Autopay = false;
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task The_page_is_shown_to_who_reads_the_payment_and_the_token_to_nobody()
    {
        using var shop = await GatewayShop.OpenAsync(_hub.Host, GatewayShop.Gateways.Single(one => one.Name == "powertranz"));
        var payment = await shop.PayAsync("20.00");
        var listed = (await shop.Client.GetJsonAsync("/api/v1/payments"))["data"].EnumerateArray().Single();

        await shop.ActAsync(payment);
        var paid = await shop.BecomesAsync($"/api/v1/payments/{payment.Text("id")}", one => one.Text("status") == "succeeded");
        var inbox = (await shop.Client.GetJsonAsync("/api/v1/inbox"))["data"].EnumerateArray().Single();
        var form = (await shop.Client.GetJsonAsync($"/api/v1/inbox/{inbox.Text("id")}")).Text("body_excerpt")!;
        var told = await shop.BecomesAsync(   // what has happened shows a moment later
            "/api/v1/events?type=payment.*", all => all["data"].EnumerateArray().Any(one => one.Text("type") == "payment.succeeded"));
        var events = told["data"].EnumerateArray().ToList();

        Assert.StartsWith("<!doctype html>", payment.Text("next_action.html"), StringComparison.Ordinal);
        Assert.Equal(("embed", null), (listed.GetProperty("next_action").Text("type"), listed.GetProperty("next_action").Text("html")));
        Assert.Equal(JsonValueKind.Null, paid["next_action"].ValueKind);
        Assert.Contains("SpiToken=***", form, StringComparison.Ordinal);
        Assert.Contains("%22SpiToken%22%3A%22***%22", form, StringComparison.Ordinal);
        Assert.Contains(events, one => one.Text("type") == "payment.requires_action");
        Assert.DoesNotContain("<!doctype", string.Concat(events.Select(one => one.GetRawText())), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_strangers_form_is_refused()
    {
        using var shop = await GatewayShop.OpenAsync(_hub.Host, GatewayShop.Gateways.Single(one => one.Name == "powertranz"));
        var payment = await shop.PayAsync("20.00");
        using var stranger = new HttpClient();
        using var form = new FormUrlEncodedContent(
        [
            new("Response", """{"IsoResponseCode":"3D0","RiskManagement":{"ThreeDSecure":{"AuthenticationStatus":"Y"}}}"""),
            new("TransactionIdentifier", payment.Text("provider_reference")!), new("SpiToken", "any"),
        ]);

        var answer = await stranger.PostAsync(
            new Uri($"{shop.WebhookUrl}?o={payment.Text("id")}&a=20.00&c=388&s=AAAA"), form, TestContext.Current.CancellationToken);

        Assert.Equal(401, (int)answer.StatusCode);
        Assert.Equal("requires_action", (await shop.Client.GetJsonAsync($"/api/v1/payments/{payment.Text("id")}")).Text("status"));
    }
}

public sealed class PowerTranzPaymentTestsOnSqlite(HubDatabases databases) : PowerTranzPaymentTests(databases, TestDatabases.Sqlite);

public sealed class PowerTranzPaymentTestsOnPostgreSql(HubDatabases databases)
    : PowerTranzPaymentTests(databases, TestDatabases.PostgreSql);
