using Patchbay.Hub.Tests.Support;
using Patchbay.Sandbox.Faults;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Payments;

/// <summary>Providers that only take captures and cancellations on, and tell later what became of them, as Adyen does.</summary>
public abstract class RefusedClosingTests(HubDatabases databases, string kind) : IAsyncLifetime
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private LentHub _hub = null!;
    private GatewayShop _shop = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await databases.LendAsync(kind, _ct);
        _hub.Host.Sandbox.Autopay = false;
        _shop = await GatewayShop.OpenAsync(_hub.Host, GatewayShop.Gateways.Single(one => one.Name == "adyen"));
    }

    public async ValueTask DisposeAsync()
    {
        _shop.Dispose();
        await _hub.DisposeAsync();
    }

    /// <summary>The reservation was given up in the provider's own pages, and nothing was told of that.</summary>
    [Fact]
    public async Task What_was_taken_on_and_refused_is_told_and_can_be_tried_again()
    {
        var payment = await _shop.ReservedAsync("50.00");
        await GiveUpSilentlyAsync(payment);

        foreach (var what in new[] { "capture", "cancel", "capture" })
        {
            var before = await AlertsAsync(payment);
            var begun = await _shop.Client.PostJsonAsync($"/api/v1/payments/{payment}/{what}", new { });
            Assert.True((int)begun.Status == 202, begun.ToString());
            await Eventually.BecomesAsync(async () => await AlertsAsync(payment) > before, TimeSpan.FromSeconds(30), _ct);
        }

        var left = await _shop.Client.GetJsonAsync($"/api/v1/payments/{payment}");
        Assert.Equal(
            ("authorized", "0.00", "insufficient_balance_on_payment"),
            (left.Text("status"), left.Text("captured"), left.Text("last_failure.code")));
    }

    private async Task GiveUpSilentlyAsync(string payment)
    {
        var fault = new SandboxFault(FaultKind.WebhookNone) { Provider = "adyen", Operation = "CANCELLATION", Count = 1 };
        _hub.Host.Sandbox.Faults.Add(fault);
        var reference = (await _shop.Client.GetJsonAsync($"/api/v1/payments/{payment}")).Text("provider_reference");
        using var request = new HttpRequestMessage(
            HttpMethod.Post, new Uri(_hub.Host.Sandbox.UrlOf("adyen"), $"v71/payments/{reference}/cancels"))
        {
            Headers = { { "X-API-Key", "AQEexampleExampleExample00000000000000000000" } },
            Content = new StringContent("""{"merchantAccount":"AcmeECOM"}"""),
        };
        using var client = new HttpClient();
        Assert.Equal(201, (int)(await client.SendAsync(request, _ct)).StatusCode);
    }

    private async Task<int> AlertsAsync(string payment) =>
        (await _shop.Client.GetJsonAsync("/api/v1/events?type=alert.raised&limit=200"))["data"].EnumerateArray()
        .Select(one => one.GetProperty("data"))
        .Count(alert => alert.GetProperty("code").GetString() == "payment_closing_refused"
            && alert.GetProperty("subject").GetString() == payment);
}

public sealed class RefusedClosingTestsOnSqlite(HubDatabases databases) : RefusedClosingTests(databases, TestDatabases.Sqlite);

public sealed class RefusedClosingTestsOnPostgreSql(HubDatabases databases) : RefusedClosingTests(databases, TestDatabases.PostgreSql);
