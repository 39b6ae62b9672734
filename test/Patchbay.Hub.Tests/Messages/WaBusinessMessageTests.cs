using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Tests.Support;
using Patchbay.Sandbox.Faults;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Messages;

/// <summary>WhatsApp by Meta itself, with two numbers of one app, which has one address for both.</summary>
public abstract class WaBusinessMessageTests(HubDatabases databases, string kind) : ShopTests(databases, kind)
{
    private const string AppAddress = "api/webhooks/wa_business";

    private readonly string _appSecret = RandomNumberGenerator.GetHexString(32, lowercase: true);
    private readonly string _verifyToken = RandomNumberGenerator.GetHexString(20);

    [Fact]
    public async Task Messages_of_two_numbers_find_their_way_back_from_one_address()
    {
        var (first, second) = (await AddAsync(), await AddAsync());

        var text = await SendAsync(first.Integration, "+14155550123", new { body = "Your order has shipped" });
        var template = await SendAsync(second.Integration, "+14155550124", new
        {
            template = new { name = "order_update", language = "en_US", data = new Dictionary<string, string> { ["1"] = "Ann" } },
        });

        Assert.Equal(first.Integration, (await Shop.BecomesAsync($"/api/v1/messages/{text}", "read")).Text("integration_id"));
        Assert.Equal(second.Integration, (await Shop.BecomesAsync($"/api/v1/messages/{template}", "read")).Text("integration_id"));
        var ledger = Shop.Hub.Sandbox.Ledger;
        Assert.Equal((1, 1), (ledger.MessagesFor(text), ledger.MessagesFor(template)));
        Assert.True(ledger.MessagesTo("+14155550124", "order_update en_US Ann") > 0);
    }

    [Fact]
    public async Task A_webhook_about_both_numbers_reaches_both_integrations()
    {
        var (first, second) = (await AddAsync(), await AddAsync());
        var ones = await SendAsync(first.Integration, "+14155550012", new { body = "One" });
        var others = await SendAsync(second.Integration, "+14155550012", new { body = "Two" });
        var (one, other) = (await Shop.BecomesAsync($"/api/v1/messages/{ones}", "sent"),
            await Shop.BecomesAsync($"/api/v1/messages/{others}", "sent"));

        var told = await TellAsync(AppAddress,
            Change(first.Number, "statuses", Delivered(one)), Change(second.Number, "statuses", Delivered(other)),
            Change("1", "statuses", Delivered(other)));

        Assert.Equal(HttpStatusCode.OK, told);
        await Shop.BecomesAsync($"/api/v1/messages/{ones}", "delivered");
        await Shop.BecomesAsync($"/api/v1/messages/{others}", "delivered");
        Assert.Equal(HttpStatusCode.Unauthorized, await TellAsync(AppAddress, Change("1", "statuses", Delivered(other))));
    }

    [Fact]
    public async Task The_address_answers_who_has_the_token_and_what_people_write_is_kept_as_ignored()
    {
        var (integration, number) = await AddAsync();
        using var meta = new HttpClient { BaseAddress = Shop.Hub.Address };
        foreach (var address in new[] { AppAddress, $"{AppAddress}/{integration}" })
        {
            // Which integrations there are is known for seconds.
            await Eventually.BecomesAsync(
                async () => await ChallengeAsync(meta, address, _verifyToken) is (HttpStatusCode.OK, "1158201444"),
                TimeSpan.FromSeconds(30), Token);
            Assert.Equal(HttpStatusCode.Unauthorized, (await ChallengeAsync(meta, address, "another-verify-token")).Status);
        }

        var written = new JsonObject
        {
            ["from"] = "14155550123", ["id"] = "wamid.in", ["type"] = "text", ["text"] = new JsonObject { ["body"] = "Hi" },
        };
        Assert.Equal(HttpStatusCode.OK, await TellAsync($"{AppAddress}/{integration}", Change(number, "messages", written)));

        await Eventually.BecomesAsync(
            async () => (await Shop.Client.GetJsonAsync("/api/v1/inbox?status=ignored"))["data"].EnumerateArray()
                .Any(row => row.GetProperty("integration_id").GetString() == integration),
            TimeSpan.FromSeconds(60), Token);
    }

