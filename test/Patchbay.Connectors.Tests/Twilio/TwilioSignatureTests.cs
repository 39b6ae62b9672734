using Patchbay.Connectors.Contracts;
using Patchbay.Connectors.Twilio;

namespace Patchbay.Connectors.Tests;

public sealed class TwilioSignatureTests
{
    // Computed with Python's hmac, apart from this code.
    private const string Url = "https://hooks.example.com/twilio/status?tenant=42";
    private const string Signature = "7GzJufYydpRT5p8gSUoTbmlreIc=";

    private const string Body =
        "AccountSid=AC0123456789abcdef0123456789abcdef&ApiVersion=2010-04-01&From=%2B14155550100&MessageSid=SMfedcba9876543210fedcba9876543210"
        + "&MessageStatus=delivered&SmsSid=SMfedcba9876543210fedcba9876543210&SmsStatus=delivered&To=%2B14155550123";

    private const string JsonUrl =
        "https://hooks.example.com/twilio/events?bodySHA256=4062edaf750fb8074e7e83e0c9028c94e32468a8b6f1614774328ef045150f93";

    private const string JsonSignature = "EtqvXSrveT2QLm9cMK64TF8M1+s=";

    [Fact]
    public void A_genuine_callback_passes() => Assert.True(IsGenuine(Url, Body, Signature));

    [Fact]
    public void The_order_in_which_fields_arrive_does_not_matter() =>
        Assert.True(IsGenuine(Url, string.Join('&', Body.Split('&').Reverse()), Signature));

    [Theory]
    [InlineData("https://hooks.example.com:443/twilio/status?tenant=42")]
    [InlineData("https://hooks.example.com/twilio/status?tenant=42#rc=5")]
    public void The_default_port_and_a_fragment_make_no_difference(string url) => Assert.True(IsGenuine(url, Body, Signature));

    [Theory]
    [InlineData("https://hooks.example.com/twilio/status?tenant=43")]
    [InlineData("https://hooks.example.com:8443/twilio/status?tenant=42")]
    [InlineData("http://hooks.example.com/twilio/status?tenant=42")]
    public void Another_address_does_not_pass(string url) => Assert.False(IsGenuine(url, Body, Signature));

    [Theory]
    [InlineData("")]
    [InlineData("not base64!")]
    [InlineData("AAAA")]
    public void A_header_that_proves_nothing_does_not_pass(string signature) => Assert.False(IsGenuine(Url, Body, signature));

    [Fact]
    public void A_missing_header_does_not_pass() =>
        Assert.False(new TwilioWebhooks().IsGenuine(Webhooks.Post(Url, Body), Connections.Twilio()));

    [Fact]
    public void A_changed_or_added_field_does_not_pass()
    {
        Assert.False(IsGenuine(Url, Body.Replace("delivered", "failed", StringComparison.Ordinal), Signature));
        Assert.False(IsGenuine(Url, Body + "&New=1", Signature));
    }

    [Fact]
    public void Another_token_does_not_pass() =>
        Assert.False(IsGenuine(Url, Body, Signature, Connections.Twilio().WithSecret("auth_token", "ffffffffffffffffffffffffffffffff")));

    [Fact]
    public void The_token_before_a_rotation_passes_too() => Assert.True(IsGenuine(
        Url,
        Body,
        Signature,
        Connections.Twilio().WithSecret("auth_token", "ffffffffffffffffffffffffffffffff").WithSecret("auth_token_previous", Connections.TwilioToken)));

    [Fact]
    public void A_JSON_body_is_covered_by_its_hash()
    {
        Assert.True(IsGenuine(JsonUrl, """{"ok":true}""", JsonSignature));
        Assert.False(IsGenuine(JsonUrl, """{"ok":false}""", JsonSignature));
    }

    [Fact]
    public void The_example_of_Twilios_own_tests_passes() => Assert.True(IsGenuine(
        "https://mycompany.com/myapp.php?foo=1&bar=2",
        "CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212",
        "RSOYDt4T1cUTdK1PDd93/VVr8B8=",
        Connections.Twilio().WithSecret("auth_token", "12345")));

    private static bool IsGenuine(string url, string body, string signature, Connection? connection = null) => new TwilioWebhooks().IsGenuine(
        Webhooks.Post(url, body, ("X-Twilio-Signature", signature)), connection ?? Connections.Twilio());
}
