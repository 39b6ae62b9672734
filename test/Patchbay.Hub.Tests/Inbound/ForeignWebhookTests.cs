using Patchbay.Hub.Tests.Support;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Inbound;

/// <summary>One secret may be shared: signed is not enough, an event must be for this integration's account and mode.</summary>
public abstract class ForeignWebhookTests(HubDatabases databases, string kind) : ShopTests(databases, kind)
{
    [Theory]
    [InlineData("\"livemode\":true", "live")]
    [InlineData("\"livemode\":false,\"account\":\"acct_other\"", "acct_other")]
    public async Task An_event_of_another_mode_or_account_moves_nothing_and_says_why(string whose, string says)
    {
        Shop.Hub.Sandbox.Autopay = false;
        var reply = await Shop.PayAsync("50.00", wait: TimeSpan.FromSeconds(5));
        var id = reply.Text("id")!;

        await Shop.TellAsync(
            "{\"id\":\"evt_1\",\"type\":\"payment_intent.succeeded\",\"created\":1764400000," + whose + ",\"data\":{\"object\":{"
            + "\"id\":\"pi_9\",\"status\":\"succeeded\",\"currency\":\"eur\",\"amount_received\":5000,"
            + "\"metadata\":{\"reference\":\"" + id + "\"}}}}");

        HubReply inbox = null!;
        await Eventually.BecomesAsync(async () =>
            (inbox = await Shop.Client.GetJsonAsync("/api/v1/inbox"))["data"].EnumerateArray().Any(entry =>
                entry.GetProperty("status").GetString() != "received"), TimeSpan.FromSeconds(10), Token);
        var entry = inbox["data"][0];
        Assert.Equal("ignored", entry.GetProperty("status").GetString());
        Assert.Contains(says, entry.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("requires_action", (await Shop.Client.GetJsonAsync($"/api/v1/payments/{id}")).Text("status"));
    }
}

public sealed class ForeignWebhookTestsOnSqlite(HubDatabases databases) : ForeignWebhookTests(databases, TestDatabases.Sqlite);

public sealed class ForeignWebhookTestsOnPostgreSql(HubDatabases databases) : ForeignWebhookTests(databases, TestDatabases.PostgreSql);
