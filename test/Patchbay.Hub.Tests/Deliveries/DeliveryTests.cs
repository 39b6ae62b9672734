using System.Text.Json;
using Patchbay.Hub.Tests.Support;
using Patchbay.Sandbox.Faults;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Deliveries;

public sealed class DeliveryTests(HubDatabases databases) : IAsyncLifetime
{
    /// <summary>So long after a request that the next ones are answered before it, however busy the machine is.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(2);

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private Shop _shop = null!;

    public async ValueTask InitializeAsync() => _shop = await Shop.OpenLentAsync(databases, TestDatabases.Sqlite, _ct);

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    private long Calls => _shop.Hub.Sandbox.Ledger.Requests("twilio", "messages.create");

    [Fact]
    public async Task Incident_mode_holds_work_and_lets_it_go_at_the_set_rate()
    {
        await _shop.Client.PostJsonAsync($"/api/v1/integrations/{_shop.Twilio}/incident", new { active = true });
        var messages = new[] { await SendAsync(), await SendAsync(), await SendAsync() };
        await Task.Delay(300, _ct);
        Assert.Equal(0, Calls);
        Assert.Equal(0, _shop.Hub.Sandbox.Ledger.Requests("plivo", "messages.create"));

        var released = await _shop.Client.PostJsonAsync(
            $"/api/v1/integrations/{_shop.Twilio}/incident", new { active = false, release_per_second = 4 });

        Assert.Equal((false, 4), (released["held"].GetBoolean(), released["release_rate"].GetDouble()));
        var starts = new List<DateTimeOffset>();
        foreach (var message in messages)
        {
            var delivery = await _shop.DeliveredAsync(message);
            Assert.Equal(_shop.Twilio, delivery.GetProperty("integration_id").GetString());
            starts.Add(delivery.GetProperty("attempts")[0].GetProperty("started_at").GetDateTimeOffset());
        }

        starts.Sort();
        Assert.True(starts[2] - starts[0] >= TimeSpan.FromMilliseconds(400), $"{starts[2] - starts[0]}");
    }

    [Fact]
    public async Task Work_of_a_disabled_integration_moves_to_the_fallback()
    {
        var message = await SendAsync(new { scheduled_at = Now + Ahead });
        await _shop.Client.PostJsonAsync($"/api/v1/integrations/{_shop.Twilio}/disable");

        var delivery = await _shop.DeliveredAsync(message);

        Assert.Equal(_shop.Plivo, delivery.GetProperty("integration_id").GetString());
        Assert.Equal(0, Calls);
        Assert.Equal(_shop.Plivo, (await _shop.Client.GetJsonAsync($"/api/v1/messages/{message}")).Text("integration_id"));
    }

    [Fact]
    public async Task Without_a_fallback_work_of_a_disabled_integration_waits_until_it_is_activated()
    {
        var at = Now + Ahead;
        var message = await SendAsync(new { scheduled_at = at, integration_id = _shop.Twilio });
        await _shop.Client.PostJsonAsync($"/api/v1/integrations/{_shop.Twilio}/disable");
        await Eventually.BecomesAsync(() => Now > at.AddMilliseconds(400), TimeSpan.FromSeconds(60), _ct);
        Assert.Equal("pending", (await _shop.DeliveryOfAsync(message)).GetProperty("status").GetString());

        await _shop.Client.PostJsonAsync($"/api/v1/integrations/{_shop.Twilio}/activate");

        await _shop.DeliveredAsync(message);
        Assert.Equal(1, Calls);
    }

    [Fact]
    public async Task Work_that_waited_past_its_end_expires()
    {
        await _shop.Client.PostJsonAsync($"/api/v1/integrations/{_shop.Twilio}/incident", new { active = true });

        var message = await SendAsync(new { expires_at = Now + Ahead });

        await _shop.BecomesAsync($"/api/v1/messages/{message}", "expired");
        var delivery = await _shop.DeliveryOfAsync(message);
        Assert.Equal(("exhausted", "expired"), (delivery.GetProperty("status").GetString(), delivery.GetProperty("reason").GetString()));
        Assert.Equal(0, delivery.GetProperty("attempts").GetArrayLength());
        Assert.Contains("message.expired", await _shop.EventsAsync(message, _ct));
    }

    [Fact]
    public async Task What_was_given_up_can_be_retried_and_the_repeated_request_does_nothing_more()
    {
        var (message, delivery) = await GivenUpAsync();

        var retry = await _shop.Client.PostJsonAsync($"/api/v1/deliveries/{delivery}/retry", idempotencyKey: "again");
        var queued = await _shop.Client.GetJsonAsync($"/api/v1/messages/{message}");
        var repeated = await _shop.Client.PostJsonAsync($"/api/v1/deliveries/{delivery}/retry", idempotencyKey: "again");

        Assert.Equal((202, "retrying"), ((int)retry.Status, retry.Text("status")));
        Assert.NotEqual("failed", queued.Text("status"));
        Assert.Equal(retry.Body.GetRawText(), repeated.Body.GetRawText());
        Assert.Equal("true", repeated.Headers.GetValues("Idempotency-Replay").Single());
        var delivered = await _shop.DeliveredAsync(message);
        Assert.Equal([(1, "rejected"), (2, "ok")], Attempts(delivered));
        await _shop.BecomesAsync($"/api/v1/messages/{message}", "delivered");
        Assert.Equal("true", (await _shop.Client.PostJsonAsync($"/api/v1/deliveries/{delivery}/retry", idempotencyKey: "again")).Headers
            .GetValues("Idempotency-Replay").Single());
        Assert.Equal(
            409, (int)(await _shop.Client.PostJsonAsync($"/api/v1/deliveries/{delivery}/retry", idempotencyKey: "once more")).Status);
        Assert.Equal(2, Calls);
    }

