using System.Security.Cryptography;
using System.Text.Json;
using System.Text;
using Patchbay.Hub.Tests.Outbound;
using Patchbay.Integrations.Outbound;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Webhooks;

/// <summary>What tenants are promised about their endpoints, on both databases.</summary>
public abstract class WebhookDeliveryContract(HubDatabases databases, string kind) : IAsyncLifetime
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private WebhookHub _hub = null!;

    public async ValueTask InitializeAsync() => _hub = await WebhookHub.OnLentAsync(databases, kind, _ct);

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task Each_event_goes_once_to_each_endpoint_that_wants_it()
    {
        await _hub.PublishAsync(2);   // before there was anybody
        var all = await _hub.AddAsync("/all", new { events = new[] { "*" } });
        await _hub.AddAsync("/payments");
        await _hub.AddAsync("/failed", new { events = new[] { "payment.failed" } });

        var succeeded = await _hub.PublishAsync(300);
        var failed = await _hub.PublishAsync(3, "payment.failed");
        var sent = await _hub.PublishAsync(3, "message.sent");
        await _hub.UntilAsync(() => _hub.Receiver.At("/all").Count >= 306 && _hub.Receiver.At("/payments").Count >= 303
            && _hub.Receiver.At("/failed").Count >= 3);

        Assert.Equal([.. succeeded, .. failed, .. sent], _hub.Receiver.At("/all").Select(request => request.Id)
            .Order(StringComparer.Ordinal));
        Assert.Equal([.. succeeded, .. failed], _hub.Receiver.At("/payments").Select(request => request.Id).Order(StringComparer.Ordinal));
        Assert.Equal(failed, _hub.Receiver.At("/failed").Select(request => request.Id).Order(StringComparer.Ordinal));
        await Eventually.BecomesAsync(
            async () => (await _hub.DeliveriesAsync(all, "&status=delivered")).Count == 200, WebhookHub.Soon, _ct);   // a page
    }

    [Fact]
    public async Task What_is_sent_is_the_event_signed_twice()
    {
        var created = await _hub.CreateAsync("/", new { headers = new { authorization = "Bearer of their own" } });
        var secret = created.Text("secret")!;
        Assert.Null((await _hub.Client.GetJsonAsync($"/api/v1/webhooks/{created.Text("id")}")).Text("secret"));
        var published = (await _hub.PublishAsync(1))[0];
        await _hub.UntilAsync(() => _hub.Receiver.All.Count == 1);

        var request = _hub.Receiver.All[0];
        Assert.Equal(
            (published, "payment.succeeded", _hub.Tenant.ToString(), "Zoë 0"),
            (request.Json.GetProperty("id").GetString(), request.Json.GetProperty("type").GetString(), request.Json.GetProperty("tenant_id")
                .GetString(), request.Json.GetProperty("data").GetProperty("description").GetString()));
        Assert.Equal(published, request.Id);
        Assert.Equal("v1," + Sign(secret, request), request.Headers["webhook-signature"]);
        Assert.Equal("sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), request.Body)),
            request.Headers["X-Webhook-Signature"]);
        Assert.Equal(("Bearer of their own", "application/json"), (request.Headers["authorization"], request.Headers["content-type"]));
    }

    [Fact]
    public async Task A_failed_event_comes_again_with_the_same_id_and_bytes()
    {
        var calls = 0;
        _hub.Receiver.Answer("/", context =>
        {
            context.Response.StatusCode = Interlocked.Increment(ref calls) < 3 ? 500 : 200;
            return Task.CompletedTask;
        });
        var webhook = await _hub.AddAsync("/", new { retry = new { schedule = new[] { 0, 1, 1 } } });
        await _hub.PublishAsync(1);
        await Eventually.BecomesAsync(() => _hub.AllAreAsync(webhook, 1, "delivered"), WebhookHub.Soon, _ct);

        Assert.Equal(3, _hub.Receiver.All.Count);
        Assert.Single(_hub.Receiver.All.Select(request => (request.Id, request.Text)).Distinct());
        var delivery = (await _hub.DeliveriesAsync(webhook))[0];
        Assert.Equal(["transient", "transient", "ok"], delivery.GetProperty("attempts").EnumerateArray()
            .Select(attempt => attempt.GetProperty("outcome").GetString()));
        Assert.Contains("Zoë", delivery.GetProperty("attempts")[0].GetProperty("request_excerpt").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_ordered_endpoint_gets_one_event_at_a_time_in_their_order()
    {
        var running = 0;
        var most = 0;
        var refused = new HashSet<string>();
        _hub.Receiver.Answer("/", async context =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
            var id = context.Request.Headers["webhook-id"].ToString();
            lock (refused)
                context.Response.StatusCode = id[^1] is '0' or '5' && refused.Count < 3 && refused.Add(id) ? 500 : 200;
            if (context.Response.StatusCode == 200)
                context.Response.Headers["x-taken"] = "yes";
            Interlocked.Decrement(ref running);
        });
        var webhook = await _hub.AddAsync("/", new { ordered = true, retry = new { schedule = new[] { 0, 1, 1 } } });
        var published = await _hub.PublishAsync(60);
        await Eventually.BecomesAsync(() => _hub.AllAreAsync(webhook, 60, "delivered"), WebhookHub.Soon, _ct);

        Assert.Equal(published, _hub.Receiver.All.Select(request => request.Id).Distinct());
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task Endpoints_that_misbehave_cost_the_others_nothing()
    {
        var time = TimeProvider.System;
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var hub = await WebhookHub.StartAsync(database.Setting, _ct, options => options.Time = new LongLimit());
        hub.Receiver.Answer("/fails", 500);
        hub.Receiver.Answer(
            "/redirects", context => { context.Response.Redirect(hub.Receiver.Url("/elsewhere")); return Task.CompletedTask; });
        hub.Receiver.Answer("/gone", 410);
        var givenUp = 0;
        hub.Receiver.Answer("/hangs", async context =>
        {
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, time, context.RequestAborted);
            }
            finally
            {
                Interlocked.Increment(ref givenUp);
            }
        });
        hub.Receiver.Answer("/slow", context => Task.Delay(TimeSpan.FromSeconds(3), time, context.RequestAborted));
        hub.Receiver.Answer("/closes", context => { context.Abort(); return Task.CompletedTask; });
        hub.Receiver.Answer("/floods", async context =>
        {
            var chunk = new byte[64 * 1024];
            for (var i = 0; i < 1600 && !context.RequestAborted.IsCancellationRequested; i++)
                await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
        });
        foreach (var path in new[] { "/fails", "/redirects", "/gone", "/hangs", "/slow", "/closes", "/floods" })
            await hub.AddAsync(path);
        await hub.AddAsync("/good");

        await hub.PublishAsync(100);
        await hub.UntilAsync(() => hub.Receiver.At("/good").Count == 100 && hub.Receiver.At("/hangs").Count > 0);

        Assert.Equal(0, Volatile.Read(ref givenUp));   // nobody waited until a call that hangs was over
        Assert.Empty(hub.Receiver.At("/elsewhere"));
        Assert.InRange(hub.Receiver.At("/hangs").Count, 1, 16);   // its own lane is full, and nobody else's
    }

    [Fact]
    public async Task While_an_endpoint_is_disabled_its_events_are_held_and_go_out_when_it_is_activated()
    {
        var webhook = await _hub.AddAsync("/");
        await _hub.Client.PatchJsonAsync($"/api/v1/webhooks/{webhook}", new { is_active = false });
        var published = await _hub.PublishAsync(5);
        await _hub.PublishAsync(2, "message.sent");
        await Eventually.BecomesAsync(
            async () => (await _hub.Client.GetJsonAsync($"/api/v1/webhooks/{webhook}"))["held"].GetInt32() == 5, WebhookHub.Soon, _ct);

        var held = await _hub.DeliveriesAsync(webhook, "&status=held");
        Assert.Equal(published, held.Select(entry => entry.GetProperty("event_id").GetString()!));
        Assert.All(held, entry => Assert.Equal("held", entry.GetProperty("status").GetString()));
        var first = await _hub.Client.GetJsonAsync($"/api/v1/webhooks/{webhook}/deliveries?status=held&limit=3");
        var second = await _hub.Client.GetJsonAsync(
            $"/api/v1/webhooks/{webhook}/deliveries?status=held&limit=3&cursor={first.Text("next_cursor")}");
        Assert.Equal((3, 2), (first["data"].GetArrayLength(), second["data"].GetArrayLength()));
        Assert.Empty(_hub.Receiver.All);

        Assert.Equal(200, (int)(await _hub.Client.PostJsonAsync($"/api/v1/webhooks/{webhook}/activate", new { })).Status);
        await _hub.UntilAsync(() => _hub.Receiver.All.Count >= 5);
        await Eventually.BecomesAsync(() => _hub.AllAreAsync(webhook, 5, "delivered"), WebhookHub.Soon, _ct);
        Assert.Equal(published, _hub.Receiver.All.Select(request => request.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_waited_for_its_next_try_goes_at_once_when_the_endpoint_is_activated()
    {
        _hub.Receiver.Answer("/", 500);
        var webhook = await _hub.AddAsync("/", new { ordered = true, retry = new { schedule = new[] { 0, 3600 } } });
        var published = await _hub.PublishAsync(3);
        await Eventually.BecomesAsync(() => _hub.AllAreAsync(webhook, 1, "retrying"), WebhookHub.Soon, _ct);
        var planned = await NextAttemptsAsync();
        await _hub.Client.PatchJsonAsync($"/api/v1/webhooks/{webhook}", new { is_active = false });
        var paused = await NextAttemptsAsync();
        _hub.Receiver.Answer("/", 200);

        await _hub.Client.PostJsonAsync($"/api/v1/webhooks/{webhook}/activate", new { });
        await Eventually.BecomesAsync(() => _hub.AllAreAsync(webhook, 3, "delivered"), WebhookHub.Soon, _ct);

        Assert.All(planned, next => Assert.Equal(JsonValueKind.String, next));
        Assert.All(paused, next => Assert.Equal(JsonValueKind.Null, next));   // while nothing goes there, no time is known

        async Task<JsonValueKind[]> NextAttemptsAsync()
        {
            var listed = (await _hub.DeliveriesAsync(webhook)).Single();
            var id = listed.GetProperty("id").GetString();
            var all = await _hub.Client.GetJsonAsync($"/api/v1/deliveries?destination={webhook}");
            return [.. new[] { listed, all["data"][0], (await _hub.Client.GetJsonAsync($"/api/v1/deliveries/{id}")).Body }
                .Select(view => view.GetProperty("next_attempt_at").ValueKind)];
        }

        Assert.Equal(published, _hub.Receiver.All.Select(request => request.Id).Distinct());
    }

    [Fact]
    public async Task What_waited_for_its_next_try_goes_at_once_with_a_replay_and_not_twice()
    {
        _hub.Receiver.Answer("/", 500);
        var since = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        var webhook = await _hub.AddAsync("/", new { retry = new { schedule = new[] { 0, 3600 } } });
        await _hub.PublishAsync(3);
        await Eventually.BecomesAsync(() => _hub.AllAreAsync(webhook, 3, "retrying"), WebhookHub.Soon, _ct);
        _hub.Receiver.Answer("/", 200);

        Assert.Equal((0, 3), await ReplayAsync(webhook, new { since, only_failed = true }));

        await Eventually.BecomesAsync(() => _hub.AllAreAsync(webhook, 3, "delivered"), WebhookHub.Soon, _ct);
        Assert.Equal(6, _hub.Receiver.All.Count);
    }

    [Fact]
    public async Task Answer_410_disables_at_once_and_only_the_others_hear_of_it()
    {
        _hub.Receiver.Answer("/gone", 410);
        var webhook = await _hub.AddAsync("/gone", new { events = new[] { "*" } });
        await _hub.AddAsync("/other", new { events = new[] { "webhook.*", "delivery.exhausted" } });
        await _hub.PublishAsync(1);
        await _hub.UntilAsync(() => _hub.Receiver.At("/other").Count >= 2);

        await Eventually.BecomesAsync(   // nodes compare versions several times a second
            async () => !(await _hub.Client.GetJsonAsync($"/api/v1/webhooks/{webhook}"))["is_active"].GetBoolean(), WebhookHub.Soon, _ct);
        var view = await _hub.Client.GetJsonAsync($"/api/v1/webhooks/{webhook}");
        Assert.Equal((false, "gone"), (view["is_active"].GetBoolean(), view.Text("disabled_reason")));
        Assert.Equal(["delivery.exhausted", "webhook.disabled"], _hub.Receiver.At("/other")
            .Select(request => request.Json.GetProperty("type").GetString()).Order());
        Assert.Equal(0, view["held"].GetInt32());   // neither of the two is for the endpoint they are about
        Assert.Single(_hub.Receiver.At("/gone"));
        var audit = await _hub.Client.GetJsonAsync("/api/v1/audit");
        Assert.Contains("webhook.disable", audit["data"].EnumerateArray().Select(entry => entry.GetProperty("action").GetString()));
    }

    [Fact]
    public async Task After_a_rotation_both_secrets_verify()
    {
        var created = await _hub.CreateAsync("/", new { secret = "a secret of their own" });
        var rotated = await _hub.Client.PostJsonAsync($"/api/v1/webhooks/{created.Text("id")}/rotate-secret", new { });
        Assert.StartsWith("whsec_", rotated.Text("secret"), StringComparison.Ordinal);
        await _hub.PublishAsync(1);
        await _hub.UntilAsync(() => _hub.Receiver.All.Count == 1);

        var request = _hub.Receiver.All[0];
        Assert.Equal(
            ["v1," + Sign(rotated.Text("secret")!, request), "v1," + Sign("a secret of their own", request)],
            request.Headers["webhook-signature"].Split(' '));
    }

    [Fact]
    public async Task Replay_sends_a_range_again_or_only_what_had_failed()
    {
        var calls = 0;
        _hub.Receiver.Answer("/", context =>
        {
            context.Response.StatusCode = Interlocked.Increment(ref calls) == 1 ? 500 : 200;
            return Task.CompletedTask;
        });
        var since = TimeProvider.System.GetUtcNow().AddSeconds(-5);
        var webhook = await _hub.AddAsync("/", new { retry = new { schedule = new[] { 0 } } });
        var published = await _hub.PublishAsync(5);
        await Eventually.BecomesAsync(
            async () => (await _hub.DeliveriesAsync(webhook)).Count(
                delivery => delivery.GetProperty("status").GetString() is "delivered" or "exhausted") == 5, WebhookHub.Soon, _ct);
        var failed = (await _hub.DeliveriesAsync(webhook, "&status=exhausted")).Single().GetProperty("event_id").GetString();

        Assert.Equal((1, 4), await ReplayAsync(webhook, new { since, only_failed = true }));
        await _hub.UntilAsync(() => _hub.Receiver.All.Count == 6);
        Assert.Equal(failed, _hub.Receiver.All[^1].Id);
        await Eventually.BecomesAsync(
            async () => (await _hub.DeliveriesAsync(webhook, "&status=delivered")).Count == 5, WebhookHub.Soon, _ct);

        Assert.Equal((5, 0), await ReplayAsync(webhook, new { since }));
        await _hub.UntilAsync(() => _hub.Receiver.All.Count == 11);
        Assert.Equal(published, _hub.Receiver.All.Skip(6).Select(request => request.Id).Order(StringComparer.Ordinal));
        Assert.Equal((0, 0), await ReplayAsync(webhook, new { since, types = new[] { "payment.failed" } }));
    }

    [Fact]
    public async Task Replay_sends_one_event_and_takes_nothing_for_failed_that_is_older_than_the_endpoint()
    {
        var since = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        var older = (await _hub.PublishAsync(3))[1];
        await Eventually.BecomesAsync(
            async () => (await _hub.Client.GetJsonAsync("/api/v1/events"))["data"].GetArrayLength() >= 3, WebhookHub.Soon, _ct);
        var webhook = await _hub.AddAsync("/", new { events = new[] { "payment.failed" } });
        await _hub.Database.ExecuteAsync(   // its id stays where it is
            "UPDATE events SET occurred_at = @later WHERE tenant_id = @Tenant",
            new { later = TimeProvider.System.GetUtcNow().AddHours(1), _hub.Tenant }, _ct);

        Assert.Equal((0, 0), await ReplayAsync(webhook, new { since, only_failed = true, types = new[] { "*" } }));
        Assert.Equal((1, 0), await ReplayAsync(webhook, new { event_id = older }));
        await _hub.UntilAsync(() => _hub.Receiver.All.Count == 1);
        Assert.Equal(older, _hub.Receiver.All[0].Id);

        foreach (var wrong in new object[] { new { event_id = "evt_01h455vb4pex5vsknk084sn02q" }, new { event_id = older, since } })
        {
            var refused = await _hub.Client.PostJsonAsync($"/api/v1/webhooks/{webhook}/replay", wrong);
            Assert.Equal((422, "event_id"), ((int)refused.Status, refused["errors"].EnumerateObject().Single().Name));
        }
    }

    [Fact]
    public async Task A_test_by_hand_works_on_a_disabled_endpoint_and_counts_for_nothing()
    {
        var webhook = await _hub.AddAsync("/", new { is_active = false });

        var good = await _hub.Client.PostJsonAsync($"/api/v1/webhooks/{webhook}/test", new { });
        _hub.Receiver.Answer("/", 410);
        var bad = await _hub.Client.PostJsonAsync($"/api/v1/webhooks/{webhook}/test", new { });

        Assert.Equal((true, 200), (good["success"].GetBoolean(), good["attempt.http_status"].GetInt32()));
        Assert.Equal((false, "gone"), (bad["success"].GetBoolean(), bad.Text("attempt.code")));
        Assert.Equal("webhook.test", _hub.Receiver.All[0].Json.GetProperty("type").GetString());
        Assert.Equal(0, (await _hub.Client.GetJsonAsync($"/api/v1/webhooks/{webhook}/stats"))["last_week.attempts"].GetInt32());
        Assert.Equal(JsonValueKind.Null, (await _hub.Client.GetJsonAsync($"/api/v1/webhooks/{webhook}"))["disabled_reason"].ValueKind);
    }

    [Fact]
    public async Task Stats_tell_how_it_went()
    {
        var calls = 0;
        _hub.Receiver.Answer("/", context =>
        {
            context.Response.StatusCode = Interlocked.Increment(ref calls) == 2 ? 503 : 200;
            return Task.CompletedTask;
        });
        var webhook = await _hub.AddAsync("/", new { retry = new { schedule = new[] { 0, 1 } } });
        await _hub.PublishAsync(4);
        await Eventually.BecomesAsync(() => _hub.AllAreAsync(webhook, 4, "delivered"), WebhookHub.Soon, _ct);

        var stats = await _hub.Client.GetJsonAsync($"/api/v1/webhooks/{webhook}/stats");
        foreach (var window in new[] { "last_hour", "last_day", "last_week" })
        {
            Assert.Equal((5, 4, 0.8, "http_503"), (stats[$"{window}.attempts"].GetInt32(), stats[$"{window}.succeeded"].GetInt32(),
                stats[$"{window}.success_rate"].GetDouble(), stats.Text($"{window}.last_failure")));
            Assert.True(stats[$"{window}.p95_ms"].GetDouble() >= stats[$"{window}.p50_ms"].GetDouble());
        }
    }

    [Fact]
    public async Task A_deleted_endpoint_gets_nothing_more_and_what_waited_is_canceled()
    {
        _hub.Receiver.Answer("/", 500);
        var webhook = await _hub.AddAsync("/", new { retry = new { schedule = new[] { 0, 3600 } } });
        await _hub.PublishAsync(1);
        await Eventually.BecomesAsync(() => _hub.AllAreAsync(webhook, 1, "retrying"), WebhookHub.Soon, _ct);
        var delivery = (await _hub.DeliveriesAsync(webhook))[0].GetProperty("id").GetString();

        Assert.Equal(200, (int)(await _hub.Client.DeleteJsonAsync($"/api/v1/webhooks/{webhook}")).Status);
        await _hub.PublishAsync(1);

        Assert.Equal(404, (int)(await _hub.Client.GetJsonAsync($"/api/v1/webhooks/{webhook}")).Status);
        var view = await _hub.Client.GetJsonAsync($"/api/v1/deliveries/{delivery}");
        Assert.Equal((webhook, JsonValueKind.Null), (view.Text("destination"), view["integration_id"].ValueKind));
        await Eventually.BecomesAsync(async () =>
            (await _hub.Client.GetJsonAsync($"/api/v1/deliveries/{delivery}")).Text("status") == "canceled", WebhookHub.Soon, _ct);
        Assert.Single(_hub.Receiver.All);
    }

    [Fact]
    public async Task What_a_dead_node_had_is_sent_by_another_once_more_at_most()
    {
        var webhook = await _hub.AddAsync("/", new { rate_limit = 2 });
        var published = await _hub.PublishAsync(5);
        await Eventually.BecomesAsync(async () => (await _hub.DeliveriesAsync(webhook)).Count == 5, WebhookHub.Soon, _ct);
        await _hub.Database.ExecuteAsync(
            "UPDATE deliveries SET leased_by = @dead, version = version + 1 WHERE leased_by IS NOT NULL",
            new { dead = new IdGenerator(TimeProvider.System).NewGuid() }, _ct);

        await Eventually.BecomesAsync(() => _hub.AllAreAsync(webhook, 5, "delivered"), WebhookHub.Soon, _ct);
        Assert.Equal(published, _hub.Receiver.All.Select(request => request.Id).Distinct().Order(StringComparer.Ordinal));
    }

    private static string Sign(string secret, Received request)
    {
        var key = secret.StartsWith("whsec_", StringComparison.Ordinal)
            ? Convert.FromBase64String(secret[6..]) : Encoding.UTF8.GetBytes(secret);
        return Convert.ToBase64String(
            HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{request.Id}.{request.Headers["webhook-timestamp"]}.{request.Text}")));
    }

    private async Task<(int Done, int Skipped)> ReplayAsync(string webhook, object request)
    {
        var job = await _hub.Client.PostJsonAsync($"/api/v1/webhooks/{webhook}/replay", request);
        Assert.True((int)job.Status == 202, job.ToString());
        HubReply seen = job;
        await Eventually.BecomesAsync(
            async () => (seen = await _hub.Client.GetJsonAsync($"/api/v1/jobs/{job.Text("id")}")).Text("status") == "done",
            WebhookHub.Soon, _ct);
        return (seen["done"].GetInt32(), seen["skipped"].GetInt32());
    }

    /// <summary>Real time, but for how long a call may take: so long that a busy machine is done with the others before.</summary>
    private sealed class LongLimit : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, dueTime == OutboundSender.Limit ? dueTime * 20 : dueTime, period);
    }
}

public sealed class SqliteWebhookDeliveryTests(HubDatabases databases) : WebhookDeliveryContract(databases, TestDatabases.Sqlite);

public sealed class PostgreSqlWebhookDeliveryTests(HubDatabases databases) : WebhookDeliveryContract(databases, TestDatabases.PostgreSql);
