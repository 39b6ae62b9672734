using Patchbay.Hub.Tests.Support;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Payouts;

/// <summary>Money goes back first to where the customer paid in.</summary>
public abstract class ClosedLoopTests(HubDatabases databases, string kind) : IAsyncLifetime
{
    private static int s_count;

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private Shop _shop = null!;
    private string _lynk = "";
    private string _courier = "";

    public async ValueTask InitializeAsync()
    {
        _shop = await Shop.OpenLentAsync(databases, kind, _ct);
        _lynk = await _shop.AddAsync(new
        {
            provider = "lynk", mode = "sandbox", credentials = new { merchant_name = "Shop", lynk_handle = "@shop", qr_text = "lynk:shop" },
        });
        _courier = await _shop.AddAsync(new
        {
            provider = "courier", mode = "sandbox",
            credentials = new { drawer = Deliveries.Drawer.New().Name, hook_secret = "hush-hush-hush" },
        });
        await SetAsync(closedLoop: true);
    }

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task What_came_in_goes_back_the_same_way_before_anything_goes_elsewhere()
    {
        await DepositAsync("ann", "100.00");
        var elsewhere = await PayOutAsync("ann", "10.00", _courier);
        var more = await PayOutAsync("ann", "100.01", _lynk);
        var back = await PayOutAsync("ann", "100.00", _lynk);
        var winnings = await PayOutAsync("ann", "40.00", _courier);
        var stranger = await PayOutAsync("bob", "10.00", _courier);
        var nobody = await PayOutAsync(null, "10.00", _courier);

        Assert.Equal((422, "closed_loop"), ((int)elsewhere.Status, elsewhere.Text("code")));
        Assert.Contains("at most 100.00 JMD by lynk", elsewhere.Text("detail"), StringComparison.Ordinal);
        Assert.Equal((422, "closed_loop"), ((int)more.Status, more.Text("code")));
        Assert.All([back, winnings, stranger], reply => Assert.Equal(202, (int)reply.Status));
        Assert.Equal((422, "customer_id"), ((int)nobody.Status, nobody["errors"].EnumerateObject().Single().Name));
    }

