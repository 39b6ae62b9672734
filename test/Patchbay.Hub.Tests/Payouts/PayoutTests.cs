using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Payouts;
using Patchbay.Hub.Tests.Deliveries;
using Patchbay.Hub.Tests.Support;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Payouts;

public abstract class PayoutTests(HubDatabases databases, string kind) : IAsyncLifetime
{
    private const string Iban = "DE89370400440532013000";
    private const string HookSecret = "hush-hush-hush";
    private static int s_count;

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private readonly Drawer _drawer = Drawer.New();
    private Shop _shop = null!;
    private string _courier = "";

    public async ValueTask InitializeAsync()
    {
        _shop = await Shop.OpenLentAsync(databases, kind, _ct);
        _courier = await AddAsync(new { drawer = _drawer.Name, hook_secret = HookSecret });
        await SetAsync(new { enabled = true });
    }

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task Money_leaves_once_and_the_provider_says_when_it_arrived()
    {
        var made = await PayOutAsync("150.00");
        Assert.Equal((202, "pending"), ((int)made.Status, made.Text("status")));
        var id = made.Text("id")!;
        var processing = await _shop.BecomesAsync($"/api/v1/payouts/{id}", "processing");
        await TellAsync(id, "paid");
        var paid = await _shop.BecomesAsync($"/api/v1/payouts/{id}", "paid");

        Assert.Equal(1, _drawer.Calls);
        Assert.Equal("parcel-" + id, processing.Text("provider_reference"));
        Assert.Equal(
            ("bank_account", "Ann Example", "••••3000"),
            (paid.Text("destination.type"), paid.Text("destination.holder"), paid.Text("destination.shown")));
        var carried = Courier.Carried[id];
        Assert.Equal((Iban, "150.00", "wd-1"), (carried.Destination.Iban, carried.Amount.ToAmountString(), carried.Reference));
        Assert.Equal(["payout.created", "payout.processing", "payout.paid"], await _shop.EventsAsync(id, _ct));
        Assert.Equal("0.35", (await _shop.Client.GetJsonAsync($"/api/v1/costs?subject_id={id}"))["data"][0].Text("amount"));
        Assert.Contains(id, (await _shop.Client.GetJsonAsync("/api/v1/payouts?status=paid&reference=wd-1")).ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_guards_stand_in_their_order_and_what_they_stop_leaves_no_trace()
    {
        using var nobody = _shop.Hub.Client((await _shop.Hub.CreateTenantAsync("Nobody", _ct)).Key);
        await SetAsync(new { enabled = false });

        await RefusedAsync(_shop.Client, 409, "payouts_disabled");
        await RefusedAsync(nobody, 409, "payouts_disabled");   // as it is at first
        await nobody.PutJsonAsync("/api/v1/payouts/settings", new { enabled = true });
        await RefusedAsync(nobody, 422, "no_active_provider");
        await SetAsync(new { enabled = true });
        var deaf = await AddAsync(new { drawer = _drawer.Name });
        await RefusedAsync(_shop.Client, 409, "webhook_secret_missing", deaf);

        Assert.Equal(0, _drawer.Calls);
        Assert.Empty((await _shop.Client.GetJsonAsync("/api/v1/payouts"))["data"].EnumerateArray());

        static async Task RefusedAsync(HttpClient client, int status, string code, string? integration = null)
        {
            var reply = await client.PostJsonAsync("/api/v1/payouts", Wish("10.00", integration), Key());
            Assert.Equal((status, code), ((int)reply.Status, reply.Text("code")));
        }
    }

    [Fact]
    public async Task Above_the_limit_a_second_person_agrees_before_anything_leaves()
    {
        await SetAsync(new { enabled = true, approve_above = "100.00", approve_currency = "EUR" });
        var small = await PayOutAsync("100.00");
        var large = await PayOutAsync("100.01");
        var foreign = await PayOutAsync("1.00", currency: "USD");
        using var second = await ColleagueAsync();

        Assert.Equal(
            ["pending", "pending_approval", "pending_approval"], new[] { small, large, foreign }.Select(made => made.Text("status")));
        await _shop.BecomesAsync($"/api/v1/payouts/{small.Text("id")}", "processing");
        Assert.Equal(1, _drawer.Calls);
        var (id, other) = (large.Text("id")!, foreign.Text("id")!);
        var alone = await _shop.Client.PostJsonAsync($"/api/v1/payouts/{id}/approve", new { });
        Assert.Equal((403, "second_person_required"), ((int)alone.Status, alone.Text("code")));
        var twice = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ =>
            second.PostJsonAsync($"/api/v1/payouts/{id}/approve", new { reason = "checked" })));
        Assert.Equal([202, 409], twice.Select(reply => (int)reply.Status).Order());
        var agreed = await _shop.BecomesAsync($"/api/v1/payouts/{id}", "processing");
        Assert.NotEqual(agreed.Text("proposed_by"), agreed.Text("approved_by"));
        Assert.Equal(2, _drawer.Calls);

        var withdrawn = await _shop.Client.PostJsonAsync($"/api/v1/payouts/{other}/cancel");
        Assert.Equal("canceled", withdrawn.Text("status"));
        Assert.Equal(409, (int)(await second.PostJsonAsync($"/api/v1/payouts/{other}/approve", new { })).Status);
        Assert.Equal(2, _drawer.Calls);
        Assert.Equal("2", await AuditedAsync("payout.pending", "payout.canceled"));
    }

