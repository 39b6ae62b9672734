using System.Text.Json;
using Patchbay.Platform.Events;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Events;

public sealed class EventStreamTests(HubDatabases databases) : IAsyncLifetime
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private EventHub _hub = null!;

    public async ValueTask InitializeAsync() => _hub = await EventHub.OnLentAsync(databases, TestDatabases.Sqlite, _ct);

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task It_begins_now_and_tells_what_happens()
    {
        await _hub.Announcer.AlertAsync(3, _ct);
        using var stream = await StreamClient.OpenAsync(_hub.Api, "", null, _ct);
        await _hub.Announcer.PublishAsync("payment.succeeded", _ct);

        var told = Assert.Single(await stream.TakeAsync(1, _ct));

        var kept = (await _hub.Api.GetJsonAsync("/api/v1/events?type=payment.*"))["data"][0];
        Assert.Equal((kept.GetProperty("id").GetString(), "payment.succeeded", kept.ToString()), (told.Id, told.Type, told.Data));
    }

    [Fact]
    public async Task Whoever_comes_again_with_the_last_id_misses_nothing_and_gets_nothing_twice()
    {
        using var publishing = new CancellationTokenSource();
        var published = PublishAsync(publishing.Token);
        var seen = new List<string>();
        string? last = null;
        for (var i = 0; i < 4; i++)
        {
            using var stream = await StreamClient.OpenAsync(
                _hub.Api, last is null ? "?after=evt_00000000000000000000000000" : "", last, _ct);
            seen.AddRange(
                (await stream.TakeAsync(60, _ct)).Select(NumberOf));   // some more are on their way, and are lost with the connection
            last = stream.LastId;
        }

        await publishing.CancelAsync();
        var count = await published;
        using var rest = await StreamClient.OpenAsync(_hub.Api, "", last, _ct);
        seen.AddRange((await rest.TakeAsync(count - seen.Count, _ct)).Select(NumberOf));

        Assert.Equal(Enumerable.Range(1, count).Select(i => $"{i}"), seen);

        async Task<int> PublishAsync(CancellationToken stop)
        {
            for (var i = 0; ; i++)
            {
                if (stop.IsCancellationRequested && i * 10 > 300)
                    return i * 10;
                await _hub.Announcer.AlertAsync(10, _ct);
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, _ct);
            }
        }
    }

    [Fact]
    public async Task A_slow_reader_gets_everything_in_the_end_and_is_waited_for_meanwhile()
    {
        using var stream = await StreamClient.OpenAsync(_hub.Api, "", null, _ct);
        for (var i = 0; i < 20; i++)
            await _hub.Announcer.AlertAsync(250, _ct, padding: 2_000);   // 10 MB, more than sockets hold
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, _ct);

        var told = await stream.TakeAsync(5_000, _ct);

        Assert.Equal(Enumerable.Range(1, 5_000).Select(i => $"{i}"), told.Select(NumberOf));
    }

    [Fact]
    public async Task It_can_be_narrowed_to_types_and_take_the_form_of_cloud_events()
    {
        using var stream = await StreamClient.OpenAsync(_hub.Api, "?type=refund.*,payment.*&format=cloudevents", null, _ct);
        foreach (var type in new[] { "payment.created", "alert.raised", "refund.failed" })
            await _hub.Announcer.PublishAsync(type, _ct);

        var told = await stream.TakeAsync(2, _ct);

        Assert.Equal(["payment.created", "refund.failed"], told.Select(one => one.Type));
        Assert.Equal("1.0", JsonSerializer.Deserialize<JsonElement>(told[0].Data).GetProperty("specversion").GetString());
    }

    [Fact]
    public async Task It_ends_when_its_key_is_revoked()
    {
        var key = await _hub.Api.PostJsonAsync("/api/v1/api-keys", new { name = "stream", permissions = new[] { "read:events" } });
        using var client = _hub.Host.Client(key.Text("secret"));
        using var stream = await StreamClient.OpenAsync(client, "", null, _ct);

        await _hub.Api.PostJsonAsync($"/api/v1/api-keys/{key.Text("id")}/revoke");
        await _hub.Announcer.AlertAsync(1, _ct);

        Assert.Empty(await stream.TakeAsync(1, _ct));
    }

    [Fact]
    public async Task It_ends_when_its_key_expires()
    {
        var time = new ManualTime();
        await using var hub = await EventHub.StartAsync(databases, TestDatabases.Sqlite, _ct, options => options.Time = time);
        var key = await hub.Api.PostJsonAsync(
            "/api/v1/api-keys", new { name = "stream", permissions = new[] { "read:events" }, expires_at = time.GetUtcNow().AddHours(1) });
        using var client = hub.Host.Client(key.Text("secret"));
        using var stream = await StreamClient.OpenAsync(client, "", null, _ct);

        var reading = stream.TakeAsync(1, _ct);
        await hub.Announcer.AlertAsync(1, _ct);
        await time.AdvanceUntilAsync(() => reading.IsCompleted, TimeSpan.FromMilliseconds(200), _ct);
        Assert.Single(await reading);
        time.StepClock(TimeSpan.FromHours(1));

        var ended = stream.TakeAsync(1, _ct);
        await time.AdvanceUntilAsync(() => ended.IsCompleted, TimeSpan.FromMilliseconds(200), _ct);
        Assert.Empty(await ended);
    }

    [Fact]
    public async Task While_nothing_is_wanted_it_says_every_fifteen_seconds_that_it_is_there_and_how_far_it_is()
    {
        var time = new ManualTime();
        await using var hub = await EventHub.StartAsync(databases, TestDatabases.Sqlite, _ct, options => options.Time = time);
        using var stream = await StreamClient.OpenAsync(hub.Api, "?type=payment.*", null, _ct);
        var opened = time.GetUtcNow();
        await hub.Announcer.AlertAsync(1, _ct);
        var unwanted = (await hub.Api.GetJsonAsync("/api/v1/events?type=alert.*"))["data"][0].GetProperty("id").GetString();

        var reading = stream.TakeAsync(1, _ct);
        await time.AdvanceUntilAsync(() => stream.LastId is not null, TimeSpan.FromMilliseconds(200), _ct);
        Assert.True(time.GetUtcNow() - opened >= TimeSpan.FromSeconds(15), $"{time.GetUtcNow() - opened}");
        await time.AdvanceUntilAsync(() => stream.Heartbeats >= 3, TimeSpan.FromMilliseconds(200), _ct);
        Assert.Equal(unwanted, stream.LastId);

        await hub.Announcer.PublishAsync("payment.succeeded", _ct);
        await time.AdvanceUntilAsync(() => reading.IsCompleted, TimeSpan.FromMilliseconds(200), _ct);
        Assert.Equal("payment.succeeded", Assert.Single(await reading).Type);
    }

    [Fact]
    public async Task It_ends_in_order_when_the_node_stops()
    {
        var other = await EventHub.StartAsync(databases, TestDatabases.Sqlite, _ct);
        using var stream = await StreamClient.OpenAsync(other.Api, "", null, _ct);
        var started = TimeProvider.System.GetTimestamp();

        var reading = stream.TakeAsync(1, _ct);
        await other.DisposeAsync();

        Assert.Empty(await reading);
        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero,
            TimeSpan.FromSeconds(15));   // the server would wait 30 s for a stream that does not end
    }

    [Fact]
    public async Task A_tenant_has_twenty_at_most_and_a_place_becomes_free_again()
    {
        var streams = new List<StreamClient>();
        for (var i = 0; i < EventStreams.MostPerTenant; i++)
            streams.Add(await StreamClient.OpenAsync(_hub.Api, "", null, _ct));
        Assert.All(streams, stream => Assert.Equal(200, (int)stream.Status));

        var refused = await _hub.Api.GetJsonAsync("/api/v1/events/stream");
        Assert.Equal((429, "too_many_streams"), ((int)refused.Status, refused.Text("code")));

        streams[0].Dispose();
        await Eventually.BecomesAsync(
            async () =>
            {
                using var again = await StreamClient.OpenAsync(_hub.Api, "", null, _ct);
                return (int)again.Status == 200;
            },
            TimeSpan.FromSeconds(60), _ct);
        streams.ForEach(stream => stream.Dispose());
    }

    [Fact]
    public async Task On_PostgreSql_too()
    {
        await using var hub = await EventHub.OnLentAsync(databases, TestDatabases.PostgreSql, _ct);
        using var stream = await StreamClient.OpenAsync(hub.Api, "", null, _ct);
        await hub.Announcer.AlertAsync(500, _ct);

        Assert.Equal(Enumerable.Range(1, 500).Select(i => $"{i}"), (await stream.TakeAsync(500, _ct)).Select(NumberOf));
    }

    private static string NumberOf(Told told) =>
        JsonSerializer.Deserialize<JsonElement>(told.Data).GetProperty("data").GetProperty("message").GetString()!.Trim();
}
