using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Platform.Access;
using Patchbay.Hub.Tests.Support;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Conventions;

public sealed class TenantIsolationTests(HubDatabases databases)
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    /// <summary>What a body must hold so that the request fails for the id alone.</summary>
    private static readonly Dictionary<string, object> Bodies = new()
    {
        ["POST /api/v1/deliveries/{id}/resolve"] = new { outcome = "failed" },
        ["POST /api/v1/integrations/{id}/incident"] = new { active = true },
        ["PUT /api/v1/routing-rules/{id}"] = new { },
    };

    [Fact]
    public async Task No_endpoint_knows_another_tenants_ids()
    {
        await using var shop = await Shop.OpenLentAsync(databases, TestDatabases.Sqlite, _ct);
        var ids = await IdsOfAsync(shop);
        using var stranger = shop.Hub.Client((await shop.Hub.CreateTenantAsync("Stranger", _ct)).Key);

        var endpoints = shop.Hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<RequiredPermission>() is { Permission: not Permissions.Platform })
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(
                method => (Method: method, Route: "/" + endpoint.RoutePattern.RawText!.Trim('/'))))
            .ToList();
        Assert.True(endpoints.Count > 30, $"only {endpoints.Count} endpoints were found");

        var walked = 0;
        foreach (var (method, route) in endpoints.Where(endpoint => endpoint.Route.Contains('{', StringComparison.Ordinal)
            && !endpoint.Route.Contains("/by-external-id/", StringComparison.Ordinal)))   // names what is the caller's own
        {
            foreach (var id in ids)
            {
                var path = string.Join('/', route.Split('/').Select(part => part.StartsWith('{') ? id : part));
                var body = method == "GET" ? null : Bodies.GetValueOrDefault($"{method} {route}", new { });
                var reply = await stranger.SendJsonAsync(new HttpMethod(method), path, body, idempotencyKey: $"{method}{path}");
                Assert.True((int)reply.Status == 404, $"{method} {path}: {reply}");
                walked++;
            }
        }

        Assert.True(walked > 100);
        foreach (var (_, route) in endpoints.Where(endpoint => endpoint.Method == "GET"
            && !endpoint.Route.Contains('{', StringComparison.Ordinal) && !endpoint.Route.EndsWith("/stream", StringComparison.Ordinal)))
        {
            var list = await stranger.GetJsonAsync(route);
            Assert.All(ids, id => Assert.DoesNotContain(id, list.ToString(), StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Nothing_can_be_built_on_another_tenants_integration()
    {
        await using var shop = await Shop.OpenLentAsync(databases, TestDatabases.Sqlite, _ct);
        using var stranger = shop.Hub.Client((await shop.Hub.CreateTenantAsync("Stranger", _ct)).Key);

        var rule = await stranger.PostJsonAsync(
            "/api/v1/routing-rules", new { capability = "send_sms", priority = 1, integration_id = shop.Twilio });
        var message = await stranger.PostJsonAsync(
            "/api/v1/messages", new { channel = "sms", to = "+14155550123", body = "x", integration_id = shop.Twilio });

        Assert.Equal(422, (int)rule.Status);
        Assert.Equal(422, (int)message.Status);
        Assert.Equal(0, shop.Hub.Sandbox.Ledger.Requests("twilio", "messages.create"));
    }

    private static async Task<string> StatementAsync(Shop shop)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("2026-11-20,1.00\n"), "file", "bank.csv" },
            { new StringContent("""{"date":"1","amount":"2","header":false,"fixed_currency":"EUR"}"""), "mapping" },
        };
        using var reply = await shop.Client.PostAsync(new Uri("/api/v1/reconciliation/statements", UriKind.Relative), form);
        Assert.Equal(201, (int)reply.StatusCode);
        return reply.Headers.Location!.ToString().Split('/')[^1];
    }

    /// <summary>An id of every kind the shop has.</summary>
    private static async Task<IReadOnlyList<string>> IdsOfAsync(Shop shop)
    {
        var payment = await shop.PaidAsync("100.00");
        var refund = await shop.Client.PostJsonAsync($"/api/v1/payments/{payment}/refunds", new { amount = "1.00" }, "r");
        var message = await shop.Client.PostJsonAsync("/api/v1/messages", new { channel = "sms", to = "+14155550123", body = "x" });
        var job = await shop.Client.PostJsonAsync("/api/v1/deliveries/retry", new { filter = new { } });
        var delivery = (await shop.DeliveryOfAsync(payment)).GetProperty("id").GetString()!;
        var webhook = await shop.Client.PostJsonAsync(
            "/api/v1/webhooks", new { url = "https://example.com/hooks", events = new[] { "alert.raised" } });
        var lead = await shop.Client.PostJsonAsync("/api/v1/affiliates/leads", new { affiliate_id = "portal-7", affiliate_lead_id = "L1" });
        var deposit = await shop.Client.PostJsonAsync(
            "/api/v1/affiliates/deposits", new { lead_id = lead.Text("id"), reference = "d1", amount = "1.00", currency = "EUR" });
        var portal = await shop.Client.PostJsonAsync(
            "/api/v1/affiliates/webhooks", new { affiliate_id = "portal-7", endpoint_url = "https://portal.example/batches" });
        var customer = await shop.Client.PostJsonAsync("/api/v1/customers", new { external_id = "C-1" });
        var invoice = await shop.Client.PostJsonAsync(
            "/api/v1/invoices", new { external_id = "INV-1", currency = "EUR", total = "1.00" });
        var expense = await shop.Client.PostJsonAsync("/api/v1/expenses", new
        {
            external_id = "B-1", supplier = "Paper Ltd", currency = "EUR", total = "1.00", incurred_at = "2026-11-20T00:00:00Z",
        });
        var link = await shop.Client.PostJsonAsync("/api/v1/payment-links", new { amount = "1.00", currency = "EUR", reference = "r" });
        return
        [
            await StatementAsync(shop), await FirstAsync("/api/v1/reconciliation/entries"),
            await FirstAsync("/api/v1/reconciliation/report"),
            link.Text("id")!,
            customer.Text("id")!, invoice.Text("id")!, expense.Text("id")!,
            webhook.Text("id")!, lead.Text("id")!, deposit.Text("id")!, portal.Text("id")!,
            payment, refund.Text("id")!, message.Text("id")!, job.Text("id")!, delivery, shop.Twilio,
            await FirstAsync("/api/v1/routing-rules"), await FirstAsync("/api/v1/api-keys"), await FirstAsync("/api/v1/inbox"),
            await FirstAsync("/api/v1/events"),
        ];

        async Task<string> FirstAsync(string path) =>
            (await shop.Client.GetJsonAsync(path))["data"].EnumerateArray().First().GetProperty("id").GetString()!;
    }
}