    [Fact]
    public async Task The_kill_switch_also_holds_for_what_waits()
    {
        await SetAsync(new { enabled = true, approve_above = "1.00", approve_currency = "EUR" });
        var waiting = (await PayOutAsync("50.00")).Text("id")!;
        using var second = await ColleagueAsync();
        await _shop.Client.PostJsonAsync($"/api/v1/integrations/{_courier}/incident", new { active = true });   // nothing is called
        await SetAsync(new { enabled = true });
        var queued = (await PayOutAsync("60.00")).Text("id")!;
        await SetAsync(new { enabled = false });

        var approved = await second.PostJsonAsync($"/api/v1/payouts/{waiting}/approve", new { });
        await _shop.Client.PostJsonAsync($"/api/v1/integrations/{_courier}/incident", new { active = false });

        Assert.Equal((409, "payouts_disabled"), ((int)approved.Status, approved.Text("code")));
        var stopped = await _shop.BecomesAsync($"/api/v1/payouts/{queued}", "failed");
        Assert.Equal(("payouts_disabled", 0), (stopped.Text("failure_code"), _drawer.Calls));
        await SetAsync(new { enabled = true });
        var delivery = (await _shop.DeliveryOfAsync(queued)).Text("id");
        Assert.Equal(202, (int)(await _shop.Client.PostJsonAsync($"/api/v1/deliveries/{delivery}/retry")).Status);
        await _shop.BecomesAsync($"/api/v1/payouts/{queued}", "processing");
    }

    [Fact]
    public async Task What_was_not_sent_yet_is_taken_back_and_what_was_is_not()
    {
        var sent = (await PayOutAsync("10.00")).Text("id")!;
        await _shop.BecomesAsync($"/api/v1/payouts/{sent}", "processing");
        await _shop.Client.PostJsonAsync($"/api/v1/integrations/{_courier}/incident", new { active = true });
        var waiting = (await PayOutAsync("20.00")).Text("id")!;

        var late = await _shop.Client.PostJsonAsync($"/api/v1/payouts/{sent}/cancel");
        var canceled = await _shop.Client.PostJsonAsync($"/api/v1/payouts/{waiting}/cancel");
        await _shop.Client.PostJsonAsync($"/api/v1/integrations/{_courier}/incident", new { active = false });

        Assert.Equal((409, 202), ((int)late.Status, (int)canceled.Status));
        await _shop.BecomesAsync($"/api/v1/payouts/{waiting}", "canceled");
        Assert.Equal(1, _drawer.Calls);
        Assert.Equal(["payout.created", "payout.canceled"], await _shop.EventsAsync(waiting, _ct));
    }

