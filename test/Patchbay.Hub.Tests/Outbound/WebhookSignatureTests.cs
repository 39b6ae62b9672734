using System.Security.Cryptography;
using System.Text;
using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Api;
using Patchbay.Integrations.Outbound;

namespace Patchbay.Hub.Tests.Outbound;

public sealed class WebhookSignatureTests
{
    private static readonly Secret Known = new("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    /// <summary>The worked example of the specification's libraries.</summary>
    [Fact]
    public void It_is_what_Standard_Webhooks_says()
    {
        var headers = Headers("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}", Known);

        Assert.Equal("msg_p5jXN8AQM9LWM0D4loKWxJek", headers["webhook-id"]);
        Assert.Equal("1614265330", headers["webhook-timestamp"]);
        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", headers["webhook-signature"]);
    }

    [Fact]
    public void While_two_secrets_are_valid_there_are_two_signatures()
    {
        var other = WebhookSecret.New();
        var both = Headers("evt_1", 1614265330, "{}", Known, other);

        Assert.Equal(
            [Headers("evt_1", 1614265330, "{}", Known)["webhook-signature"],
                Headers("evt_1", 1614265330, "{}", other)["webhook-signature"]],
            both["webhook-signature"].Split(' '));
        Assert.NotEqual(both["X-Webhook-Signature"], both["X-Webhook-Signature-Previous"]);
    }

    [Fact]
    public void The_older_form_is_over_the_body_by_the_secret_as_it_is_shown()
    {
        var expected = "sha256="
            + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes("a text of their own"), Encoding.UTF8.GetBytes("{}")));

        Assert.Equal(expected, Headers("evt_1", 1614265330, "{}", new Secret("a text of their own"))["X-Webhook-Signature"]);
    }

    [Theory]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", true)]
    [InlineData("whsec_short", false)]
    [InlineData("whsec_AAAA", false)]
    [InlineData("sixteen letters!", true)]
    [InlineData("too short", false)]
    public void Secrets_are_long_enough(string text, bool good)
    {
        var faults = new Faults();
        WebhookSecret.Read(text, "secret", faults);
        Assert.Equal(good, faults.IsEmpty);
    }

    [Theory]
    [InlineData("x-shop", true)]
    [InlineData("authorization", true)]
    [InlineData("Host", false)]
    [InlineData("Content-Type", false)]
    [InlineData("content-length", false)]
    [InlineData("Transfer-Encoding", false)]
    [InlineData("Connection", false)]
    [InlineData("Webhook-Id", false)]
    [InlineData("webhook-signature", false)]
    [InlineData("x-webhook-signature", false)]
    [InlineData("a b", false)]
    [InlineData("a\r\nb", false)]
    public void What_signs_addresses_or_frames_a_message_cannot_be_set(string name, bool good)
    {
        var faults = new Faults();
        CustomHeaders.Check(new Dictionary<string, string> { [name] = "value" }, "headers", faults);
        Assert.Equal(good, faults.IsEmpty);
    }

    [Fact]
    public void A_header_cannot_smuggle_another()
    {
        var faults = new Faults();
        CustomHeaders.Check(new Dictionary<string, string> { ["x-shop"] = "1\r\nhost: evil" }, "headers", faults);
        Assert.True(faults.Concern("headers"));
    }

    private static Dictionary<string, string> Headers(string id, long at, string body, params Secret[] secrets) =>
        WebhookSignature.Headers(id, DateTimeOffset.FromUnixTimeSeconds(at), Encoding.UTF8.GetBytes(body), secrets)
            .ToDictionary(StringComparer.Ordinal);
}
