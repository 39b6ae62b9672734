using Patchbay.Hub.Tests.Support;
using Patchbay.Sandbox.Faults;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Messages;

/// <summary>A provider whose receipts are not signed and do not name its own ids.</summary>
public abstract class TextLocalTests(HubDatabases databases, string kind) : ShopTests(databases, kind)
{
    [Fact]
    public async Task TextLocal_delivers_and_what_it_cannot_be_asked_about_is_sent_again()
    {
        var textLocal = await AddTextLocalAsync();

        var plain = await ByAsync(textLocal, "+14155550123");
        var delivered = await Shop.BecomesAsync($"/api/v1/messages/{plain}", "delivered");
        Shop.Hub.Sandbox.Faults.Add(new(FaultKind.WebhookNone) { Provider = "textlocal" });   // its receipt would tell of it
        var lost = await ByAsync(textLocal, "+14155550097");
        await DeliveredAsync(lost);

        Assert.Equal((textLocal, plain), (delivered.Text("integration_id"), delivered.Text("provider_reference")));
        Assert.Equal((1, 2), (Shop.Hub.Sandbox.Ledger.MessagesFor(plain), Shop.Hub.Sandbox.Ledger.MessagesFor(lost)));
        Assert.Equal(["call", "call"], (await Shop.DeliveryOfAsync(lost)).GetProperty("attempts").EnumerateArray()
            .Select(attempt => attempt.GetProperty("kind").GetString()));
    }

    [Fact]
    public async Task Receipts_tell_why_a_message_did_not_arrive()
    {
        var message = await ByAsync(await AddTextLocalAsync(), "+14155550010");

        var undelivered = await Shop.BecomesAsync($"/api/v1/messages/{message}", "undelivered");

        Assert.Equal(("U", "unreachable"), (undelivered.Text("failure_code"), undelivered.Text("failure_reason")));
    }

    [Fact]
    public async Task What_proves_a_receipt_is_shown_to_nobody()
    {
        var message = await ByAsync(await AddTextLocalAsync(), "+14155550123");
        await Shop.BecomesAsync($"/api/v1/messages/{message}", "delivered");

        var received = (await Shop.Client.GetJsonAsync("/api/v1/inbox?provider=textlocal"))["data"].EnumerateArray().Single();
        var receipt = await Shop.Client.GetJsonAsync($"/api/v1/inbox/{received.GetProperty("id").GetString()}");
        await DeliveredAsync(message);
        var attempt = (await Shop.DeliveryOfAsync(message)).GetProperty("attempts")[0];

        Assert.EndsWith($"?ref={message}&token=***", receipt.Text("url"), StringComparison.Ordinal);
        Assert.Contains("token%3D***", attempt.GetProperty("request_excerpt").GetString(), StringComparison.Ordinal);
        Assert.Contains("apikey=***", attempt.GetProperty("request_excerpt").GetString(), StringComparison.Ordinal);
        Assert.Contains("token=***", attempt.GetProperty("response_excerpt").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receipt_from_a_stranger_is_refused_and_moves_nothing()
    {
        var textLocal = await AddTextLocalAsync();
        var message = await ByAsync(textLocal, "+14155550064");   // TextLocal itself tells nothing of it
        await DeliveredAsync(message);

        using var stranger = new HttpClient();
        foreach (var proof in new[] { "", "&token=" + new string('0', 64) })
        {
            using var receipt = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["number"] = "14155550064", ["status"] = "I", ["customID"] = message,
            });
            using var answer = await stranger.PostAsync(
                new Uri(Shop.Hub.Address, $"api/webhooks/textlocal/{textLocal}?ref={message}{proof}"), receipt, Token);
            Assert.Equal(401, (int)answer.StatusCode);
        }

        Assert.Equal("queued", (await Shop.Client.GetJsonAsync($"/api/v1/messages/{message}")).Text("status"));
    }

    [Fact]
    public async Task A_text_that_TextLocal_would_cut_goes_to_another_provider()
    {
        var textLocal = await AddTextLocalAsync();
        await Shop.RuleAsync(new
        {
            capability = "send_sms", priority = 1, integration_id = textLocal, fallback_integration_ids = new[] { Shop.Plivo },
        });

        var sent = await Shop.Client.PostJsonAsync(
            "/api/v1/messages", new { channel = "sms", to = "+14155550124", body = new string('x', 767) });

        var delivered = await Shop.BecomesAsync($"/api/v1/messages/{sent.Text("id")}", "delivered");
        Assert.Equal(Shop.Plivo, delivered.Text("integration_id"));
        Assert.Equal(0, Shop.Hub.Sandbox.Ledger.Requests("textlocal", "messages.create"));
    }

    private async Task<string> ByAsync(string integration, string to) => (await Shop.Client.PostJsonAsync(
        "/api/v1/messages", new { channel = "sms", to, body = "Your order has shipped", integration_id = integration })).Text("id")!;

    private Task DeliveredAsync(string message) => Eventually.BecomesAsync(
        async () => (await Shop.DeliveryOfAsync(message)).GetProperty("status").GetString() == "delivered", TimeSpan.FromSeconds(60),
        Token);

    private Task<string> AddTextLocalAsync() => Shop.AddAsync(new
    {
        provider = "textlocal", mode = "sandbox", settings = new { timeout_seconds = 3, retry = new { first_delay_seconds = 0.05 } },
        credentials = new { region = "in", api_key = "NTA0ZjQ4/+Yt-4c5d6e7f8a9b0c1==", sender = "TXTLCL" },
    });
}

public sealed class TextLocalTestsOnSqlite(HubDatabases databases) : TextLocalTests(databases, TestDatabases.Sqlite);

public sealed class TextLocalTestsOnPostgreSql(HubDatabases databases) : TextLocalTests(databases, TestDatabases.PostgreSql);
