using System.Text.Json;
using Patchbay.Hub.Tests.Support;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Messages;

/// <summary>E-mails, by SendGrid's double.</summary>
public abstract class EmailTests(HubDatabases databases, string kind) : ShopTests(databases, kind)
{
    private static int s_count;

    private string _sendGrid = "";

    [Fact]
    public async Task It_goes_out_with_the_text_of_its_HTML_and_is_followed_until_it_arrives()
    {
        await ConnectAsync();

        var sent = await SendAsync("Ann@Example.com", new
        {
            body = (string?)null, body_html = "<h1>Order 7</h1><p>It is on its <b>way</b>.</p>", reply_to = "help@shop.example",
        });

        var arrived = await Shop.BecomesAsync($"/api/v1/messages/{sent.Text("id")}", "delivered");
        Assert.Equal(
            ("email", "Ann@Example.com", "Order 7\n\nIt is on its way.", "Your order", "help@shop.example", null),
            (arrived.Text("channel"), arrived.Text("to"), arrived.Text("body"), arrived.Text("subject"), arrived.Text("reply_to"),
                arrived.Text("segments")));
        Assert.Equal(1, Shop.Hub.Sandbox.Ledger.MessagesFor(sent.Text("id")!));
        Assert.Contains("message.delivered", await Shop.EventsAsync(sent.Text("id")!, Token));
        var listed = (await Shop.Client.GetJsonAsync("/api/v1/messages?channel=email"))["data"].EnumerateArray().Single();
        var told = (await Shop.Client.GetJsonAsync("/api/v1/events?type=message.*"))["data"].EnumerateArray()
            .Select(one => one.GetProperty("data"));
        Assert.All(told.Prepend(listed), view => Assert.Equal(
            ("Your order", null, null), (view.Text("subject"), view.Text("body"), view.Text("body_html"))));
    }

    [Theory]
    [InlineData("ann.0014@example.com", "bounced", "hard_bounce")]
    [InlineData("ann.0016@example.com", "delivered", "complaint")]
    [InlineData("ann.0004@example.com", "suppressed", "opted_out")]
    public async Task Who_cannot_or_will_not_be_written_to_is_not_written_to_again(string to, string status, string reason)
    {
        await ConnectAsync();

        var first = (await SendAsync(to)).Text("id")!;
        await Shop.BecomesAsync($"/api/v1/messages/{first}", status);
        JsonElement listed = default;
        await Eventually.BecomesAsync(
            async () => (await Shop.Client.GetJsonAsync("/api/v1/suppressions?channel=email"))["data"].EnumerateArray().ToList()
                is [var one] && (listed = one).ValueKind == JsonValueKind.Object,
            TimeSpan.FromSeconds(30), Token);
        await Task.Delay(1100, Token);   // a list that was empty is asked again each second
        var second = (await SendAsync(to.ToUpperInvariant())).Text("id")!;

        Assert.Equal((to, reason, _sendGrid), (listed.Text("recipient"), listed.Text("reason"), listed.Text("source")));
        Assert.Equal(
            "recipient_suppressed", (await Shop.BecomesAsync($"/api/v1/messages/{second}", "suppressed")).Text("failure_code"));
        Assert.Equal(0, Shop.Hub.Sandbox.Ledger.MessagesFor(second));
    }

    [Fact]
    public async Task A_refusal_for_now_is_no_bounce_and_suppresses_nobody()
    {
        await ConnectAsync();

        var id = (await SendAsync("ann.0010@example.com")).Text("id")!;

        var told = await Shop.BecomesAsync($"/api/v1/messages/{id}", "undelivered");
        Assert.Equal(("blocked", "4.7.0"), (told.Text("failure_reason"), told.Text("failure_code")));
        Assert.Empty((await Shop.Client.GetJsonAsync("/api/v1/suppressions"))["data"].EnumerateArray());
    }

    [Fact]
    public async Task What_is_no_e_mail_is_refused_with_what_is_wrong()
    {
        var bad = await Shop.Client.PostJsonAsync("/api/v1/messages", new
        {
            channel = "email", to = "Ann <ann@example.com>", from = "ann", reply_to = "x@", subject = "Hi\r\nBcc: eve@example.com",
            body = " ", template = new { name = "t" },
        });
        var sms = await Shop.Client.PostJsonAsync(
            "/api/v1/messages", new { channel = "sms", to = "+14155550123", body = "Hi", subject = "Hi", body_html = "<p>Hi</p>" });
        var list = await Shop.Client.PostJsonAsync("/api/v1/suppressions", new { channel = "email", recipient = "+14155550123" });

        Assert.Equal((422, 422, 422), ((int)bad.Status, (int)sms.Status, (int)list.Status));
        Assert.Equal(
            ["body", "from", "reply_to", "subject", "template", "to"], bad["errors"].EnumerateObject().Select(one => one.Name));
        Assert.Equal(["body_html", "subject"], sms["errors"].EnumerateObject().Select(one => one.Name));
    }

    [Fact]
    public async Task A_domain_in_other_letters_goes_by_its_name_in_ASCII()
    {
        await ConnectAsync();

        var sent = await SendAsync("ann@b\u00fccher.example");

        Assert.Equal("ann@xn--bcher-kva.example", sent.Text("to"));
        await Shop.BecomesAsync($"/api/v1/messages/{sent.Text("id")}", "delivered");
    }

    private async Task ConnectAsync()
    {
        var credentials = new Dictionary<string, string>
        {
            ["api_key"] = $"SG.account-{Interlocked.Increment(ref s_count)}.an-example-secret", ["from_email"] = "orders@shop.example",
            ["webhook_public_key"] = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEcna494HIRf0KAvKZZzckfhcaEpuoWGNNMlHTg+/"
                + "osOt4KPdk8lEyMxzhc93JB1dti46xF3WjEgm0vqBOPM3+/g==",
        };
        _sendGrid = await Shop.AddAsync(new { provider = "sendgrid", mode = "sandbox", credentials });
        Assert.True(Shop.Hub.Sandbox.Connect("sendgrid", credentials, new Uri(Shop.Hub.Address, $"api/webhooks/sendgrid/{_sendGrid}")));
    }

    private async Task<HubReply> SendAsync(string to, object? more = null)
    {
        var message = JsonSerializer.SerializeToNode(new { channel = "email", to, subject = "Your order", body = "It is on its way." })!;
        foreach (var (name, value) in JsonSerializer.SerializeToNode(more ?? new { })!.AsObject())
            message[name] = value?.DeepClone();
        var reply = await Shop.Client.PostJsonAsync(
            "/api/v1/messages", message.ToJsonString(), $"mail-{Interlocked.Increment(ref s_count)}", null);
        Assert.True((int)reply.Status == 202, reply.ToString());
        return reply;
    }
}

public sealed class EmailTestsOnSqlite(HubDatabases databases) : EmailTests(databases, TestDatabases.Sqlite);

public sealed class EmailTestsOnPostgreSql(HubDatabases databases) : EmailTests(databases, TestDatabases.PostgreSql);
