using System.Net;
using System.Text;
using Patchbay.Connectors.Contracts;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Inbound;

public sealed class InboxApiTests(HubDatabases databases) : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private InboundHub _hub = null!;
    private string _integration = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await databases.CreateAsync(TestDatabases.Sqlite, Token);
        _hub = await InboundHub.StartAsync(_database);
        _integration = await _hub.GivenIntegrationAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task The_inbox_is_listed_newest_first_in_pages_and_by_status_integration_and_provider()
    {
        await _hub.GivenLetterAsync("letter-1");
        var other = await _hub.GivenIntegrationAsync();
        (await _hub.DeliverAsync(_integration, InboundHub.Report("evt_1", ("letter-1", "sent")))).Dispose();
        (await _hub.DeliverAsync(_integration, InboundHub.Report("evt_2"))).Dispose();
        (await _hub.DeliverAsync(other, InboundHub.Report("evt_3"))).Dispose();
        await Eventually.BecomesAsync(async () => (await EventsAsync("?status=received")).Length == 0, TimeSpan.FromSeconds(60), Token);

        Assert.Equal(["evt_3", "evt_2", "evt_1"], await EventsAsync(""));
        Assert.Equal(["evt_3"], await EventsAsync($"?integration_id={other}"));
        Assert.Equal(["evt_1"], await EventsAsync("?status=processed"));
        Assert.Equal(["evt_2"], await EventsAsync($"?status=ignored&integration_id={_integration}&provider=postbox"));
        Assert.Empty(await EventsAsync("?provider=stripe"));
        var page = await _hub.Api.GetJsonAsync("api/v1/inbox?limit=2");
        Assert.True(page["has_more"].GetBoolean());
        Assert.Equal(["evt_1"], await EventsAsync($"?limit=2&cursor={page.Text("next_cursor")}"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await _hub.Api.GetJsonAsync("api/v1/inbox?status=lost")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await _hub.Api.GetJsonAsync("api/v1/inbox?integration_id=1")).Status);
    }

    [Fact]
    public async Task A_webhook_is_shown_with_what_is_secret_blanked_out()
    {
        var body = """{"id":"evt_1","letters":[],"api_key":"do-not-show","echo":"SECRET","card":"4242424242424242","long":"LONG"}"""
            .Replace("SECRET", Postbox.Secret, StringComparison.Ordinal).Replace("LONG", new string('x', 5_000), StringComparison.Ordinal);
        var path = $"api/webhooks/postbox/{_integration}?token=do-not-show";
        using var answer = await _hub.SendAsync(
            HttpMethod.Post, path, Encoding.UTF8.GetBytes(body), [.. Postbox.Sign(body, _hub.Time.GetUtcNow()), ("X-Plain", "shown")]);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var id = (await _hub.BecomesAsync("ignored")).GetProperty("id").GetString();

        var reply = await _hub.Api.GetJsonAsync($"api/v1/inbox/{id}");

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        var text = reply.Body.GetRawText();
        Assert.DoesNotContain("do-not-show", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Postbox.Secret, text, StringComparison.Ordinal);
        Assert.DoesNotContain("4242424242424242", text, StringComparison.Ordinal);
        Assert.Equal(
            ("***", "shown", "POST"), (reply.Text("headers.X-Postbox-Signature"), reply.Text("headers.X-Plain"), reply.Text("method")));
        Assert.InRange(reply.Text("body_excerpt")!.Length, 100, 2048);
        Assert.Equal(body.Length, reply["body_length"].GetInt32());
    }

    [Fact]
    public async Task What_was_processed_cannot_be_replayed()
    {
        await _hub.GivenLetterAsync("letter-1");
        (await _hub.DeliverAsync(_integration, InboundHub.Report("evt_1", ("letter-1", "sent")))).Dispose();
        var id = (await _hub.BecomesAsync("processed")).GetProperty("id").GetString();

        var reply = await _hub.Api.PostJsonAsync($"api/v1/inbox/{id}/replay");

        Assert.Equal((HttpStatusCode.Conflict, "wrong_status"), (reply.Status, reply.Text("code")));
    }

    [Fact]
    public async Task Many_are_replayed_at_once_by_status_and_integration()
    {
        var other = await _hub.GivenIntegrationAsync();
        for (var i = 0; i < 3; i++)
        {
            await _hub.GivenLetterAsync($"letter-{i}");
            (await _hub.DeliverAsync(_integration, InboundHub.Report($"evt_{i}", ($"letter-{i}", "folded")))).Dispose();
        }

        (await _hub.DeliverAsync(other, InboundHub.Report("evt_3", ("letter-0", "folded")))).Dispose();
        await _hub.BecomesAsync("unmapped");
        Postbox.Taught[(_integration, "folded")] = MessageStatus.Sent;

        var reply = await _hub.Api.PostJsonAsync("api/v1/inbox/replay", new { status = "unmapped", integration_id = _integration });

        Assert.Equal((HttpStatusCode.Accepted, 3, false), (reply.Status, reply["replayed"].GetInt32(), reply["has_more"].GetBoolean()));
        await Eventually.BecomesAsync(async () => (await EventsAsync("?status=processed")).Length == 3, TimeSpan.FromSeconds(60), Token);
        Assert.Equal(["evt_3"], await EventsAsync("?status=unmapped"));
        Assert.Equal(0, (await _hub.Api.PostJsonAsync("api/v1/inbox/replay", new { status = "failed" }))["replayed"].GetInt32());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"status":"processed"}""")]
    [InlineData("""{"status":"received"}""")]
    public async Task Only_what_was_left_to_a_person_can_be_replayed_at_once(string body) =>
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await _hub.Api.PostJsonAsync("api/v1/inbox/replay", body)).Status);

    [Fact]
    public async Task Another_tenant_sees_and_replays_nothing()
    {
        (await _hub.DeliverAsync(_integration, InboundHub.Report("evt_1", ("letter-1", "folded")))).Dispose();
        var id = (await _hub.BecomesAsync("unmapped")).GetProperty("id").GetString();
        var (_, key) = await _hub.Host.CreateTenantAsync("Stranger", Token);
        using var stranger = _hub.Host.Client(key);

        Assert.Equal(0, (await stranger.GetJsonAsync("api/v1/inbox"))["data"].GetArrayLength());
        Assert.Equal(0, (await stranger.GetJsonAsync($"api/v1/inbox?integration_id={_integration}"))["data"].GetArrayLength());
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetJsonAsync($"api/v1/inbox/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostJsonAsync($"api/v1/inbox/{id}/replay")).Status);
        Assert.Equal(0, (await stranger.PostJsonAsync("api/v1/inbox/replay", new { status = "unmapped" }))["replayed"].GetInt32());
        Assert.Equal(HttpStatusCode.Unauthorized, (await _hub.Caller.GetJsonAsync("api/v1/inbox")).Status);
    }

    [Fact]
    public async Task The_api_description_has_the_inbox_and_the_addresses_of_webhooks()
    {
        var reply = await _hub.Caller.GetJsonAsync("openapi/v1.json");

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        string[] paths = ["/api/v1/inbox", "/api/v1/inbox/{id}", "/api/v1/inbox/{id}/replay", "/api/v1/inbox/replay",
            "/api/webhooks/{provider}/{integration_id}"];
        Assert.Empty(paths.Except(reply["paths"].EnumerateObject().Select(path => path.Name)));
    }

    private async Task<string[]> EventsAsync(string filter) =>
        (await _hub.InboxAsync(filter)).Select(entry => entry.GetProperty("event_id").GetString()!).ToArray();
}
