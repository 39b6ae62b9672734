using System.Net.Http.Headers;
using System.Text.Json;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Events;

public sealed class EventApiTests(HubDatabases databases) : IAsyncLifetime
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private EventHub _hub = null!;

    public async ValueTask InitializeAsync() => _hub = await EventHub.OnLentAsync(databases, TestDatabases.Sqlite, _ct);

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task The_feed_has_envelopes_oldest_first_and_a_cursor_to_go_on_from()
    {
        await _hub.Announcer.PublishAsync("payment.succeeded", _ct);
        await _hub.Announcer.AlertAsync(2, _ct);

        var first = await _hub.Api.GetJsonAsync("/api/v1/events?limit=2");
        var second = await _hub.Api.GetJsonAsync($"/api/v1/events?limit=2&after={first.Text("next_cursor")}");
        var third = await _hub.Api.GetJsonAsync($"/api/v1/events?limit=2&after={second.Text("next_cursor")}");

        Assert.Equal(["payment.succeeded", "alert.raised"], TypesOf(first));
        var envelope = first["data"][0];
        Assert.Equal(["id", "type", "tenant_id", "occurred_at", "data"], envelope.EnumerateObject().Select(field => field.Name));
        Assert.Equal(_hub.Tenant.ToString(), envelope.GetProperty("tenant_id").GetString());
        Assert.Equal("125.50", envelope.GetProperty("data").GetProperty("amount").GetString());
        Assert.True(first["has_more"].GetBoolean());
        Assert.Equal("2", Assert.Single(second["data"].EnumerateArray()).GetProperty("data").GetProperty("message").GetString());
        Assert.False(second["has_more"].GetBoolean());
        Assert.Equal(0, third["data"].GetArrayLength());
        Assert.Equal(second.Text("next_cursor"), third.Text("next_cursor"));

        var one = await _hub.Api.GetJsonAsync($"/api/v1/events/{envelope.GetProperty("id").GetString()}");
        Assert.Equal(envelope.ToString(), one.Body.ToString());
    }

    [Fact]
    public async Task Without_an_event_there_is_no_cursor()
    {
        var empty = await _hub.Api.GetJsonAsync("/api/v1/events");

        Assert.Equal((200, 0, JsonValueKind.Null, false),
            ((int)empty.Status, empty["data"].GetArrayLength(), empty["next_cursor"].ValueKind, empty["has_more"].GetBoolean()));
        Assert.Equal(404, (int)(await _hub.Api.GetJsonAsync("/api/v1/events/evt_01kanx0fv9e5vbr9b7xw6n4c2m")).Status);
    }

    [Theory]
    [InlineData("type=payment.*", "payment.created payment.succeeded")]
    [InlineData("type=payment.created,alert.raised", "payment.created alert.raised")]
    [InlineData("type=payment.created&type=alert.*", "payment.created alert.raised")]
    [InlineData("type=*", "payment.created alert.raised payment.succeeded")]
    [InlineData("after=evt_00000000000000000000000000", "payment.created alert.raised payment.succeeded")]
    [InlineData("type=refund.*", "")]
    public async Task The_feed_can_be_narrowed_to_types(string query, string types)
    {
        foreach (var type in new[] { "payment.created", "alert.raised", "payment.succeeded" })
            await _hub.Announcer.PublishAsync(type, _ct);

        var reply = await _hub.Api.GetJsonAsync($"/api/v1/events?{query}");

        Assert.Equal(types, string.Join(' ', TypesOf(reply)));
        Assert.StartsWith("evt_", reply.Text("next_cursor"), StringComparison.Ordinal);   // it gets on also where nothing fits
    }

    [Theory]
    [InlineData("events?after=123", "after")]
    [InlineData("events?after=pay_01kanx0fv9e5vbr9b7xw6n4c2m", "after")]
    [InlineData("events?type=payment.suceeded", "type")]
    [InlineData("events?type=payment.*,nothing.*", "type")]
    [InlineData("events?limit=0", "limit")]
    [InlineData("events?limit=201", "limit")]
    [InlineData("events?limit=many", "limit")]
    [InlineData("events/stream?after=123", "after")]
    [InlineData("events/stream?type=nothing.*", "type")]
    [InlineData("events/stream?format=xml", "format")]
    public async Task A_wrong_question_is_refused_with_the_field_named(string path, string field)
    {
        var reply = await _hub.Api.GetJsonAsync("/api/v1/" + path);

        Assert.True((int)reply.Status == 422, reply.ToString());
        Assert.Equal(field, Assert.Single(reply["errors"].EnumerateObject()).Name);
    }

    [Fact]
    public async Task The_feed_comes_as_a_batch_of_cloud_events_when_asked_for()
    {
        await _hub.Announcer.PublishAsync("payment.succeeded", _ct);
        await _hub.Announcer.AlertAsync(2, _ct);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/events?limit=2&type=*");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/cloudevents-batch+json"));

        using var response = await _hub.Api.SendAsync(request, _ct);

        Assert.Equal("application/cloudevents-batch+json", response.Content.Headers.ContentType?.MediaType);
        var batch = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(_ct));
        var own = (await _hub.Api.GetJsonAsync("/api/v1/events"))["data"];
        Assert.Equal(2, batch.GetArrayLength());
        Assert.Equal(
            ["specversion", "id", "source", "type", "subject", "time", "datacontenttype", "data"],
            batch[0].EnumerateObject().Select(field => field.Name));
        Assert.Equal("1.0", batch[0].GetProperty("specversion").GetString());
        Assert.Equal($"/tenants/{_hub.Tenant}", batch[0].GetProperty("source").GetString());
        Assert.Equal(own[0].GetProperty("occurred_at").GetString(), batch[0].GetProperty("time").GetString());
        Assert.Equal(own[0].GetProperty("data").ToString(), batch[0].GetProperty("data").ToString());

        var next = response.Headers.GetValues("Link").Single().Split('<', '>')[1];
        Assert.EndsWith("rel=\"next\"", response.Headers.GetValues("Link").Single(), StringComparison.Ordinal);
        Assert.Equal([own[2].GetProperty("id").GetString()], (await _hub.Api.GetJsonAsync(next))["data"].EnumerateArray()
            .Select(entry => entry.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Every_type_is_listed_with_its_schema_and_an_example()
    {
        var types = (await _hub.Api.GetJsonAsync("/api/v1/event-types"))["data"].EnumerateArray().ToList();

        Assert.Equal(Declared.EventTypes.All.Select(type => type.Name), types.Select(type => type.GetProperty("type").GetString()));
        Assert.All(types, type => Assert.Equal(JsonValueKind.Object, type.GetProperty("schema").GetProperty("properties").ValueKind));
        Assert.All(types, type => Assert.Equal(JsonValueKind.Object, type.GetProperty("example").ValueKind));
        Assert.All(types, type => Assert.NotEmpty(type.GetProperty("description").GetString()!));
    }

    private static IEnumerable<string?> TypesOf(HubReply reply) =>
        reply["data"].EnumerateArray().Select(entry => entry.GetProperty("type").GetString());
}
