namespace Patchbay.Connectors.Tests;

/// <summary>The check itself has to be able to fail.</summary>
public sealed class OpenApiSpecTests
{
    private const string Form = "application/x-www-form-urlencoded";
    private const string TwilioMessages = "https://x.example/2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef/Messages.json";

    [Theory]
    [InlineData("amount=1099&currency=eur&metadata[reference]=pay_01")]
    [InlineData(
        "amount=1099&currency=eur&automatic_payment_methods[enabled]=true&payment_method_types[]=card&payment_method_types[]=ideal")]
    [InlineData("amount=1099&currency=eur&payment_method_types[0]=card")]
    public void A_good_form_has_no_faults(string body) =>
        Assert.Empty(Stripe("POST", "v1/payment_intents", body));

    [Theory]
    [InlineData("amount=1099&currency=eur&amuont=1", "body: unknown field 'amuont'")]
    [InlineData("amount=1099&currency=eur&automatic_payment_methods[on]=true", "body.automatic_payment_methods: unknown field 'on'")]
    [InlineData("amount=1099", "body: 'currency' is required")]
    [InlineData("amount=10.99&currency=eur", "body.amount: '10.99' is not integer")]
    [InlineData(
        "amount=1099&currency=eur&automatic_payment_methods[enabled]=yes", "body.automatic_payment_methods.enabled: 'yes' is not boolean")]
    [InlineData("amount=1099&currency=eur&statement_descriptor=12345678901234567890123", "body.statement_descriptor: has 23 characters")]
    [InlineData("amount=1099&currency=eur&metadata=x", "body.metadata: must be an object")]
    [InlineData("amount=1099&currency=eur&payment_method_types[a][b]=c", "body.payment_method_types[0]: must be a text")]
    public void A_wrong_form_is_found_out(string body, string fault) =>
        Assert.Equal([fault], Stripe("POST", "v1/payment_intents", body));

    [Fact]
    public void A_word_outside_the_enumeration_is_found_out() =>
        Assert.Contains("'later' is not one of",
            Assert.Single(Stripe("POST", "v1/payment_intents", "amount=1&currency=eur&capture_method=later")), StringComparison.Ordinal);

    [Fact]
    public void A_value_that_fits_no_alternative_is_found_out() =>
        Assert.StartsWith("body.metadata: fits 0 of anyOf", Assert.Single(Stripe("POST", "v1/refunds", "charge=ch_1&metadata=x")),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("GET", "v1/paymentintents/pi_1", "GET /v1/paymentintents/pi_1 does not exist")]
    [InlineData("DELETE", "v1/refunds/re_1", "DELETE /v1/refunds/re_1 does not exist")]
    [InlineData("GET", "v1/refunds/re_1?expnd[]=charge", "query: unknown parameter 'expnd'")]
    public void A_wrong_address_is_found_out(string method, string path, string fault) =>
        Assert.Equal([fault], Stripe(method, path, null));

    [Fact]
    public void A_wrong_content_type_is_found_out() => Assert.Equal(
        ["body: application/json is not taken"],
        OpenApiSpec.Find("stripe")!.CheckRequest(HttpMethod.Post, new Uri("https://x.example/v1/refunds"), "application/json", "{}"));

    [Fact]
    public void A_missing_body_is_found_out() => Assert.Equal(["body: is required"], Stripe("POST", "v1/payment_intents", null));

    [Fact]
    public void Patterns_of_path_and_body_are_checked()
    {
        var uri = new Uri("https://x.example/2010-04-01/Accounts/AC01/Messages.json");

        var faults = OpenApiSpec.Find("twilio")!.CheckRequest(HttpMethod.Post, uri, Form, "To=%2B14155550123&ContentSid=welcome");

        Assert.Equal(
            ["AccountSid: has 4 characters", "AccountSid: does not match ^AC[0-9a-fA-F]{32}$",
             "body.ContentSid: has 7 characters", "body.ContentSid: does not match ^HX[0-9a-fA-F]{32}$"],
            faults);
    }

    [Fact]
    public void A_repeated_key_is_an_array() => Assert.Empty(OpenApiSpec.Find("twilio")!.CheckRequest(
        HttpMethod.Post, new Uri(TwilioMessages), Form, "To=%2B14155550123&MediaUrl=https://a.example/1&MediaUrl=https://a.example/2"));

    [Fact]
    public void Numbers_out_of_range_are_found_out() => Assert.Equal(
        ["PageSize: 5000 is out of range"],
        OpenApiSpec.Find("twilio")!.CheckRequest(HttpMethod.Get, new Uri(TwilioMessages + "?PageSize=5000"), null, ""));

    [Fact]
    public void An_answer_of_the_wrong_shape_is_found_out() => Assert.Contains(
        "$.livemode: 'yes' is not boolean",
        OpenApiSpec.Find("stripe")!.CheckReply(
            HttpMethod.Get, new Uri("https://x.example/v1/balance"), 200,
            """{"object":"balance","livemode":"yes","available":[],"pending":[]}"""));

    [Theory]
    [InlineData("", 0)]
    [InlineData("{}", 1)]
    public void An_answer_that_is_declared_without_a_body_has_none(string body, int faults) => Assert.Equal(
        faults,
        OpenApiSpec.Find("mollie")!.CheckReply(
            HttpMethod.Post, new Uri("https://x.example/v2/payments/tr_1/release-authorization"), 202, body).Count);

    private static IReadOnlyList<string> Stripe(string method, string path, string? body) => OpenApiSpec.Find("stripe")!.CheckRequest(
        new HttpMethod(method), new Uri("https://x.example/" + path), body is null ? null : Form, body ?? "");
}
