using Patchbay.Connectors.Contracts;
using Patchbay.Connectors.Stripe;

namespace Patchbay.Connectors.Tests;

public sealed class StripeSignatureTests
{
    // Computed with Python's hmac, apart from this code.
    private const string Body =
        """{"id":"evt_test1","object":"event","type":"payment_intent.succeeded","data":{"object":{"id":"pi_test1","object":"payment_intent","amount":1099,"currency":"eur","status":"succeeded","metadata":{"reference":"ord_1001"}}}}""";

    private const string Signature = "1ec051d05d6ac904b6f6572c31a1c63ff215909d8787affdfa775dde4287c330";
    private const string Header = $"t=1767225600,v1={Signature}";

    private static readonly DateTimeOffset SignedAt = DateTimeOffset.FromUnixTimeSeconds(1_767_225_600);

    [Theory]
    [InlineData(Header)]
    [InlineData($"t=1767225600,v1=00,v1={Signature},v0=11")]
    [InlineData($"t=1767225600, v1={Signature}")]
    public void A_genuine_event_passes(string header) => Assert.True(IsGenuine(header));

    [Theory]
    [InlineData("")]
    [InlineData(Signature)]
    [InlineData($"v1={Signature}")]
    [InlineData($"t=now,v1={Signature}")]
    [InlineData($"t=1767225601,v1={Signature}")]
    [InlineData($"t=1767225600,v0={Signature}")]
    [InlineData("t=1767225600,v1=not-hex")]
    [InlineData("t=1767225600")]
    [InlineData($"t=99999999999999999999,v1={Signature}")]
    public void A_header_that_proves_nothing_does_not_pass(string header) => Assert.False(IsGenuine(header));

    [Fact]
    public void A_missing_header_does_not_pass() =>
        Assert.False(new StripeWebhooks().IsGenuine(Webhooks.Post("https://hub.example/w", Body), Connections.Stripe()));

    [Fact]
    public void A_changed_body_does_not_pass() => Assert.False(IsGenuine(Header, body: Body.Replace("1099", "9", StringComparison.Ordinal)));

    [Fact]
    public void Another_secret_does_not_pass() => Assert.False(IsGenuine(Header, Connections.Stripe().WithSecret("webhook_secret", "whsec_other")));

    [Fact]
    public void The_secret_before_a_roll_passes_too() => Assert.True(IsGenuine(
        Header, Connections.Stripe().WithSecret("webhook_secret", "whsec_new").WithSecret("webhook_secret_previous", "whsec_test_secret")));

    [Theory]
    [InlineData(300, true)]
    [InlineData(301, false)]
    [InlineData(-300, true)]
    [InlineData(-301, false)]
    public void Five_minutes_are_tolerated(int seconds, bool expected) => Assert.Equal(expected, IsGenuine(Header, secondsLater: seconds));

    private static bool IsGenuine(string header, Connection? connection = null, string body = Body, int secondsLater = 0)
    {
        var request = Webhooks.Post("https://hub.example/w", body, ("stripe-signature", header)) with { ReceivedAt = SignedAt.AddSeconds(secondsLater) };
        return new StripeWebhooks().IsGenuine(request, connection ?? Connections.Stripe());
    }
}
