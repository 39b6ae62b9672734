using Patchbay.Connectors.Contracts;
using Patchbay.Connectors.Plivo;

namespace Patchbay.Connectors.Tests;

public sealed class PlivoWebhooksTests
{
    private const string Url = "https://hub.example/w?ref=msg_01";
    private const string Uuid = "5b40a428-bfc7-4daf-9d06-726c558bf3b8";

    [Theory]
    [InlineData("queued", MessageStatus.Queued)]
    [InlineData("sent", MessageStatus.Sent)]
    [InlineData("delivered", MessageStatus.Delivered)]
    [InlineData("read", MessageStatus.Read)]
    [InlineData("undelivered", MessageStatus.Undelivered)]
    [InlineData("failed", MessageStatus.Failed)]
    [InlineData("rejected", MessageStatus.Failed)]
    public void Every_status_is_reported_for_the_message_it_was_sent_for(string word, MessageStatus expected)
    {
        var message = Assert.IsType<MessageEvent>(Assert.Single(Read($"MessageUUID={Uuid}&Status={word}&Units=2")));

        Assert.Equal("msg_01", message.HubReference);
        Assert.Equal(new MessageState(Uuid, expected, 2), message.State);
    }

    [Theory]
    [InlineData("failed", "50", "The recipient's number is not valid.")]
    [InlineData("undelivered", "900", null)]
    public void A_message_that_did_not_arrive_says_why(string word, string code, string? text)
    {
        var message = Assert.IsType<MessageEvent>(Assert.Single(Read($"MessageUUID={Uuid}&Status={word}&ErrorCode={code}")));

        Assert.Equal((code, text), (message.State.FailureCode, message.State.FailureMessage));
    }

    [Fact]
    public void A_callback_may_come_as_GET()
    {
        var request = Webhooks.Get($"{Url}&MessageUUID={Uuid}&Status=delivered");

        Assert.IsType<MessageEvent>(Assert.Single(new PlivoWebhooks().Read(request, Connections.Plivo())));
        Assert.Equal($"{Uuid}:delivered", new PlivoWebhooks().EventId(request));
    }

    [Theory]
    [InlineData($"MessageUUID={Uuid}&Status=received")]
    [InlineData($"MessageUUID={Uuid}&Text=Hi&From=14155550123")]
    [InlineData("CallUUID=1&CallStatus=completed")]
    [InlineData("")]
    public void What_is_no_status_of_a_message_is_ignored(string body) => Assert.Empty(Read(body));

    [Fact]
    public void An_unknown_status_is_kept_for_a_newer_map() =>
        Assert.IsType<UnmappedEvent>(Assert.Single(Read($"MessageUUID={Uuid}&Status=teleported")));

    private static IReadOnlyList<ProviderEvent> Read(string body) => new PlivoWebhooks().Read(Webhooks.Post(Url, body), Connections.Plivo());
}
