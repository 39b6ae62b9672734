using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Tests.Contracts;

/// <summary>What holds for every provider of messages.</summary>
public abstract class MessageConnectorContract : ConnectorContract
{
    private protected MessageConnectorContract(string provider)
        : base(provider)
    {
    }

    /// <summary>SMS where it has both.</summary>
    private string Sends => Provider.Manifest.Capabilities.First(word => word.StartsWith("send_", StringComparison.Ordinal));

    [Fact]
    public Task The_hubs_id_goes_out_with_every_message() => ForEachAsync(
        Recorded.Calls.Where(call => call["call"]!.ToString().StartsWith("send_", StringComparison.Ordinal) && call["gives"] is not null),
        async call =>
        {
            var fake = Play(call);

            await CallAsync(call, fake);

            Assert.Contains("msg_01", Uri.UnescapeDataString(fake.Request.Uri + fake.Request.Body), StringComparison.Ordinal);
        });

    [Fact]
    public async Task The_double_sends_a_message_once_tells_of_it_and_finds_it_again()
    {
        await using var there = await AgainstDouble.StartAsync(Provider, Token);
        var before = TimeProvider.System.GetUtcNow();

        var sent = Assert.IsType<MessageState>((await there.CallAsync(Sends, null, Token)).Value);
        var told = await there.ToldAsync<MessageEvent>(message => message.State.Status == MessageStatus.Delivered, Token);

        Assert.Equal(("msg_01", sent.ProviderReference), (told.HubReference, told.ProviderReference));
        Assert.Equal(1, there.Sandbox.Ledger.MessagesFor("msg_01"));
        if (Provider.Has(typeof(ILookUpMessage)))
        {
            var since = new JsonObject { ["since"] = before.ToString("O", CultureInfo.InvariantCulture) };
            var found = (IReadOnlyList<MessageState>)(await there.CallAsync("look_up_message", since, Token)).Value!;
            Assert.Equal([(sent.ProviderReference, MessageStatus.Delivered)], found.Select(one => (one.ProviderReference, one.Status)));
        }
    }

    [Theory]
    [InlineData("0029", FailureOutcome.Transient, FailureCause.RateLimit)]
    [InlineData("0051", FailureOutcome.Transient, FailureCause.Provider)]
    [InlineData("0001", FailureOutcome.Rejected, FailureCause.Request)]
    [InlineData("0098", FailureOutcome.Unknown, FailureCause.Provider)]
    public async Task The_double_fails_as_the_provider_does(string code, FailureOutcome outcome, FailureCause cause)
    {
        await using var there = await AgainstDouble.StartAsync(Provider, Token);

        var failure = (await there.CallAsync(Sends, To(code), Token)).Error;

        Assert.Equal((outcome, cause), (failure?.Outcome, failure?.Cause));
        Assert.Equal(0, there.Sandbox.Ledger.MessagesFor("msg_01"));
    }

    [Fact]
    public async Task The_double_tells_why_a_message_did_not_arrive()
    {
        await using var there = await AgainstDouble.StartAsync(Provider, Token);

        await there.CallAsync(Sends, To("0010"), Token);

        var told = await there.ToldAsync<MessageEvent>(message => message.State.Status == MessageStatus.Undelivered, Token);
        Assert.NotNull(told.State.Failure);
    }

    [Fact]
    public async Task The_double_can_sign_wrongly()
    {
        await using var there = await AgainstDouble.StartAsync(Provider, Token);

        await there.CallAsync(Sends, To("0063"), Token);

        Assert.False(await there.IsGenuineAsync(Token));
    }

    [Fact]
    public void What_becomes_of_a_message_is_recorded()
    {
        Assert.All(["sent", "delivered", "failed"], status => Shown($"a callback that says {status}", Recorded.Webhooks, webhook =>
            webhook["gives"] is JsonArray { Count: > 0 } gives && gives[0]!["kind"]?.ToString() == "message"
            && gives[0]!["state"]?["status"]?.ToString() == status));
        Shown("why a message did not arrive", Recorded.Webhooks,
            webhook => webhook["gives"]?.ToJsonString().Contains("\"failure\":{") == true);
        Shown("the hub's id echoed", Recorded.Webhooks,
            webhook => webhook["gives"]?.ToJsonString().Contains("\"hub_reference\":\"msg_01\"") == true);
    }

    [Fact]
    public void A_message_whose_answer_was_lost_can_be_found_where_neither_keys_protect_it_nor_it_is_said_that_it_is_sent_again()
    {
        if (Provider.Manifest.Idempotency != ProviderIdempotency.Native)
            Assert.NotEqual(Recorded.SendsAgain, Provider.Has(typeof(ILookUpMessage)));
    }

    /// <summary>A recipient with whom the double does what a code says.</summary>
    private JsonObject To(string code) =>
        new() { ["to"] = Sends == Capabilities.SendEmail ? $"ann.{code}@example.com" : "+1415555" + code };
}