    [Theory]
    [InlineData("TimesOutAfterWork", 1)]
    [InlineData("TimesOutBeforeWork", 2)]
    [InlineData("Unreachable", 2)]
    public async Task An_answer_that_was_lost_is_looked_up_and_nobody_is_paid_twice(string mood, int calls)
    {
        _drawer.Feels(Enum.Parse<Mood>(mood));

        var id = (await PayOutAsync("20.00")).Text("id")!;

        await _shop.BecomesAsync($"/api/v1/payouts/{id}", "processing");
        Assert.Equal((calls, 1), (_drawer.Calls, _drawer.Done.Count(done => done == id)));
    }

    [Fact]
    public async Task Whose_key_was_rotated_is_still_the_same_person()
    {
        await SetAsync(new { enabled = true, approve_above = "1.00", approve_currency = "EUR" });
        var key = await _shop.Client.PostJsonAsync("/api/v1/api-keys", new { name = "clerk", permissions = new[] { "write:payouts" } });
        using var clerk = _shop.Hub.Client(key.Text("secret"));
        var payout = await clerk.PostJsonAsync("/api/v1/payouts", Wish("20.00", currency: "EUR"), Key());
        Assert.Equal("pending_approval", payout.Text("status"));

        var rotated = await _shop.Client.PostJsonAsync($"/api/v1/api-keys/{key.Text("id")}/rotate", new { });
        using var successor = _shop.Hub.Client(rotated.Text("secret"));
        var approved = await successor.PostJsonAsync($"/api/v1/payouts/{payout.Text("id")}/approve", new { });

        Assert.Equal((403, "second_person_required"), ((int)approved.Status, approved.Text("code")));
    }

    [Fact]
    public async Task What_was_refused_has_failed_and_can_be_tried_again()
    {
        _drawer.Feels(Mood.Refuses);
        var id = (await PayOutAsync("20.00")).Text("id")!;

        var failed = await _shop.BecomesAsync($"/api/v1/payouts/{id}", "failed");

        Assert.Equal(("no_such_account", "Nobody lives there."), (failed.Text("failure_code"), failed.Text("failure_message")));
        var delivery = (await _shop.DeliveryOfAsync(id)).Text("id");
        await _shop.Client.PostJsonAsync($"/api/v1/deliveries/{delivery}/retry");
        await _shop.BecomesAsync($"/api/v1/payouts/{id}", "processing");
    }

    /// <summary>In whatever order the provider tells, the same comes of it.</summary>
    [Theory]
    [InlineData("paid processing failed", "paid", true)]
    [InlineData("failed paid", "paid", true)]
    [InlineData("paid returned paid", "returned", true)]
    [InlineData("notreceived paid", "paid", true)]
    [InlineData("notreceived failed processing", "failed", true)]
    [InlineData("paid notreceived", "paid", false)]
    public async Task What_is_told_late_twice_or_in_any_order_never_takes_money_back(string told, string end, bool alerts)
    {
        var id = (await PayOutAsync("20.00")).Text("id")!;
        await _shop.BecomesAsync($"/api/v1/payouts/{id}", "processing");

        foreach (var word in told.Split(' '))
            await TellAsync(id, word);

        Assert.Equal(end, (await _shop.BecomesAsync($"/api/v1/payouts/{id}", end)).Text("status"));
        Assert.Equal(alerts, (await _shop.EventsAsync(id, _ct)).Contains("alert.raised"));
    }

