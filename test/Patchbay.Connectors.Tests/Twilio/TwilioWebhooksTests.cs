using Patchbay.Connectors.Contracts;
using Patchbay.Connectors.Twilio;
using static Patchbay.Connectors.Tests.TwilioSamples;

namespace Patchbay.Connectors.Tests;

public sealed class TwilioWebhooksTests
{
    private const string Url = "https://hub.example/w?ref=msg_01";

    [Theory]
    [InlineData("accepted", MessageStatus.Queued)]
    [InlineData("scheduled", MessageStatus.Queued)]
    [InlineData("queued", MessageStatus.Queued)]
    [InlineData("sending", MessageStatus.Sent)]
    [InlineData("sent", MessageStatus.Sent)]
    [InlineData("delivered", MessageStatus.Delivered)]
    [InlineData("partially_delivered", MessageStatus.Delivered)]
    [InlineData("read", MessageStatus.Read)]
    [InlineData("undelivered", MessageStatus.Undelivered)]
    [InlineData("failed", MessageStatus.Failed)]
    [InlineData("canceled", MessageStatus.Failed)]
    public void Every_status_is_reported_for_the_message_it_was_sent_for(string word, MessageStatus expected)
    {
        var message = Assert.IsType<MessageEvent>(Assert.Single(Read($"MessageSid={Sid}&MessageStatus={word}")));

        Assert.Equal(("msg_01", Sid, expected), (message.HubReference, message.ProviderReference, message.State.Status));
    }

    [Theory]
    [InlineData("undelivered", "30005", "The handset is unknown.")]
    [InlineData("failed", "99999", null)]
    public void A_message_that_did_not_arrive_says_why(string word, string code, string? text)
    {
        var message = Assert.IsType<MessageEvent>(Assert.Single(Read($"SmsSid={Sid}&SmsStatus={word}&ErrorCode={code}")));

        Assert.Equal((code, text), (message.State.FailureCode, message.State.FailureMessage));
    }

    [Fact]
    public void A_callback_may_come_as_GET()
    {
        var request = Webhooks.Get($"{Url}&MessageSid={Sid}&MessageStatus=delivered");

        Assert.IsType<MessageEvent>(Assert.Single(new TwilioWebhooks().Read(request, Connections.Twilio())));
        Assert.Equal($"{Sid}:delivered", new TwilioWebhooks().EventId(request));
    }

    [Theory]
    [InlineData($"MessageSid={Sid}&SmsStatus=received&Body=Hi")]
    [InlineData("CallSid=CA1&CallStatus=completed")]
    [InlineData("""{"specversion":"1.0"}""")]
    [InlineData("")]
    public void What_is_no_status_of_a_message_is_ignored(string body) => Assert.Empty(Read(body));

    [Fact]
    public void An_unknown_status_is_kept_for_a_newer_map() =>
        Assert.IsType<UnmappedEvent>(Assert.Single(Read($"MessageSid={Sid}&MessageStatus=teleported")));

    [Fact]
    public void Each_status_of_a_message_is_one_event()
    {
        Assert.Equal($"{Sid}:sent", new TwilioWebhooks().EventId(Webhooks.Post(Url, $"MessageSid={Sid}&MessageStatus=sent")));
        Assert.Null(new TwilioWebhooks().EventId(Webhooks.Post(Url, "CallSid=CA1")));
    }

    private static IReadOnlyList<ProviderEvent> Read(string body) => new TwilioWebhooks().Read(Webhooks.Post(Url, body), Connections.Twilio());
}