    [Fact]
    public async Task Two_payouts_at_once_do_not_share_one_deposit()
    {
        await DepositAsync("ann", "100.00");

        var both = await Task.WhenAll(PayOutAsync("ann", "60.00", _lynk), PayOutAsync("ann", "60.00", _lynk));

        Assert.Equal([202, 422], both.Select(reply => (int)reply.Status).Order());
        Assert.Contains(
            "at most 40.00 JMD", both.Single(reply => (int)reply.Status == 422).Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_given_back_or_did_not_arrive_counts_as_such()
    {
        var payment = await DepositAsync("ann", "100.00");
        var refund = await _shop.Client.PostJsonAsync(
            $"/api/v1/payments/{payment}/refunds", new { amount = "70.00" }, Key(), TimeSpan.FromSeconds(10));
        var refunded = await _shop.Client.PostJsonAsync(
            $"/api/v1/refunds/{refund.Text("id")}/resolve",
            new { outcome = "succeeded", transaction_reference = Key(), reason = "sent" });
        Assert.True((int)refunded.Status == 200, refunded.ToString());
        var first = (await PayOutAsync("ann", "30.00", _lynk)).Text("id")!;
        using var second = await SecondPersonAsync();

        var before = await PayOutAsync("ann", "5.00", _courier);
        await _shop.BecomesAsync($"/api/v1/payouts/{first}", "processing");
        var failed = await second.PostJsonAsync($"/api/v1/payouts/{first}/resolve", new { outcome = "failed", reason = "closed account" });
        var after = await PayOutAsync("ann", "5.00", _courier);

        Assert.Equal((202, "failed"), ((int)before.Status, failed.Text("status")));
        Assert.Contains("at most 30.00 JMD by lynk", after.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_customer_is_one_by_whatever_name_the_hub_has_for_them()
    {
        var mirrored = (await _shop.Client.PostJsonAsync("/api/v1/customers", new { external_id = "ann", name = "Ann" })).Text("id")!;
        await DepositAsync(mirrored, "60.00");
        await DepositAsync("ann", "40.00");

        var elsewhere = await PayOutAsync(mirrored, "10.00", _courier);
        var back = await PayOutAsync(mirrored, "100.00", _lynk);
        var blank = await PayOutAsync("ann ", "10.00", _courier);

        Assert.Contains("at most 100.00 JMD by lynk", elsewhere.Text("detail"), StringComparison.Ordinal);
        Assert.Equal((202, "ann"), ((int)back.Status, back.Text("customer_id")));
        Assert.Equal((422, "customer_id"), ((int)blank.Status, blank["errors"].EnumerateObject().Single().Name));
    }

    [Fact]
    public async Task What_was_paid_out_is_not_refunded_as_well_nor_what_is_being_refunded_paid_out()
    {
        var payment = await DepositAsync("ann", "100.00");
        var some = await RefundAsync(payment, "30.00");
        var elsewhere = await PayOutAsync("ann", "1.00", _courier);
        var paidOut = (await PayOutAsync("ann", "50.00", _lynk)).Text("id")!;

        var much = await RefundAsync(payment, "20.01");
        using var second = await SecondPersonAsync();
        await _shop.BecomesAsync($"/api/v1/payouts/{paidOut}", "processing");
        await second.PostJsonAsync($"/api/v1/payouts/{paidOut}/resolve", new { outcome = "failed", reason = "closed account" });
        var again = await RefundAsync(payment, "20.01");
        await PayOutAsync("ann", "49.99", _lynk);
        await SetAsync(closedLoop: false);
        var rest = await RefundAsync(payment, "49.99");

        Assert.Contains("at most 70.00 JMD by lynk", elsewhere.Text("detail"), StringComparison.Ordinal);
        Assert.Equal((422, "closed_loop"), ((int)much.Status, much.Text("code")));
        Assert.Contains("At most 20.00 JMD", much.Text("detail"), StringComparison.Ordinal);
        Assert.Equal((202, 202, 202), ((int)some.Status, (int)again.Status, (int)rest.Status));
    }

    [Fact]
    public async Task A_fallback_does_not_lead_out_of_the_loop()
    {
        var drawer = Deliveries.Drawer.New();
        var first = await _shop.AddAsync(new
        {
            provider = "courier", mode = "sandbox",
            credentials = new { drawer = drawer.Name, hook_secret = "hush-hush-hush" },
        });
        await _shop.RuleAsync(new
        {
            capability = "initiate_payout", priority = 1, integration_id = first, fallback_integration_ids = new[] { _courier },
        });
        drawer.Feels(Deliveries.Mood.RefusesOddly, Deliveries.Mood.RefusesOddly);

        var inLoop = await PayOutAsync("stranger", "80.00", null);
        var stayed = await _shop.BecomesAsync($"/api/v1/payouts/{inLoop.Text("id")}", "failed");
        await SetAsync(closedLoop: false);
        var outside = await PayOutAsync("stranger", "80.00", null);
        var moved = await _shop.BecomesAsync($"/api/v1/payouts/{outside.Text("id")}", "processing");

        Assert.Equal((first, _courier), (stayed.Text("integration_id"), moved.Text("integration_id")));
    }

    [Fact]
    public async Task Where_nobody_can_be_paid_nothing_is_held_up_and_without_the_setting_neither()
    {
        await DepositAsync("ann", "100.00");
        await DepositAsync("bob", "100.00");

        await SetAsync(closedLoop: false);
        var open = await PayOutAsync("ann", "1.00", _courier);
        await SetAsync(closedLoop: true);
        await _shop.Client.PostJsonAsync($"/api/v1/integrations/{_lynk}/disable");
        var unable = await PayOutAsync("bob", "1.00", _courier);

        Assert.Equal((202, 202), ((int)open.Status, (int)unable.Status));
    }

    private static string Key() => "loop-" + Interlocked.Increment(ref s_count);

    private async Task<string> DepositAsync(string customer, string amount)
    {
        var made = await _shop.PayAsync(amount, new { currency = "JMD", integration_id = _lynk, customer = new { id = customer } });
        Assert.True((int)made.Status == 202, made.ToString());
        var id = made.Text("id")!;
        await _shop.BecomesAsync($"/api/v1/payments/{id}", "requires_action");
        var resolved = await _shop.Client.PostJsonAsync(
            $"/api/v1/payments/{id}/resolve", new { outcome = "succeeded", transaction_reference = Key(), reason = "in the app" });
        Assert.True((int)resolved.Status == 200, resolved.ToString());
        return id;
    }

    private Task<HubReply> PayOutAsync(string? customer, string amount, string? integration) => _shop.Client.PostJsonAsync(
        "/api/v1/payouts",
        new
        {
            amount, currency = "JMD", reference = "wd", customer_id = customer, integration_id = integration,
            destination = new { type = "wallet", account = "@ann" },
        },
        Key());

    private Task<HubReply> RefundAsync(string payment, string amount) =>
        _shop.Client.PostJsonAsync($"/api/v1/payments/{payment}/refunds", new { amount }, Key());

    private async Task SetAsync(bool closedLoop)
    {
        var set = await _shop.Client.PutJsonAsync("/api/v1/payouts/settings", new { enabled = true, closed_loop = closedLoop });
        Assert.Equal(closedLoop, set["closed_loop"].GetBoolean());
    }

    private async Task<HttpClient> SecondPersonAsync()
    {
        var key = await _shop.Client.PostJsonAsync("/api/v1/api-keys", new { name = "second", permissions = new[] { "write:payouts" } });
        return _shop.Hub.Client(key.Text("secret"));
    }
}

public sealed class SqliteClosedLoopTests(HubDatabases databases) : ClosedLoopTests(databases, TestDatabases.Sqlite);

public sealed class PostgreSqlClosedLoopTests(HubDatabases databases) : ClosedLoopTests(databases, TestDatabases.PostgreSql);
