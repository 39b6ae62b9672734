using System.Text.Json;
using Patchbay.Hub.Tests.Support;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Deliveries;

public sealed class UncertainMoneyTests(HubDatabases databases) : IAsyncLifetime
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private readonly Drawer _drawer = Drawer.New();
    private Shop _shop = null!;
    private string _till = null!;
    private int _refunds;

    public async ValueTask InitializeAsync()
    {
        _shop = await Shop.OpenLentAsync(databases, TestDatabases.Sqlite, _ct);
        _till = await AddAsync("till", _drawer);
    }

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Theory]
    [InlineData("TimesOutAfterWork")]
    [InlineData("TimesOutBeforeWork")]
    [InlineData("ServerError")]
    public async Task A_payment_whose_outcome_is_not_known_is_never_repeated_but_waits_for_a_person(string mood)
    {
        var (payment, delivery) = await UnresolvedPaymentAsync(Enum.Parse<Mood>(mood));

        var retry = await _shop.Client.PostJsonAsync($"/api/v1/deliveries/{delivery}/retry");
        var cancel = await _shop.Client.PostJsonAsync($"/api/v1/deliveries/{delivery}/cancel");
        await Task.Delay(300, _ct);   // several first delays

        Assert.Equal((409, "delivery_unresolved"), ((int)retry.Status, retry.Text("code")));
        Assert.Equal((409, "delivery_in_doubt"), ((int)cancel.Status, cancel.Text("code")));
        Assert.Equal(1, _drawer.Calls);
        var shown = await _shop.DeliveryOfAsync(payment);
        Assert.Equal("failed", shown.GetProperty("status").GetString());
        Assert.Equal(1, shown.GetProperty("attempts").GetArrayLength());
        Assert.Equal("pending", (await _shop.Client.GetJsonAsync($"/api/v1/payments/{payment}")).Text("status"));
        Assert.Equal(["alert.raised"], await _shop.EventsAsync(delivery, _ct));
    }

    [Fact]
    public async Task A_payment_resolved_as_succeeded_takes_the_providers_id_and_asks_how_it_stands()
    {
        var (payment, delivery) = await UnresolvedPaymentAsync(Mood.TimesOutAfterWork);

        var waiting = await _shop.Client.GetJsonAsync("/api/v1/deliveries?needs_resolution=true");
        var bare = await _shop.Client.PostJsonAsync($"/api/v1/deliveries/{delivery}/resolve", new { outcome = "succeeded" });
        var resolved = await _shop.Client.PostJsonAsync(
            $"/api/v1/deliveries/{delivery}/resolve", new { outcome = "succeeded", provider_reference = "slip-9" });
        var twice = await _shop.Client.PostJsonAsync($"/api/v1/deliveries/{delivery}/resolve", new { outcome = "failed" });

        Assert.Equal([delivery], waiting["data"].EnumerateArray().Select(one => one.Text("id")));
        Assert.Empty((await _shop.Client.GetJsonAsync("/api/v1/deliveries?needs_resolution=true"))["data"].EnumerateArray());
        Assert.Equal(422, (int)(await _shop.Client.GetJsonAsync("/api/v1/deliveries?needs_resolution=no")).Status);
        Assert.Equal(422, (int)bare.Status);
        Assert.Equal(
            ("delivered", false, null), (resolved.Text("status"), resolved["needs_resolution"].GetBoolean(), resolved.Text("error_code")));
        Assert.Equal((409, "delivery_not_unresolved"), ((int)twice.Status, twice.Text("code")));
        var processing = await _shop.Client.GetJsonAsync($"/api/v1/payments/{payment}");
        Assert.Equal(("processing", "slip-9"), (processing.Text("status"), processing.Text("provider_reference")));
        await _shop.Client.PostJsonAsync($"/api/v1/payments/{payment}/verify");
        await _shop.BecomesAsync($"/api/v1/payments/{payment}", "succeeded");
        Assert.Equal(1, _drawer.Calls);
    }

    [Fact]
    public async Task Money_is_moved_again_only_by_who_may_move_money()
    {
        var payment = await PaidAsync();
        _drawer.Feels(Mood.Refuses);
        var refund = (await RefundAsync(payment, "60.00")).Text("id")!;
        await _shop.BecomesAsync($"/api/v1/refunds/{refund}", "failed");
        var given = await _shop.DeliveryOfAsync(refund);
        var refused = given.GetProperty("id").GetString();
        Assert.Equal("Not today: ***, ***.", given.GetProperty("attempts")[0].GetProperty("message").GetString());
        Assert.Equal("Not today: ***, ***.", given.GetProperty("error_message").GetString());
        var (_, unresolved) = await UnresolvedPaymentAsync(Mood.ServerError);
        using var clerk = await ClientAsync("write:deliveries");
        using var cashier = await ClientAsync("write:deliveries", "write:payments");
        var calls = _drawer.Calls;

        foreach (var (path, body) in new (string, object)[]
        {
            ($"{refused}/retry", new { }), ($"{unresolved}/cancel", new { }), ($"{unresolved}/resolve", new { outcome = "failed" }),
            ("retry", new { filter = new { capability = "process_refund" } }),
        })
        {
            var reply = await clerk.PostJsonAsync($"/api/v1/deliveries/{path}", body);
            Assert.Equal((403, "permission_missing"), ((int)reply.Status, reply.Text("code")));
            Assert.Contains("write:payments", reply.Text("detail"), StringComparison.Ordinal);
        }

        var all = await clerk.PostJsonAsync("/api/v1/deliveries/retry", new { filter = new { } });
        var done = await _shop.BecomesAsync($"/api/v1/jobs/{all.Text("id")}", "done");
        Assert.Equal((0, 1, calls), (done["done"].GetInt32(), done["skipped"].GetInt32(), _drawer.Calls));
        Assert.Equal("exhausted", (await _shop.DeliveryOfAsync(refund)).GetProperty("status").GetString());
        _drawer.Feels(Mood.Works);
        var unnamed = await cashier.PostJsonAsync("/api/v1/deliveries/retry", new { filter = new { } });   // also for who may move money
        done = await _shop.BecomesAsync($"/api/v1/jobs/{unnamed.Text("id")}", "done");
        Assert.Equal((0, 1, calls), (done["done"].GetInt32(), done["skipped"].GetInt32(), _drawer.Calls));
        Assert.Equal(202, (int)(await cashier.PostJsonAsync($"/api/v1/deliveries/{refused}/retry", new { })).Status);
        await _shop.BecomesAsync($"/api/v1/refunds/{refund}", "succeeded");
    }

    private async Task<HttpClient> ClientAsync(params string[] permissions)
    {
        var key = await _shop.Client.PostJsonAsync("/api/v1/api-keys", new { name = "x", permissions });
        return _shop.Hub.Client(key.Text("secret"));
    }

    [Fact]
    public async Task A_payment_resolved_as_failed_has_failed()
    {
        var (payment, delivery) = await UnresolvedPaymentAsync(Mood.ServerError);

        var resolved = await _shop.Client.PostJsonAsync($"/api/v1/deliveries/{delivery}/resolve", new { outcome = "failed" });

        Assert.Equal(("exhausted", "rejected"), (resolved.Text("status"), resolved.Text("reason")));
        Assert.Equal("failed", (await _shop.Client.GetJsonAsync($"/api/v1/payments/{payment}")).Text("status"));
        Assert.Contains("payment.failed", await _shop.EventsAsync(payment, _ct));
        Assert.Equal(1, _drawer.Calls);
    }

    [Fact]
    public async Task A_payment_resolved_as_not_done_is_tried_again_and_its_attempts_go_on_counting()
    {
        var (payment, delivery) = await UnresolvedPaymentAsync(Mood.TimesOutBeforeWork);

        await _shop.Client.PostJsonAsync($"/api/v1/deliveries/{delivery}/resolve", new { outcome = "retry" });

        await _shop.BecomesAsync($"/api/v1/payments/{payment}", "succeeded");
        Assert.Equal([payment], _drawer.Done);
        Assert.Equal([(1, "unknown"), (2, "ok")], Attempts(await _shop.DeliveredAsync(payment)));
    }

    [Theory]
    [InlineData("succeeded", "succeeded", "60.00", 1)]
    [InlineData("failed", "failed", "0.00", 1)]
    [InlineData("retry", "succeeded", "60.00", 2)]
    public async Task A_refund_whose_outcome_is_not_known_waits_for_a_person_too(string outcome, string status, string refunded, int calls)
    {
        var payment = await PaidAsync();
        _drawer.Feels(Mood.TimesOutBeforeWork);
        var refund = (await RefundAsync(payment, "60.00")).Text("id")!;
        var delivery = await UnresolvedAsync(refund);
        var early = await RefundAsync(payment, "60.00");
        Assert.Equal("refund_exceeds_captured", early.Text("code"));   // it may have gone out: its amount stays reserved
        Assert.Equal(409, (int)(await _shop.Client.PostJsonAsync($"/api/v1/deliveries/{delivery}/retry")).Status);

        await _shop.Client.PostJsonAsync($"/api/v1/deliveries/{delivery}/resolve", new { outcome, provider_reference = "slip-r" });

        await _shop.BecomesAsync($"/api/v1/refunds/{refund}", status);
        Assert.Equal(refunded, (await _shop.Client.GetJsonAsync($"/api/v1/payments/{payment}")).Text("refunded"));
        Assert.Equal(1 + calls, _drawer.Calls);
        Assert.Equal(outcome == "failed" ? 202 : 422, (int)(await RefundAsync(payment, "60.00")).Status);
    }

    [Fact]
    public async Task A_refund_that_was_given_up_is_not_retried_once_its_money_was_refunded_otherwise()
    {
        var payment = await PaidAsync();
        _drawer.Feels(Mood.Refuses);
        var first = (await RefundAsync(payment, "60.00")).Text("id")!;
        await _shop.BecomesAsync($"/api/v1/refunds/{first}", "failed");
        var second = (await RefundAsync(payment, "60.00")).Text("id")!;
        await _shop.BecomesAsync($"/api/v1/refunds/{second}", "succeeded");

        var delivery = (await _shop.DeliveryOfAsync(first)).GetProperty("id").GetString();
        var retry = await _shop.Client.PostJsonAsync($"/api/v1/deliveries/{delivery}/retry");

        Assert.Equal((422, "refund_exceeds_captured"), ((int)retry.Status, retry.Text("code")));
        await Task.Delay(100, _ct);
        Assert.Equal([payment, second], _drawer.Done);
    }

    [Fact]
    public async Task A_refund_that_was_given_up_and_is_retried_succeeds_and_reserves_its_amount_meanwhile()
    {
        var payment = await PaidAsync();
        _drawer.Feels(Mood.Refuses);
        var refund = (await RefundAsync(payment, "60.00")).Text("id")!;
        await _shop.BecomesAsync($"/api/v1/refunds/{refund}", "failed");
        var open = new TaskCompletionSource();
        _drawer.Gate = open.Task;

        var delivery = (await _shop.DeliveryOfAsync(refund)).GetProperty("id").GetString();
        await _shop.Client.PostJsonAsync($"/api/v1/deliveries/{delivery}/retry");
        var meanwhile = await RefundAsync(payment, "60.00");
        open.SetResult();

        Assert.Equal("refund_exceeds_captured", meanwhile.Text("code"));
        await _shop.BecomesAsync($"/api/v1/refunds/{refund}", "succeeded");
        Assert.Equal("60.00", (await _shop.Client.GetJsonAsync($"/api/v1/payments/{payment}")).Text("refunded"));
        Assert.DoesNotContain("alert.raised", await _shop.EventsAsync(refund, _ct));
    }

    [Fact]
    public async Task A_payment_that_was_given_up_is_open_again_when_it_is_retried()
    {
        _drawer.Feels(Mood.Refuses);
        var payment = (await _shop.PayAsync("100.00", new { integration_id = _till })).Text("id")!;
        await _shop.BecomesAsync($"/api/v1/payments/{payment}", "failed");
        var open = new TaskCompletionSource();
        _drawer.Gate = open.Task;

        var delivery = (await _shop.DeliveryOfAsync(payment)).GetProperty("id").GetString();
        await _shop.Client.PostJsonAsync($"/api/v1/deliveries/{delivery}/retry");
        var meanwhile = await _shop.Client.GetJsonAsync($"/api/v1/payments/{payment}");
        open.SetResult();

        Assert.Equal(("pending", null), (meanwhile.Text("status"), meanwhile.Text("failure_code")));
        await _shop.BecomesAsync($"/api/v1/payments/{payment}", "succeeded");
        Assert.Equal([(1, "rejected"), (2, "ok")], Attempts(await _shop.DeliveredAsync(payment)));
    }

    [Fact]
    public async Task What_is_being_called_or_was_delivered_cannot_be_canceled()
    {
        var open = new TaskCompletionSource();
        _drawer.Gate = open.Task;
        var payment = (await _shop.PayAsync("100.00", new { integration_id = _till })).Text("id")!;
        await Eventually.BecomesAsync(() => _drawer.Calls == 1, TimeSpan.FromSeconds(60), _ct);
        var delivery = (await _shop.DeliveryOfAsync(payment)).GetProperty("id").GetString();

        var inFlight = await _shop.Client.PostJsonAsync($"/api/v1/deliveries/{delivery}/cancel");
        open.SetResult();
        await _shop.DeliveredAsync(payment);
        var delivered = await _shop.Client.PostJsonAsync($"/api/v1/deliveries/{delivery}/cancel");
        var retry = await _shop.Client.PostJsonAsync($"/api/v1/deliveries/{delivery}/retry");

        Assert.Equal((409, "delivery_in_doubt"), ((int)inFlight.Status, inFlight.Text("code")));
        Assert.Equal((409, "delivery_finished"), ((int)delivered.Status, delivered.Text("code")));
        Assert.Equal((409, "delivery_not_retryable"), ((int)retry.Status, retry.Text("code")));
    }

    [Theory]
    [InlineData("TimesOutAfterWork", 1)]
    [InlineData("TimesOutBeforeWork", 2)]
    [InlineData("ServerError", 2)]
    public async Task A_provider_that_can_be_asked_decides_whether_a_payment_is_repeated(string mood, int calls)
    {
        var drawer = Drawer.New();
        var abacus = await AddAsync("abacus", drawer);
        drawer.Feels(Enum.Parse<Mood>(mood));

        var payment = (await _shop.PayAsync("100.00", new { integration_id = abacus })).Text("id")!;

        await _shop.BecomesAsync($"/api/v1/payments/{payment}", "succeeded");
        Assert.Equal(calls, drawer.Calls);
        Assert.Equal([payment], drawer.Done);
        var kinds = (await _shop.DeliveredAsync(payment)).GetProperty("attempts").EnumerateArray()
            .Select(attempt => attempt.GetProperty("kind").GetString());
        Assert.Equal(calls == 1 ? ["call", "look_up"] : ["call", "look_up", "call"], kinds);
    }

    [Fact]
    public async Task A_payment_goes_to_the_fallback_when_nobody_was_reached()
    {
        var second = await FallbackAsync();
        _drawer.Feels(Mood.Unreachable, Mood.Unreachable);

        var payment = (await _shop.PayAsync("100.00")).Text("id")!;

        var paid = await _shop.BecomesAsync($"/api/v1/payments/{payment}", "succeeded");
        Assert.Equal(second.Integration, paid.Text("integration_id"));
        Assert.Equal((2, 1), (_drawer.Calls, second.Drawer.Calls));
        var refund = (await RefundAsync(payment, "10.00")).Text("id")!;
        await _shop.BecomesAsync($"/api/v1/refunds/{refund}", "succeeded");
        Assert.Contains(refund, second.Drawer.Done);
    }

    [Fact]
    public async Task A_payment_does_not_go_to_the_fallback_after_a_server_error()
    {
        var second = await FallbackAsync();
        _drawer.Feels(Mood.Unreachable, Mood.ServerError);

        var payment = (await _shop.PayAsync("100.00")).Text("id")!;

        await UnresolvedAsync(payment);
        await Task.Delay(200, _ct);
        Assert.Equal((2, 0), (_drawer.Calls, second.Drawer.Calls));
    }

    private async Task<(string Integration, Drawer Drawer)> FallbackAsync()
    {
        var drawer = Drawer.New();
        var integration = await AddAsync("abacus", drawer);
        await _shop.RuleAsync(new { capability = "initiate_payment", priority = 1, integration_id = _till,
            fallback_integration_ids = new[] { integration } });
        return (integration, drawer);
    }

    private Task<string> AddAsync(string provider, Drawer drawer) => _shop.AddAsync(new
    {
        provider, mode = "sandbox", settings = new { retry = new { first_delay_seconds = 0.05 } }, 
        credentials = new { drawer = drawer.Name, pin = "hush-hush" },
    });

    private async Task<(string Payment, string Delivery)> UnresolvedPaymentAsync(Mood mood)
    {
        _drawer.Feels(mood);
        var payment = (await _shop.PayAsync("100.00", new { integration_id = _till })).Text("id")!;
        return (payment, await UnresolvedAsync(payment));
    }

    private async Task<string> UnresolvedAsync(string subject)
    {
        JsonElement delivery = default;
        await Eventually.BecomesAsync(
            async () => (delivery = await _shop.DeliveryOfAsync(subject)).GetProperty("needs_resolution").GetBoolean(),
            TimeSpan.FromSeconds(60), _ct);
        return delivery.GetProperty("id").GetString()!;
    }

    private async Task<string> PaidAsync()
    {
        var payment = (await _shop.PayAsync("100.00", new { integration_id = _till })).Text("id")!;
        await _shop.BecomesAsync($"/api/v1/payments/{payment}", "succeeded");
        return payment;
    }

    private Task<HubReply> RefundAsync(string payment, string amount) =>
        _shop.Client.PostJsonAsync($"/api/v1/payments/{payment}/refunds", new { amount }, "refund-" + Interlocked.Increment(ref _refunds));

    private static IEnumerable<(int, string?)> Attempts(JsonElement delivery) =>
        delivery.GetProperty("attempts").EnumerateArray()
            .Select(attempt => (attempt.GetProperty("number").GetInt32(), attempt.GetProperty("outcome").GetString()));
}
