using Patchbay.Connectors.Contracts;
using Patchbay.Connectors.Twilio;
using static Patchbay.Connectors.Tests.TwilioSamples;

namespace Patchbay.Connectors.Tests;

public sealed class TwilioMessageSearchTests
{
    private static readonly MessageSearch Search =
        new(false, PhoneNumber.Parse("+14155550123"), null, "Your order 1001 has shipped", Webhooks.Noon);

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private readonly FakeProvider _twilio = FakeProvider.Twilio();

    [Fact]
    public async Task Messages_with_the_same_text_since_the_first_attempt_are_candidates_newest_first()
    {
        _twilio.Answers(List(
            Message("sent"),
            Message("queued", message => (message["sid"], message["date_created"]) = ("SM00000000000000000000000000000002", "Sun, 01 Mar 2026 12:00:09 +0000")),
            Message("sent", message => message["date_created"] = "Sun, 01 Mar 2026 11:59:00 +0000"),
            Message("sent", message => message["body"] = "Another text"),
            Message("received", message => message["direction"] = "inbound"),
            Message("sent", message => message["date_created"] = null)));

        var result = await new TwilioMessageSearch(_twilio.Http()).LookUpMessageAsync(Search, Connections.Twilio(), _ct);

        Assert.Equal($"GET {MessagesPath}?To=%2B14155550123&PageSize=200", _twilio.Request.Line);
        Assert.Equal(
            [("SM00000000000000000000000000000002", MessageStatus.Queued), (Sid, MessageStatus.Sent)],
            result.Value.Select(found => (found.ProviderReference, found.Status)));
    }

    [Fact]
    public async Task A_template_is_looked_for_by_channel_and_sender_only()
    {
        _twilio.Answers(List(Message("sent", message => message["body"] = "Hello Ann")));

        var result = await new TwilioMessageSearch(_twilio.Http()).LookUpMessageAsync(
            Search with { WhatsApp = true, From = "+14155550100", Body = null }, Connections.Twilio(), _ct);

        Assert.Equal($"GET {MessagesPath}?To=whatsapp%3A%2B14155550123&PageSize=200&From=whatsapp%3A%2B14155550100", _twilio.Request.Line);
        Assert.Single(result.Value);
    }

    [Fact]
    public async Task No_match_means_that_it_was_not_sent()
    {
        _twilio.Answers(List());

        Assert.Empty((await new TwilioMessageSearch(_twilio.Http()).LookUpMessageAsync(Search, Connections.Twilio(), _ct)).Value);
    }
}