    [Fact]
    public async Task What_the_provider_never_got_stays_open_until_it_or_a_second_person_says_more()
    {
        var id = (await PayOutAsync("20.00")).Text("id")!;
        await _shop.BecomesAsync($"/api/v1/payouts/{id}", "processing");
        await TellAsync(id, "notreceived");
        var open = await _shop.Client.GetJsonAsync($"/api/v1/payouts/{id}");
        Assert.Equal(("processing", "submit_not_received"), (open.Text("status"), open.Text("failure_code")));
        using var second = await ColleagueAsync();
        var resolution = new { outcome = "failed", reason = "not on the statement" };

        var alone = await _shop.Client.PostJsonAsync($"/api/v1/payouts/{id}/resolve", resolution);
        var unsaid = await second.PostJsonAsync($"/api/v1/payouts/{id}/resolve", new { outcome = "failed" });
        var resolved = await second.PostJsonAsync($"/api/v1/payouts/{id}/resolve", resolution);

        Assert.Equal((403, 422, 202), ((int)alone.Status, (int)unsaid.Status, (int)resolved.Status));
        Assert.Equal("failed", resolved.Text("status"));
        await TellAsync(id, "paid");   // the truth, after all
        await _shop.BecomesAsync($"/api/v1/payouts/{id}", "paid");
    }

    [Fact]
    public async Task A_hint_has_the_provider_asked_and_a_person_can_ask_too()
    {
        var id = (await PayOutAsync("20.00")).Text("id")!;
        await _shop.BecomesAsync($"/api/v1/payouts/{id}", "processing");
        Courier.Told[id] = PayoutStatus.Paid;

        await TellAsync(id, null);

        await _shop.BecomesAsync($"/api/v1/payouts/{id}", "paid");
        Courier.Told[id] = PayoutStatus.Returned;
        await _shop.Client.PostJsonAsync($"/api/v1/payouts/{id}/verify", wait: TimeSpan.FromSeconds(10));
        await _shop.BecomesAsync($"/api/v1/payouts/{id}", "returned");
    }

    [Fact]
    public async Task Where_it_goes_is_sealed_and_stands_nowhere_else()
    {
        var id = (await PayOutAsync("20.00")).Text("id")!;
        await _shop.BecomesAsync($"/api/v1/payouts/{id}", "processing");
        var delivery = (await _shop.DeliveryOfAsync(id)).Text("id");

        foreach (var path in new[] { $"payouts/{id}", $"deliveries/{delivery}", "events", "audit", "payouts", "inbox" })
        {
            Assert.DoesNotContain(
                Iban[4..], (await _shop.Client.GetJsonAsync("/api/v1/" + path)).ToString(), StringComparison.Ordinal);
        }

        var kept = await _shop.Hub.Services.GetRequiredService<Database>().QueryAsync(
            "SELECT sealed_destination FROM payouts WHERE tenant_id = @Tenant LIMIT 10", new { _shop.Tenant },
            row => Encoding.UTF8.GetString(row.Bytes("sealed_destination")), _ct);
        Assert.DoesNotContain(Iban[4..], Assert.Single(kept), StringComparison.Ordinal);
    }

    public static TheoryData<string, object> Wrong => new()
    {
        { "destination", new { } },
        { "destination.type", new { destination = new { holder = "Ann" } } },
        { "destination.iban", new { destination = new { type = "bank_account", holder = "Ann", iban = "DE89370400440532013001" } } },
        { "destination.iban", new { destination = new { type = "bank_account", holder = "Ann" } } },
        { "destination.iban", new { destination = new { type = "bank_account", holder = "Ann", iban = Iban, account_number = "1" } } },
        { "destination.holder", new { destination = new { type = "bank_account", iban = Iban } } },
        { "destination.account", new { destination = new { type = "wallet", holder = "Ann" } } },
        { "destination.iban", new { destination = new { type = "wallet", account = "ann@example.com", iban = Iban } } },
        { "destination.reference", new { destination = new { type = "card_token" } } },
        { "amount", new { amount = "1.001" } },
        { "country", new { country = "XX" } },
    };

