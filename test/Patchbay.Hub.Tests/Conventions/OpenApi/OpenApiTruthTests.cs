using System.Text.Json;
using System.Text.Json.Nodes;
using Patchbay.Hub.Tests.Deliveries;
using Patchbay.Hub.Tests.Support;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Conventions.OpenApi;

/// <summary>The hub does as its document says.</summary>
public sealed class OpenApiTruthTests(HubDatabases databases) : ShopTests(databases, TestDatabases.Sqlite)
{
    private int _keys;

    [Fact]
    public async Task Whatever_is_read_is_as_its_schema_says()
    {
        var document = await HubDocument.ReadAsync(Shop.Client);
        await LiveAsync();
        var ids = await IdsAsync();
        var read = 0;
        var listed = new HashSet<string>();
        foreach (var operation in document.Operations.Where(operation => operation.Method == "get" && operation.Id != "events.stream"
            && !operation.Path.StartsWith("/api/webhooks", StringComparison.Ordinal)
            && !operation.Path.StartsWith("/api/v1/tenants", StringComparison.Ordinal)))
        {
            if (Address(operation, ids) is not { } address)
                continue;
            var reply = await Shop.Client.GetJsonAsync(address);
            Assert.True((int)reply.Status == 200, $"{operation}: {reply}");
            var schema = document.Media(document.Answer(operation, 200), "application/json")!.Value.GetProperty("schema");
            var faults = document.Faults(schema, reply.Body);
            Assert.True(faults.Count == 0, $"{operation}: {string.Join("; ", faults)}");
            if (reply.Body.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Array && data.GetArrayLength() > 0)
                listed.Add(operation.Id);
            read++;
        }

        Assert.True(read > 35, $"only {read} were read");
        Assert.True(listed.Count > 15, $"only {string.Join(' ', listed)} had something to show");
    }

