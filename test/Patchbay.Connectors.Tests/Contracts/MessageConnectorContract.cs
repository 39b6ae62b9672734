using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Tests.Contracts;

/// <summary>What holds for every provider of messages.</summary>
public abstract class MessageConnectorContract : ConnectorContract
{
    private protected MessageConnectorContract(string provider)
        : base(provider)
    {
    }

    [Fact]
    public Task The_hubs_id_goes_out_with_every_message() => ForEachAsync(
        Recorded.Calls.Where(call => call["call"]!.ToString().StartsWith("send_", StringComparison.Ordinal) && call["gives"] is not null), async call =>
        {
            var fake = Play(call);

            await CallAsync(call, fake);

            Assert.Contains("msg_01", Uri.UnescapeDataString(fake.Request.Uri + fake.Request.Body), StringComparison.Ordinal);
        });

    [Fact]
    public void What_becomes_of_a_message_is_recorded()
    {
        Assert.All(["sent", "delivered", "failed"], status => Shown($"a callback that says {status}", Recorded.Webhooks, webhook =>
            webhook["gives"]?[0] is { } told && told["kind"]?.ToString() == "message" && told["state"]?["status"]?.ToString() == status));
        Shown("why a message did not arrive", Recorded.Webhooks, webhook => webhook["gives"]?.ToJsonString().Contains("failure_code") == true);
        Shown("the hub's id echoed", Recorded.Webhooks, webhook => webhook["gives"]?.ToJsonString().Contains("\"hub_reference\":\"msg_01\"") == true);
    }

    [Fact]
    public void A_message_whose_answer_was_lost_can_be_found_where_keys_do_not_protect_it()
    {
        if (Provider.Manifest.Idempotency != ProviderIdempotency.Native)
            Assert.True(Provider.Has(typeof(ILookUpMessage)));
    }
}