    [Theory, MemberData(nameof(Wrong))]
    public async Task A_wrong_payout_is_refused_with_the_field_named(string field, object change)
    {
        var body = JsonSerializer.SerializeToNode(Wish("10.00"))!.AsObject();
        if (field == "destination")
            body.Remove("destination");
        foreach (var (name, value) in JsonSerializer.SerializeToNode(change)!.AsObject())
            body[name] = value?.DeepClone();

        var reply = await _shop.Client.PostJsonAsync("/api/v1/payouts", body.ToJsonString(), Key());

        Assert.Equal((HttpStatusCode.UnprocessableEntity, field), (reply.Status, reply["errors"].EnumerateObject().Single().Name));
        Assert.Equal(0, _drawer.Calls);
    }

    private static string Key() => "payout-" + Interlocked.Increment(ref s_count);

    private static object Wish(string amount, string? integration = null, string currency = "EUR") => new
    {
        amount, currency, reference = "wd-1", integration_id = integration,
        destination = new { type = "bank_account", holder = "Ann Example", iban = "DE89 3704 0044 0532 0130 00" },
    };

    private Task<HubReply> PayOutAsync(string amount, string currency = "EUR") =>
        _shop.Client.PostJsonAsync("/api/v1/payouts", Wish(amount, currency: currency), Key());

    private async Task SetAsync(object settings)
    {
        var reply = await _shop.Client.PutJsonAsync("/api/v1/payouts/settings", settings);
        Assert.True((int)reply.Status == 200, reply.ToString());
    }

    private Task<string> AddAsync(object credentials) => _shop.AddAsync(new
    {
        provider = "courier", mode = "sandbox", credentials, settings = new { retry = new { first_delay_seconds = 0.05 } },
    });

    private async Task<HttpClient> ColleagueAsync()
    {
        var key = await _shop.Client.PostJsonAsync("/api/v1/api-keys", new { name = "second", permissions = new[] { "write:payouts" } });
        return _shop.Hub.Client(key.Text("secret"));
    }

    /// <summary>The courier tells, and it is taken in before the next.</summary>
    private async Task TellAsync(string id, string? status)
    {
        var body = status is null ? $$"""{"payout": "{{id}}"}""" : $$"""{"payout": "{{id}}", "status": "{{status}}"}""";
        using var courier = new HttpClient { BaseAddress = _shop.Hub.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/webhooks/courier/{_courier}?n={Key()}")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"), Headers = { { "X-Courier", HookSecret } },
        };
        using var answer = await courier.SendAsync(request, _ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await Eventually.BecomesAsync(
            async () => (await _shop.Client.GetJsonAsync("/api/v1/inbox?status=received"))["data"].GetArrayLength() == 0,
            TimeSpan.FromSeconds(30), _ct);
    }

    private async Task<string> AuditedAsync(params string[] actions)
    {
        var entries = (await _shop.Client.GetJsonAsync("/api/v1/audit?limit=200"))["data"].EnumerateArray()
            .Count(entry => actions.Contains(entry.Text("action")));
        return entries.ToString(CultureInfo.InvariantCulture);
    }
}

public sealed class PayoutTestsOnSqlite(HubDatabases databases) : PayoutTests(databases, TestDatabases.Sqlite);

public sealed class PayoutTestsOnPostgreSql(HubDatabases databases) : PayoutTests(databases, TestDatabases.PostgreSql);

public sealed class PayoutDestinationTests
{
    [Theory]
    [InlineData("ann@example.com", "a••••@example.com")]
    [InlineData("+14155550123", "••••0123")]
    [InlineData("12345678", "••••5678")]
    [InlineData("1234567", "••••")]
    [InlineData("@ann", "••••")]
    public void What_is_shown_of_a_wallet_tells_whose_it_is_and_no_more(string account, string shown) =>
        Assert.Equal(shown, PayoutDestinationView.Of(new PayoutDestination(PayoutMethod.Wallet) { Account = account }).Shown);
}
