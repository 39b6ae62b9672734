using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Webhooks;

public sealed class DisableRuleTests(HubDatabases databases)
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private readonly ManualTime _time = new(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task An_endpoint_that_fails_for_five_days_is_disabled_after_two_notices_and_its_events_are_held()
    {
        await using var database = await databases.CreateAsync(TestDatabases.Sqlite, _ct);
        await using var hub = await WebhookHub.StartAsync(database.Setting, _ct, options => options.Time = _time);
        hub.Receiver.Answer("/bad", 500);
        var webhook = await hub.AddAsync("/bad", new { retry = new { schedule = new[] { 0 } } });
        await hub.AddAsync("/ops", new { events = new[] { "webhook.*" } });

        await FailAsync();
        await AdvanceAsync(TimeSpan.FromHours(24));
        await ToldAsync("webhook.failing");
        await AdvanceAsync(TimeSpan.FromDays(3));
        await ToldAsync("webhook.failing", "webhook.disabling");
        await AdvanceAsync(TimeSpan.FromDays(1) + TimeSpan.FromHours(1));
        Assert.True((await hub.Client.GetJsonAsync($"/api/v1/webhooks/{webhook}"))["is_active"].GetBoolean());   // nothing was sent meanwhile
        await FailAsync();
        await ToldAsync("webhook.failing", "webhook.disabling", "webhook.disabled");

        var view = await hub.Client.GetJsonAsync($"/api/v1/webhooks/{webhook}");
        Assert.Equal((false, "failing"), (view["is_active"].GetBoolean(), view.Text("disabled_reason")));
        await hub.PublishAsync(3);
        await _time.AdvanceUntilAsync(async () => (await hub.Client.GetJsonAsync($"/api/v1/webhooks/{webhook}"))["held"].GetInt32() == 3, TimeSpan.FromMilliseconds(100), _ct);

        async Task FailAsync()
        {
            var before = hub.Receiver.At("/bad").Count;
            await hub.PublishAsync(1);
            await _time.AdvanceUntilAsync(() => hub.Receiver.At("/bad").Count > before, TimeSpan.FromMilliseconds(100), _ct);
            await _time.AdvanceUntilAsync(async () => (await hub.DeliveriesAsync(webhook))[0].GetProperty("status").GetString() == "exhausted", TimeSpan.FromMilliseconds(100), _ct);
        }

        Task ToldAsync(params string[] types) => _time.AdvanceUntilAsync(
            () => hub.Receiver.At("/ops").Select(request => request.Json.GetProperty("type").GetString()!).SequenceEqual(types), TimeSpan.FromSeconds(5), _ct);
    }

    [Fact]
    public async Task One_success_ends_the_failure()
    {
        await using var database = await databases.CreateAsync(TestDatabases.Sqlite, _ct);
        await using var hub = await WebhookHub.StartAsync(database.Setting, _ct, options => options.Time = _time);
        hub.Receiver.Answer("/", 500);
        var webhook = await hub.AddAsync("/", new { retry = new { schedule = new[] { 0 } } });
        await hub.AddAsync("/ops", new { events = new[] { "webhook.*" } });
        await SendAsync(1, "exhausted");
        hub.Receiver.Answer("/", 200);
        await SendAsync(2, "delivered");
        hub.Receiver.Answer("/", 500);
        await AdvanceAsync(TimeSpan.FromHours(30));
        await SendAsync(3, "exhausted");
        await AdvanceAsync(TimeSpan.FromHours(2));

        Assert.Empty(hub.Receiver.At("/ops"));

        async Task SendAsync(int count, string status)
        {
            await hub.PublishAsync(1);
            await _time.AdvanceUntilAsync(
                async () => await hub.DeliveriesAsync(webhook) is var deliveries && deliveries.Count == count && deliveries[0].GetProperty("status").GetString() == status,
                TimeSpan.FromMilliseconds(100), _ct);
        }
    }

    /// <summary>In steps, so that the hub's loops see the hours pass.</summary>
    private async Task AdvanceAsync(TimeSpan by)
    {
        for (var passed = TimeSpan.Zero; passed < by; passed += TimeSpan.FromHours(6))
        {
            _time.Advance(TimeSpan.FromHours(Math.Min(6, (by - passed).TotalHours)));
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, _ct);
        }
    }
}
