using Patchbay.Connectors.BridgerPay;
using Patchbay.Connectors.Contracts;
using Patchbay.Connectors.Tests.Contracts;

namespace Patchbay.Connectors.Tests;

/// <summary>What it is asked and answers is in <c>Recordings/bridgerpay.yaml</c>.</summary>
public sealed class BridgerPayTests() : PaymentConnectorContract("bridgerpay")
{
    private static readonly Uri Login = new("https://api.bridgerpay.com/v2/auth/login");

    private protected override bool NamesRefunds => false;

    private protected override bool ReturnsPayouts => false;

    /// <summary>The vector of the payload's design.</summary>
    [Fact]
    public void The_payload_is_proved_as_in_the_worked_example()
    {
        var key = new Secret("bp_payload_secret");
        const string payload = "v1|ord-1001|150.00|USD|6MRSSVtcKp0P_Eujl4dn831NUYYJV6bQCBWFE-qFilo";

        Assert.Equal(payload, BridgerPayPayload.Of("ord-1001", new Money(150_00, Currency.Parse("USD")), key));
        Assert.True(BridgerPayPayload.Holds(payload, "ord-1001", [key]));
        Assert.False(BridgerPayPayload.Holds(payload, "ord-100", [key]));
        Assert.False(BridgerPayPayload.Holds(payload.Replace("150.00", "15.00", StringComparison.Ordinal), "ord-1001", [key]));
        Assert.False(BridgerPayPayload.Holds(payload, "ord-1001", [BridgerPayPayload.KeyOf(key)]));
    }

    [Fact]
    public async Task A_login_says_who_and_its_token_holds_for_two_hours()
    {
        using var message = new BridgerPayTokens().TokenRequest(Login, Provider.Connect());
        var read = Answer(
            200,
            """
            {"response":{"status":"OK","code":200,"message":"x"},
             "result":{"access_token":{"token":"eyJ.1","expires_in":7200},"refresh_token":"r"}}
            """);

        Assert.Equal((HttpMethod.Post, Login), (message.Method, message.RequestUri));
        Assert.Equal(
            """{"user_name":"api@example","password":"example-password"}""", await message.Content!.ReadAsStringAsync(Token));
        Assert.Equal(("eyJ.1", Webhooks.Noon.AddHours(2)), (read.Value.Value.Reveal(), read.Value.ExpiresAt));
    }

    [Theory]
    [InlineData(403, """{"response":{"status":"Forbidden","code":403,"message":"login_failue"}}""", "login_failue", FailureOutcome.Rejected)]
    [InlineData(401, "", "http_401", FailureOutcome.Rejected)]
    [InlineData(200, """{"response":{"status":"OK","code":200}}""", "unreadable_answer", FailureOutcome.Unknown)]
    [InlineData(200, """{"response":{"code":403,"message":"login_failue"},"result":[]}""", "unreadable_answer", FailureOutcome.Unknown)]
    public void A_login_that_fails_is_about_the_credentials_unless_it_cannot_be_read(
        int status, string body, string code, FailureOutcome outcome)
    {
        var failure = Answer(status, body).Error!;

        Assert.Equal((code, outcome), (failure.Code, failure.Outcome));
        Assert.Equal(outcome == FailureOutcome.Rejected, failure.Cause == FailureCause.Authentication);
    }

    /// <summary>Its address is all that proves it; a payload that is there has to be right all the same.</summary>
    [Theory]
    [InlineData("""{"webhook":{"type":"approved"},"data":{"order_id":"pyo_01"},"meta":{}}""", true)]
    [InlineData("""{"webhook":{"type":"approved"},"data":{"order_id":"pyo_01"},"meta":{"payload":"v1|pyo_01|1.00|EUR|AAAA"}}""", false)]
    [InlineData("""{"webhook":{"type":"approved"},"data":{"order_id":"pay_01"},"meta":{}}""", false)]
    [InlineData("""{"webhook":{"type":"approved"},"data":{},"meta":{}}""", false)]
    public void A_payouts_notification_hands_nothing_back_and_a_payments_must(string body, bool genuine) => Assert.Equal(
        genuine, Receiver.IsGenuine(
            Webhooks.Post("https://hub.example/x", body, ("Content-Type", "application/json")), Provider.Connect()));

    [Fact]
    public void The_script_is_the_current_one_unless_the_integration_has_another()
    {
        var connection = Provider.Connect(changes: new() { ["script_url"] = "https://embed.bridgerpay.com/v2/loader" });
        var checkout = (IEmbedCheckout)Provider.Make(typeof(IEmbedCheckout), new FakeProvider().Http());

        Assert.Equal(
            ("https://checkout.bridgerpay.com/v2/launcher", "55555555-6666-7777-8888-999999999999"),
            Shown(Provider.Connect()));
        Assert.Equal("https://embed.bridgerpay.com/v2/loader", Shown(connection).Script);

        (string Script, string? Key) Shown(Connection of) =>
            checkout.Checkout(of.Mode, of.Credentials) is var shown ? (shown.ScriptUrl.ToString(), shown.CashierKey) : default;
    }

    private static Result<AccessToken, ProviderFailure> Answer(int status, string body)
    {
        using var response = new HttpResponseMessage((System.Net.HttpStatusCode)status);
        return new BridgerPayTokens().ReadToken(new ProviderReply(
            response.StatusCode, response.Headers, System.Text.Encoding.UTF8.GetBytes(body), Webhooks.Noon));
    }
}
