using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Webhooks;

public sealed class DisableRuleTests(HubDatabases databases)
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private readonly MovedClock _clock = new();

    [Fact]
    public async Task An_endpoint_that_fails_for_five_days_is_disabled_after_two_notices_and_its_events_are_held()
    {
        await using var database = await databases.CreateAsync(TestDatabases.Sqlite, _ct);
        await using var hub = await WebhookHub.StartAsync(database.Setting, _ct, options => options.Time = _clock);
        hub.Receiver.Answer("/bad", 500);
        var webhook = await hub.AddAsync("/bad", new { retry = new { schedule = new[] { 0 } } });
        await hub.AddAsync("/ops", new { events = new[] { "webhook.*" } });

        await FailAsync(1);
        _clock.Move(TimeSpan.FromHours(25));
        await ToldAsync("webhook.failing");
        _clock.Move(TimeSpan.FromDays(3));
        await ToldAsync("webhook.failing", "webhook.disabling");
        _clock.Move(TimeSpan.FromDays(1));
        Assert.True(
            (await hub.Client.GetJsonAsync($"/api/v1/webhooks/{webhook}"))["is_active"].GetBoolean());   // nothing was sent meanwhile
        await FailAsync(2);
        _clock.Move(TimeSpan.FromMinutes(10));
        await ToldAsync("webhook.failing", "webhook.disabling", "webhook.disabled");

        await Eventually.BecomesAsync(async () =>
            (await hub.Client.GetJsonAsync($"/api/v1/webhooks/{webhook}")).Text("disabled_reason") == "failing", WebhookHub.Soon, _ct);
        await hub.PublishAsync(3);
        await Eventually.BecomesAsync(
            async () => (await hub.Client.GetJsonAsync($"/api/v1/webhooks/{webhook}"))["held"].GetInt32() == 3, WebhookHub.Soon, _ct);
        Assert.Equal(2, hub.Receiver.At("/bad").Count);

        async Task FailAsync(int count)
        {
            await hub.PublishAsync(1);
            await Eventually.BecomesAsync(() => hub.AllAreAsync(webhook, count, "exhausted"), WebhookHub.Soon, _ct);
        }

        Task ToldAsync(params string[] types) => hub.UntilAsync(
            () => hub.Receiver.At("/ops").DistinctBy(request => request.Id).Select(request => request.Json.GetProperty("type").GetString()!)
                .SequenceEqual(types));
    }

    [Fact]
    public async Task One_success_ends_the_failure()
    {
        await using var database = await databases.CreateAsync(TestDatabases.Sqlite, _ct);
        await using var hub = await WebhookHub.StartAsync(database.Setting, _ct, options => options.Time = _clock);
        hub.Receiver.Answer("/sometimes", 500);
        hub.Receiver.Answer("/never", 500);
        var sometimes = await hub.AddAsync("/sometimes", new { retry = new { schedule = new[] { 0 } } });
        var never = await hub.AddAsync("/never", new { retry = new { schedule = new[] { 0 } } });
        await hub.AddAsync("/ops", new { events = new[] { "webhook.*" } });
        await hub.PublishAsync(1);
        await Eventually.BecomesAsync(() => hub.AllAreAsync(sometimes, 1, "exhausted"), WebhookHub.Soon, _ct);
        hub.Receiver.Answer("/sometimes", 200);
        await hub.PublishAsync(1);
        await hub.UntilAsync(() => hub.Receiver.At("/sometimes").Count == 2 && hub.Receiver.At("/never").Count == 2);
        hub.Receiver.Answer("/sometimes", 500);
        _clock.Move(TimeSpan.FromHours(25));
        await hub.UntilAsync(() => hub.Receiver.At("/ops").Count == 1);

        var told = hub.Receiver.At("/ops")[0].Json.GetProperty("data");
        Assert.Equal(never, told.GetProperty("webhook_id").GetString());
        Assert.Equal($"http://127.0.0.1:{hub.Receiver.Address.Port}/***", told.GetProperty("url").GetString());
    }

    [Fact]
    public async Task A_day_after_a_rotation_only_the_new_secret_signs()
    {
        await using var database = await databases.CreateAsync(TestDatabases.Sqlite, _ct);
        await using var hub = await WebhookHub.StartAsync(database.Setting, _ct, options => options.Time = _clock);
        var webhook = await hub.AddAsync("/");
        await hub.Client.PostJsonAsync($"/api/v1/webhooks/{webhook}/rotate-secret", new { });
        await hub.PublishAsync(1);
        await hub.UntilAsync(() => hub.Receiver.All.Count == 1);
        _clock.Move(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1));
        await hub.PublishAsync(1);
        await hub.UntilAsync(() => hub.Receiver.All.Count == 2);

        Assert.Equal([2, 1], hub.Receiver.All.Select(request => request.Headers["webhook-signature"].Split(' ').Length));
    }

    /// <summary>A wall clock that can be moved; timers and measured time go on as always.</summary>
    private sealed class MovedClock : TimeProvider
    {
        private long _ticks;

        public void Move(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _ticks));
    }
}
