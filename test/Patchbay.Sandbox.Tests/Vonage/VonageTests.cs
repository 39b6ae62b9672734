using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Support;
using Patchbay.Sandbox.Vonage;

namespace Patchbay.Sandbox.Tests.Vonage;

public sealed class VonageTests
{
    [Fact]
    public void The_signature_reproduces_the_known_vector()
    {
        var hash = VonageSignatures.PayloadHash("""
            {"message_uuid":"aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab","to":"14155550123","from":"14155550100","timestamp":"2026-01-01T00:00:00Z",
            """u8.ToArray().Concat("""
            "status":"delivered","channel":"sms","client_ref":"42:0d3c6f0e","usage":{"currency":"EUR","price":"0.0333"}}
            """u8.ToArray()).ToArray());
        var token = VonageSignatures.Token(VonageCalls.SignatureSecret, new JsonObject
        {
            ["iat"] = 1767225600, ["jti"] = "c5ba8f24-1a14-4c10-bfdf-3fbe8ce511b5", ["iss"] = "Vonage", ["payload_hash"] = hash,
            ["api_key"] = "abcd1234", ["application_id"] = "aaaaaaaa-bbbb-cccc-dddd-0123456789ab",
        });

        Assert.Equal("2e83c5856c587172cca419521bae161922f4be0bb2427949a00a13e6a8e591c9", hash);
        Assert.Equal(
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpYXQiOjE3NjcyMjU2MDAsImp0aSI6ImM1YmE4ZjI0LTFhMTQtNGMxMC1iZmRmLTNmYmU4Y2U1MTFiNSIsImlz"
            + "cyI6IlZvbmFnZSIsInBheWxvYWRfaGFzaCI6IjJlODNjNTg1NmM1ODcxNzJjY2E0MTk1MjFiYWUxNjE5MjJmNGJlMGJiMjQyNzk0OWEwMGExM2U2YThlNTkxYz"
            + "kiLCJhcGlfa2V5IjoiYWJjZDEyMzQiLCJhcHBsaWNhdGlvbl9pZCI6ImFhYWFhYWFhLWJiYmItY2NjYy1kZGRkLTAxMjM0NTY3ODlhYiJ9"
            + ".Dyq8BIlTsN2-ummgpth0SqcH4mV3UsH2IVhDBZ51_N8", token);
    }

    [Fact]
    public async Task A_message_is_taken_and_its_receipts_are_signed_and_tell_price_and_parts()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var vonage = new VonageCalls(sandbox);
        vonage.Connect();

        var taken = await vonage.SendAsync(callback: new Uri(sandbox.Receiver.Url + "?ref=msg_1"), text: new string('x', 161));
        var callbacks = await sandbox.Receiver.WaitForAsync(2);

        Assert.Equal(HttpStatusCode.Accepted, taken.Status);
        Assert.Equal(["submitted", "delivered"], callbacks.Select(one => (string?)Body(one)["status"]));
        Assert.All(callbacks, one =>
        {
            var token = one.Headers["Authorization"]["Bearer ".Length..];
            var claims = (JsonObject)JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]))!;
            Assert.Equal(VonageSignatures.Token(VonageCalls.SignatureSecret, claims), token);
            Assert.Equal(VonageSignatures.PayloadHash(Encoding.UTF8.GetBytes(one.Body)), (string?)claims["payload_hash"]);
            Assert.Equal((taken["message_uuid"], "msg_1"), ((string?)Body(one)["message_uuid"], (string?)Body(one)["client_ref"]));
            Assert.Equal(("0.0666", "2"), ((string?)Body(one)["usage"]!["price"], (string?)Body(one)["sms"]!["count_total"]));
        });
        Assert.Equal(1, sandbox.Server.Ledger.MessagesFor("msg_1"));
    }

    [Fact]
    public async Task Callbacks_are_not_signed_before_the_secret_is_known()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();

        await new VonageCalls(sandbox).SendAsync(callback: sandbox.Receiver.Url);

        Assert.All(await sandbox.Receiver.WaitForAsync(2), one => Assert.DoesNotContain("Authorization", one.Headers.Keys));
    }

    [Theory]
    [InlineData("14155550004", "rejected", "1240")]
    [InlineData("14155550010", "undeliverable", "1180")]
    [InlineData("14155550011", "rejected", "1330")]
    [InlineData("14155550014", "undeliverable", "1310")]
    public async Task A_receipt_tells_why_a_message_did_not_arrive(string to, string status, string code)
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();

        await new VonageCalls(sandbox).SendAsync(to, sandbox.Receiver.Url);
        var last = Body((await sandbox.Receiver.WaitForAsync(status == "rejected" ? 1 : 2))[^1]);

        Assert.Equal((status, code), ((string?)last["status"], (string?)last["error"]!["title"]));
        Assert.EndsWith("#" + code, (string?)last["error"]!["type"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("+14155550123", "Hello", "sms", "1020")]
    [InlineData("14155550123", "", "sms", "1010")]
    [InlineData("14155550123", "Hello", "whatsapp", "1020")]
    public async Task What_is_wrong_is_refused_as_a_problem(string to, string text, string channel, string code)
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();

        var refused = await new VonageCalls(sandbox).SendAsync(to, text: text, channel: channel);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.EndsWith("#" + code, refused["type"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("api_key=abcd1234&api_secret=example-api-secret", 200, "10.171275")]
    [InlineData("api_key=abcd1234&api_secret=wrong", 401, "authentication failed")]
    public async Task The_balance_may_be_asked_with_key_and_secret_in_the_query(string query, int status, string says)
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();

        using var answer = await sandbox.Http.GetAsync(
            new Uri(sandbox.Server.UrlOf("vonage"), "account/get-balance?" + query), TestContext.Current.CancellationToken);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains(
            says, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static JsonNode Body(Received one) => JsonNode.Parse(one.Body)!;
}