    [Fact]
    public async Task What_a_request_must_have_is_what_the_hub_demands()
    {
        var document = await HubDocument.ReadAsync(Shop.Client);
        await LiveAsync();
        var ids = await IdsAsync();
        var demanded = 0;
        var demands = new List<string>();
        foreach (var operation in document.Operations.Where(operation => operation.Body.TryGetProperty("requestBody", out var body)
            && body.GetProperty("content").TryGetProperty("application/json", out _) && operation.Id is not "tenants.create"))
        {
            var media = operation.Body.GetProperty("requestBody").GetProperty("content").GetProperty("application/json");
            var required = document.Resolve(media.GetProperty("schema")).TryGetProperty("required", out var names)
                ? names.EnumerateArray().Select(name => name.GetString()!).ToList() : [];
            Assert.Equal(required.Count > 0, operation.Body.GetProperty("requestBody").TryGetProperty("required", out _));
            var least = JsonNode.Parse(document.Example(media)!.Value.GetRawText())!.AsObject();
            foreach (var name in least.Select(field => field.Key).Except(required).ToList())
                least.Remove(name);
            demands.AddRange(Demands(await SendAsync(operation, ids, least)).Select(name => $"{operation.Id} {name}"));
            foreach (var name in required)
            {
                var body = JsonNode.Parse(document.Example(media)!.Value.GetRawText())!.AsObject();
                body.Remove(name);
                var reply = await SendAsync(operation, ids, body);
                Assert.True(reply.Text("code") == "validation_failed", $"{operation} without {name}: {reply}");
                Assert.True(reply["errors"].EnumerateObject().Any(fault => fault.Name == name), $"{operation} without {name}: {reply}");
                demanded++;
            }
        }

        Assert.True(demanded > 25, $"only {demanded} fields were demanded");
        // When it succeeded, where there is no template, where the payer does not choose, where the other gateway is not named,
        // when it is no refund or payout, where no event is named.
        Assert.Equal(
            [
                "deliveries.resolve provider_reference", "messages.send body", "payment_links.create amount",
                "payments.routing.set deposit_gateway", "reconciliation.entries.match payment_id",
                "webhooks.replay since",
            ],
            demands.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_examples_of_requests_are_right()
    {
        var document = await HubDocument.ReadAsync(Shop.Client);
        await LiveAsync();
        var ids = await IdsAsync();
        var sent = 0;
        foreach (var operation in document.Operations.Where(operation => operation.Body.TryGetProperty("requestBody", out var body)
            && body.GetProperty("content").TryGetProperty("application/json", out _) && operation.Id is not "tenants.create"))
        {
            var media = operation.Body.GetProperty("requestBody").GetProperty("content").GetProperty("application/json");
            var body = JsonNode.Parse(document.Example(media)!.Value.GetRawText()
                .Replace("int_01kanwzq3se8fbx0t2d7j4m9rk", Shop.Twilio, StringComparison.Ordinal))!.AsObject();
            if (operation.Id == "routing.rules.reorder")
                body["ids"] = new JsonArray([.. await RulesAsync()]);
            var reply = await SendAsync(operation, ids, body);
            Assert.True((int)reply.Status < 400 || reply.Text("code") != "validation_failed", $"{operation}: {reply}");
            if ((int)reply.Status < 400)
            {
                var schema = document.Media(document.Answer(operation, (int)reply.Status), "application/json")?.GetProperty("schema");
                Assert.True(schema is not null, $"{operation} answers {reply}, which is not in the document");
                var faults = document.Faults(schema.Value, reply.Body);
                Assert.True(faults.Count == 0, $"{operation}: {string.Join("; ", faults)}");
            }

            sent++;
        }

        Assert.True(sent > 25, $"only {sent} were sent");
    }

    [Fact]
    public async Task A_key_holds_for_whatever_changes_something_not_only_for_posts()
    {
        var made = await Shop.Client.PostJsonAsync("/api/v1/api-keys", new { name = "n", permissions = new[] { "read:payments" } });

        var first = await ChangeAsync("first");
        var again = await ChangeAsync("first");
        var other = await ChangeAsync("second");

        Assert.Equal((200, 200, 422), ((int)first.Status, (int)again.Status, (int)other.Status));
        Assert.Equal("true", again.Headers.GetValues("Idempotency-Replay").Single());
        Assert.Equal("idempotency_key_reused", other.Text("code"));

        Task<HubReply> ChangeAsync(string name) =>
            Shop.Client.SendJsonAsync(HttpMethod.Patch, $"/api/v1/api-keys/{made.Text("id")}", new { name }, idempotencyKey: "change");
    }

    /// <summary>The fields that a refusal calls required; what is in credentials is the provider's matter.</summary>
    private static IEnumerable<string> Demands(HubReply reply) =>
        (int)reply.Status == 422 && reply.Text("code") == "validation_failed"
            ? reply["errors"].EnumerateObject().Where(fault => fault.Value.ToString().Contains("is required", StringComparison.Ordinal))
                .Select(fault => fault.Name).Where(name => !name.Contains('.', StringComparison.Ordinal))
            : [];

    private Task<HubReply> SendAsync(DocumentedOperation operation, IReadOnlyDictionary<string, string> ids, JsonObject body) =>
        Shop.Client.SendJsonAsync(
            new HttpMethod(operation.Method.ToUpperInvariant()),
            Address(operation, ids) ?? throw new InvalidOperationException($"There is nothing for {operation}."), body.ToJsonString(),
            operation.Method == "post" ? $"truth-{++_keys}" : null);

    /// <summary>Null when there is nothing of the kind that the path names.</summary>
    private static string? Address(DocumentedOperation operation, IReadOnlyDictionary<string, string> ids)
    {
        if (!operation.Path.Contains('{', StringComparison.Ordinal))
            return operation.Path;
        var around = operation.Path[..operation.Path.IndexOf('{', StringComparison.Ordinal)];
        return ids.TryGetValue(around, out var id)
            ? around + id + operation.Path[(operation.Path.IndexOf('}', StringComparison.Ordinal) + 1)..] : null;
    }

    private async Task<IEnumerable<JsonNode?>> RulesAsync() =>
        (await Shop.Client.GetJsonAsync("/api/v1/routing-rules?capability=send_sms"))["data"].EnumerateArray()
            .Select(rule => (JsonNode?)rule.GetProperty("id").GetString());

    /// <summary>Something of each kind.</summary>
    private async Task LiveAsync()
    {
        await MirrorAsync();
        await ImportAsync();
        var payment = await Shop.PaidAsync("100.00");
        await Shop.DisputeAsync(payment, "needs_response", "1000");
        await PostAsync($"/api/v1/payments/{payment}/refunds", new { amount = "1.00" });
        await PostAsync("/api/v1/messages", new { channel = "sms", to = "+14155550123", body = "x", metadata = new { order = "1" } });
        await PostAsync("/api/v1/webhooks", new { url = "https://example.com/hooks", events = new[] { "payment.*" } });
        await PostAsync("/api/v1/api-keys", new { name = "n", permissions = new[] { "read:payments" } });
        await PostAsync("/api/v1/affiliates/webhooks", new { affiliate_id = "portal-1", endpoint_url = "https://portal.example/batches" });
        await PostAsync("/api/v1/affiliates/leads", new { affiliate_id = "portal-7", affiliate_lead_id = "L-1042" });
        await Shop.Client.PutJsonAsync("/api/v1/affiliates/ftd-minimums/BR", new { amount = "1000000.00" });
        await Shop.Client.PutJsonAsync("/api/v1/affiliates/rates/JMD", new { rate = "0.01" });
        await PostAsync(
            "/api/v1/affiliates/deposits",
            new { affiliate_id = "portal-7", affiliate_lead_id = "L-1042", reference = "d", amount = "5.00", currency = "USD" });
        await PostAsync("/api/v1/deliveries/retry", new { filter = new { } });
        await Shop.Client.PutJsonAsync("/api/v1/payments/routing/BR", new { deposit_gateway = "stripe" });
        await Shop.Client.PutJsonAsync("/api/v1/payments/routing/*", new { deposit_gateway = "stripe" });
        await Shop.AddAsync(new { provider = "courier", credentials = new { drawer = Drawer.New().Name, hook_secret = "hush-hush" } });
        await Shop.Client.PutJsonAsync("/api/v1/payouts/settings", new { enabled = true });
        await PostAsync(
            "/api/v1/payouts",
            new { amount = "5.00", currency = "EUR", reference = "p", destination = new { type = "wallet", account = "ann@example.com" } });
    }

    private async Task ImportAsync()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("2026-11-20,1.00\n"), "file", "bank.csv" },
            { new StringContent("""{"date":"1","amount":"2","header":false,"fixed_currency":"EUR"}"""), "mapping" },
        };
        using var reply = await Shop.Client.PostAsync(new Uri("/api/v1/reconciliation/statements", UriKind.Relative), form);
        Assert.Equal(201, (int)reply.StatusCode);
    }

    private async Task MirrorAsync()
    {
        await PostAsync("/api/v1/customers", new { external_id = "C-1", email = "ann@example.com", metadata = new { tier = "gold" } });
        await PostAsync("/api/v1/invoices", new
        {
            external_id = "INV-1", customer_id = "C-1", currency = "EUR", total = "100.00",
            lines = new[] { new { description = "Consulting", quantity = "1" } },
        });
        await PostAsync("/api/v1/expenses", new
        {
            external_id = "B-1", supplier = "Paper Ltd", currency = "EUR", total = "1.00", incurred_at = "2026-11-20T00:00:00Z",
        });
        await PostAsync("/api/v1/payment-links", new { amount = "1.00", currency = "EUR", reference = "r", customer_id = "C-1" });
        var payment = (await Shop.PayAsync("101.00", new { invoice_id = "INV-1", customer = new { id = "C-1" } })).Text("id")!;
        await Shop.BecomesAsync($"/api/v1/payments/{payment}", "succeeded");
    }

    private async Task PostAsync(string path, object body)
    {
        var reply = await Shop.Client.PostJsonAsync(path, body, $"truth-{++_keys}");
        Assert.True((int)reply.Status < 300, $"{path}: {reply}");
    }

    /// <summary>One of each kind, by the path that leads there.</summary>
    private async Task<IReadOnlyDictionary<string, string>> IdsAsync()
    {
        string[] lists =
        [
            "payments", "payouts", "messages", "deliveries", "integrations", "routing-rules", "webhooks", "api-keys", "inbox", "events",
            "affiliates/leads", "affiliates/webhooks", "affiliates/deposits", "customers", "invoices", "expenses",
            "payment-links", "reconciliation/statements", "reconciliation/entries", "reconciliation/report",
        ];
        var ids = new Dictionary<string, string>
        {
            ["/api/v1/affiliates/ftd-minimums/"] = "BR", ["/api/v1/affiliates/rates/"] = "JMD",
            ["/api/v1/customers/by-external-id/"] = "C-1", ["/api/v1/invoices/by-external-id/"] = "INV-1",
            ["/api/v1/expenses/by-external-id/"] = "B-1", ["/api/v1/integrations/providers/"] = "plivo",
            ["/api/v1/payments/routing/"] = "BR", ["/api/v1/payment-gateways/"] = "stripe",
            ["/api/v1/jobs/"] = (await Shop.Client.PostJsonAsync("/api/v1/deliveries/retry", new { filter = new { } })).Text("id")!,
        };
        foreach (var list in lists)
        {
            var data = (await Shop.Client.GetJsonAsync($"/api/v1/{list}"))["data"];
            Assert.True(data.GetArrayLength() > 0, $"There are no {list}.");
            ids[$"/api/v1/{list}/"] = data[0].GetProperty("id").GetString()!;
        }

        ids["/api/v1/refunds/"] = (await Shop.Client.GetJsonAsync($"/api/v1/payments/{ids["/api/v1/payments/"]}/refunds"))["data"][0]
            .GetProperty("id").GetString()!;
        return ids;
    }
}