    [Fact]
    public async Task A_text_outside_of_the_window_fails_and_says_that_a_template_is_needed()
    {
        var (integration, _) = await AddAsync();

        var id = await SendAsync(integration, "+14155550016", new { body = "Are you still there?" });

        var failed = await Shop.BecomesAsync($"/api/v1/messages/{id}", "failed");
        Assert.Equal(("131047", "invalid_request"), (failed.Text("failure_code"), failed.Text("failure_reason")));
        Assert.Contains("template", failed.Text("failure_message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_Meta_cannot_be_asked_about_is_sent_again()
    {
        var (integration, _) = await AddAsync();
        Shop.Hub.Sandbox.Faults.Add(new(FaultKind.WebhookNone) { Provider = "wa_business" });   // its status would tell of it

        var lost = await SendAsync(integration, "+14155550097", new { body = "Your order has shipped" });

        var delivery = await Shop.DeliveredAsync(lost);
        Assert.Equal(["call", "call"], delivery.GetProperty("attempts").EnumerateArray()
            .Select(attempt => attempt.GetProperty("kind").GetString()));
        Assert.Equal(2, Shop.Hub.Sandbox.Ledger.MessagesFor(lost));
    }

    private async Task<(string Integration, string Number)> AddAsync()
    {
        var credentials = new Dictionary<string, string>
        {
            ["access_token"] = "EAABtesttoken", ["app_secret"] = _appSecret, ["verify_token"] = _verifyToken,
            ["phone_number_id"] = "1" + RandomNumberGenerator.GetString("0123456789", 14),
        };
        var settings = new { timeout_seconds = 3, retry = new { first_delay_seconds = 0.05 } };
        var integration = await Shop.AddAsync(new { provider = "wa_business", mode = "sandbox", settings, credentials });
        Assert.True(Shop.Hub.Sandbox.Connect("wa_business", credentials, new Uri(Shop.Hub.Address, AppAddress)));
        return (integration, credentials["phone_number_id"]);
    }

    private async Task<string> SendAsync(string integration, string to, object content)
    {
        var message = (JsonObject)System.Text.Json.JsonSerializer.SerializeToNode(content)!;
        message["channel"] = "whatsapp";
        message["to"] = to;
        message["integration_id"] = integration;
        var reply = await Shop.Client.PostJsonAsync("/api/v1/messages", message);
        Assert.True((int)reply.Status is 201 or 202, reply.ToString());
        return reply.Text("id")!;
    }

    private static JsonObject Delivered(HubReply message) => new()
    {
        ["id"] = message.Text("provider_reference"), ["status"] = "delivered", ["recipient_id"] = "14155550012",
        ["timestamp"] = DateTimeOffset.UnixEpoch.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        ["biz_opaque_callback_data"] = message.Text("id"),
    };

    private static JsonObject Change(string number, string what, JsonObject item) => new()
    {
        ["field"] = "messages",
        ["value"] = new JsonObject
        {
            ["messaging_product"] = "whatsapp", ["metadata"] = new JsonObject { ["phone_number_id"] = number },
            [what] = new JsonArray(item.DeepClone()),
        },
    };

    private async Task<HttpStatusCode> TellAsync(string address, params IEnumerable<JsonObject> changes)
    {
        var body = new JsonObject
        {
            ["object"] = "whatsapp_business_account",
            ["entry"] = new JsonArray(new JsonObject { ["id"] = "1", ["changes"] = new JsonArray([.. changes]) }),
        }.ToJsonString();
        using var meta = new HttpClient { BaseAddress = Shop.Hub.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        var signature = Convert.ToHexStringLower(Signatures.HmacSha256(new Secret(_appSecret), body));
        request.Headers.Add("X-Hub-Signature-256", "sha256=" + signature);
        using var answer = await meta.SendAsync(request, Token);
        return answer.StatusCode;
    }

    private async Task<(HttpStatusCode Status, string Body)> ChallengeAsync(HttpClient meta, string address, string verifyToken)
    {
        using var answer = await meta.GetAsync(
            new Uri($"{address}?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token={verifyToken}", UriKind.Relative), Token);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Token));
    }
}

public sealed class WaBusinessMessageTestsOnSqlite(HubDatabases databases) : WaBusinessMessageTests(databases, TestDatabases.Sqlite);

public sealed class WaBusinessMessageTestsOnPostgreSql(HubDatabases databases)
    : WaBusinessMessageTests(databases, TestDatabases.PostgreSql);