    [Fact]
    public async Task A_bulk_retry_takes_what_was_given_up_and_nothing_else()
    {
        var givenUp = new[] { await GivenUpAsync(), await GivenUpAsync(), await GivenUpAsync() };
        var sent = await SendAsync();
        await _shop.DeliveredAsync(sent);
        var scheduled = await SendAsync(new { scheduled_at = Now.AddHours(1) });
        var canceled = await SendAsync(new { scheduled_at = Now.AddHours(1) });
        await _shop.Client.PostJsonAsync(
            $"/api/v1/deliveries/{(await _shop.DeliveryOfAsync(canceled)).GetProperty("id").GetString()}/cancel");

        var job = await _shop.Client.PostJsonAsync("/api/v1/deliveries/retry", new { filter = new { capability = "send_sms" } });

        Assert.Equal((202, "running"), ((int)job.Status, job.Text("status")));
        var done = await _shop.BecomesAsync($"/api/v1/jobs/{job.Text("id")}", "done");
        Assert.Equal((3, 0), (done["done"].GetInt32(), done["skipped"].GetInt32()));
        foreach (var (message, _) in givenUp)
            Assert.Equal([(1, "rejected"), (2, "ok")], Attempts(await _shop.DeliveredAsync(message)));
        Assert.Single(Attempts(await _shop.DeliveryOfAsync(sent)));
        Assert.Equal("pending", (await _shop.DeliveryOfAsync(scheduled)).GetProperty("status").GetString());
        Assert.Equal("canceled", (await _shop.DeliveryOfAsync(canceled)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_bulk_retry_of_what_cannot_be_retried_says_so()
    {
        await _shop.DeliveredAsync(await SendAsync());

        var job = await _shop.Client.PostJsonAsync(
            "/api/v1/deliveries/retry", new { filter = new { status = "delivered", capability = "send_sms" } });

        var done = await _shop.BecomesAsync($"/api/v1/jobs/{job.Text("id")}", "done");
        Assert.Equal((0, 1), (done["done"].GetInt32(), done["skipped"].GetInt32()));
        Assert.Equal(1, Calls);
    }

    [Fact]
    public async Task While_a_breaker_is_open_messages_go_straight_to_the_fallback()
    {
        _shop.Hub.Sandbox.Faults.Add(new(FaultKind.ServerError) { Provider = "twilio" });
        var last = DateTimeOffset.MinValue;
        for (var i = 0; i < 3; i++)
            last = AttemptsAt(_shop.Twilio, await _shop.DeliveredAsync(await SendAsync())).Append(last).Max();
        await Eventually.BecomesAsync(
            async () => (await _shop.Client.GetJsonAsync($"/api/v1/integrations/{_shop.Twilio}/health"))["breaker_open"].GetBoolean(),
            TimeSpan.FromSeconds(60), _ct);

        var before = Calls;
        var delivery = await _shop.DeliveredAsync(await SendAsync());
        while (AttemptsAt(_shop.Twilio, delivery).FirstOrDefault() is var probe
            && probe != default)   // the machine stood still for longer than the breaker pauses
        {
            Assert.True(probe - last >= TimeSpan.FromSeconds(1), $"{probe - last}");
            (last, before) = (AttemptsAt(_shop.Twilio, delivery).Max(), Calls);
            delivery = await _shop.DeliveredAsync(await SendAsync());
        }

        Assert.Equal(before, Calls);
        Assert.Equal([_shop.Plivo], delivery.GetProperty("attempts").EnumerateArray()
            .Select(attempt => attempt.GetProperty("integration_id").GetString()));
        Assert.Contains("breaker_open", delivery.GetProperty("route").ToString(), StringComparison.Ordinal);
    }

    private static IEnumerable<DateTimeOffset> AttemptsAt(string integration, JsonElement delivery) =>
        delivery.GetProperty("attempts").EnumerateArray()
        .Where(attempt => attempt.GetProperty("integration_id").GetString() == integration)
        .Select(attempt => attempt.GetProperty("started_at").GetDateTimeOffset());

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private async Task<string> SendAsync(object? more = null)
    {
        var body =
            JsonSerializer.SerializeToNode(new { channel = "sms", to = "+14155550123", body = "Your order has shipped" })!.AsObject();
        foreach (var (name, value) in JsonSerializer.SerializeToNode(more ?? new { })!.AsObject())
            body[name] = value?.DeepClone();
        var reply = await _shop.Client.PostJsonAsync("/api/v1/messages", body.ToJsonString());
        Assert.True((int)reply.Status == 202, reply.ToString());
        return reply.Text("id")!;
    }

    /// <summary>A message that Twilio refused once.</summary>
    private async Task<(string Message, string Delivery)> GivenUpAsync()
    {
        _shop.Hub.Sandbox.Faults.Add(new(FaultKind.Status) { Provider = "twilio", Operation = "messages.create", Count = 1 });
        var message = await SendAsync(new { integration_id = _shop.Twilio });
        await _shop.BecomesAsync($"/api/v1/messages/{message}", "failed");
        return (message, (await _shop.DeliveryOfAsync(message)).GetProperty("id").GetString()!);
    }

    private static IEnumerable<(int, string?)> Attempts(JsonElement delivery) =>
        delivery.GetProperty("attempts").EnumerateArray()
            .Select(attempt => (attempt.GetProperty("number").GetInt32(), attempt.GetProperty("outcome").GetString()));
}
