using System.Text.Json;
using Patchbay.Hub.Tests.Support;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Payments;

/// <summary>Payments whose money is found on an account: a person says that it came.</summary>
public abstract class ManualPaymentTests(HubDatabases databases, string kind) : IAsyncLifetime
{
    private static int s_count;

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private Shop _shop = null!;
    private string _lynk = "";

    public async ValueTask InitializeAsync()
    {
        _shop = await Shop.OpenLentAsync(databases, kind, _ct);
        _lynk = await _shop.AddAsync(new
        {
            provider = "lynk", mode = "sandbox", credentials = new { merchant_name = "Shop", lynk_handle = "@shop", qr_text = "lynk:shop" },
        });
    }

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task The_payer_is_told_what_to_do_and_a_person_says_once_that_the_money_came()
    {
        var (id, payment) = await StartAsync("1500.00");
        Assert.Equal(("instructions", "lynk:shop"), (payment.Text("next_action.type"), payment.Text("next_action.instructions.qr_text")));
        Assert.Equal(payment.Text("provider_reference"), payment.Text("next_action.instructions.reference"));
        Assert.Contains("@shop", payment["next_action.instructions.lines"].ToString(), StringComparison.Ordinal);

        var claims = await Task.WhenAll(ClaimAsync(id), ClaimAsync(id));
        var asked = await _shop.Client.PostJsonAsync($"/api/v1/payments/{id}/verify", wait: TimeSpan.FromSeconds(10));
        var bare = await ResolveAsync(id, new { outcome = "succeeded", reason = "seen" });
        var both = await Task.WhenAll(
            ResolveAsync(id, new { outcome = "succeeded", transaction_reference = "TX-1", reason = "in the app" }),
            ResolveAsync(id, new { outcome = "succeeded", transaction_reference = "TX-2", reason = "in the app" }));

        Assert.All(claims, claim => Assert.Equal((200, "processing"), ((int)claim.Status, claim.Text("status"))));
        Assert.Equal("processing", asked.Text("status"));
        Assert.Equal((422, "is required"), ((int)bare.Status, bare["errors.transaction_reference"][0].GetString()));
        Assert.Equal([200, 409], both.Select(reply => (int)reply.Status).Order());
        Assert.Equal(
            ["payment.created", "payment.requires_action", "payment.processing", "alert.raised", "payment.succeeded"],
            await _shop.EventsAsync(id, _ct));
    }

    [Fact]
    public async Task One_transaction_settles_one_thing_and_less_than_was_asked_for_is_what_came()
    {
        var (first, _) = await StartAsync("100.00");
        var (second, _) = await StartAsync("100.00");

        var paid = await ResolveAsync(
            first, new { outcome = "succeeded", amount = "90.00", transaction_reference = "TX-9", reason = "short by 10" });
        var used = await ResolveAsync(second, new { outcome = "succeeded", transaction_reference = "tx-9 ", reason = "the same" });
        var more = await ResolveAsync(
            second, new { outcome = "succeeded", amount = "100.01", transaction_reference = "TX-10", reason = "more" });
        var failed = await ResolveAsync(second, new { outcome = "failed", reason = "never came" });
        var late = await ResolveAsync(second, new { outcome = "succeeded", transaction_reference = "TX-11", reason = "it did" });

        Assert.Equal(("succeeded", "90.00"), (paid.Text("status"), paid.Text("captured")));
        Assert.Equal((409, "evidence_used"), ((int)used.Status, used.Text("code")));
        Assert.Equal(422, (int)more.Status);
        Assert.Equal(("failed", "never came"), (failed.Text("status"), failed.Text("failure_message")));
        Assert.Equal("succeeded", late.Text("status"));
    }

    [Fact]
    public async Task A_payment_nobody_claims_expires_and_is_asked_about_no_sooner()
    {
        var (id, payment) = await StartAsync("10.00");
        var until = payment["next_action.instructions.expires_at"].GetDateTimeOffset();
        var database = (Database)_shop.Hub.Services.GetService(typeof(Database))!;
        var row = await database.QueryAsync(
            "SELECT verify_at, verifications FROM payments WHERE tenant_id = @Tenant AND id = @id",
            new { _shop.Tenant, id = Patchbay.Hub.Payments.PaymentId.Parse(id, null) },
            found => (At: found.FindTime("verify_at"), Asked: found.Int("verifications")), _ct);
        Assert.Equal((until.ToUnixTimeMilliseconds(), 0), (row[0].At!.Value.ToUnixTimeMilliseconds(), row[0].Asked));

        var past = JsonSerializer.Serialize(new { expires_at = TimeProvider.System.GetUtcNow().AddSeconds(-1) });
        await database.ExecuteAsync(
            "UPDATE payments SET provider_data = @past, verify_at = @now, waits_until = @now WHERE tenant_id = @Tenant AND id = @id",
            new
            {
                past, now = TimeProvider.System.GetUtcNow().AddSeconds(-1), _shop.Tenant,
                id = Patchbay.Hub.Payments.PaymentId.Parse(id, null),
            },
            _ct);

        await _shop.BecomesAsync($"/api/v1/payments/{id}", "expired");
        Assert.DoesNotContain("alert.raised", await _shop.EventsAsync(id, _ct));
        Assert.Equal(409, (int)(await ClaimAsync(id)).Status);
    }

    [Fact]
    public async Task Money_goes_back_and_out_by_a_persons_hand()
    {
        var (id, _) = await StartAsync("100.00");
        await ResolveAsync(id, new { outcome = "succeeded", transaction_reference = "TX-20", reason = "in the app" });
        var refund = await _shop.Client.PostJsonAsync(
            $"/api/v1/payments/{id}/refunds", new { amount = "40.00" }, $"refund-{++s_count}", TimeSpan.FromSeconds(10));
        Assert.Equal("pending", refund.Text("status"));
        await _shop.DeliveredAsync(refund.Text("id")!);

        var used = await BackAsync(refund, "TX-20");
        var back = await BackAsync(refund, "TX-21");
        var again = await BackAsync(refund, "TX-22");
        await _shop.Client.PutJsonAsync("/api/v1/payouts/settings", new { enabled = true });
        var payout = await _shop.Client.PostJsonAsync(
            "/api/v1/payouts",
            new
            {
                amount = "50.00", currency = "JMD", reference = "w-1", integration_id = _lynk,
                destination = new { type = "wallet", account = "@ann" },
            },
            $"payout-{++s_count}", TimeSpan.FromSeconds(10));

        Assert.Equal((409, "evidence_used"), ((int)used.Status, used.Text("code")));
        Assert.Equal("succeeded", back.Text("status"));
        Assert.Equal(409, (int)again.Status);
        Assert.Equal("40.00", (await _shop.Client.GetJsonAsync($"/api/v1/payments/{id}")).Text("refunded"));
        Assert.Equal("processing", (await _shop.BecomesAsync($"/api/v1/payouts/{payout.Text("id")}", "processing")).Text("status"));

        Task<HubReply> BackAsync(HubReply of, string transaction) => _shop.Client.PostJsonAsync(
            $"/api/v1/refunds/{of.Text("id")}/resolve",
            new { outcome = "succeeded", transaction_reference = transaction, reason = "sent in the app" });
    }

    [Fact]
    public async Task A_payment_whose_provider_tells_is_neither_claimed_nor_resolved()
    {
        // Declined, and the customer may try again.
        var id = (await _shop.PayAsync("100.02", new { integration_id = _shop.Stripe })).Text("id")!;
        await _shop.BecomesAsync($"/api/v1/payments/{id}", "requires_action");

        var claimed = await ClaimAsync(id);
        var resolved = await ResolveAsync(id, new { outcome = "succeeded", reason = "seen" });

        Assert.Equal((409, 409), ((int)claimed.Status, (int)resolved.Status));
        Assert.Equal("requires_action", (await _shop.Client.GetJsonAsync($"/api/v1/payments/{id}")).Text("status"));
    }

    private Task<HubReply> ClaimAsync(string id) =>
        _shop.Client.PostJsonAsync($"/api/v1/payments/{id}/claim", new { transaction_reference = "TX-1" });

    private Task<HubReply> ResolveAsync(string id, object body) => _shop.Client.PostJsonAsync($"/api/v1/payments/{id}/resolve", body);

    private async Task<(string Id, HubReply Payment)> StartAsync(string amount)
    {
        var made = await _shop.PayAsync(amount, new { currency = "JMD", integration_id = _lynk });
        Assert.True((int)made.Status == 202, made.ToString());
        var id = made.Text("id")!;
        return (id, await _shop.BecomesAsync($"/api/v1/payments/{id}", "requires_action"));
    }
}

public sealed class SqliteManualPaymentTests(HubDatabases databases) : ManualPaymentTests(databases, TestDatabases.Sqlite);

public sealed class PostgreSqlManualPaymentTests(HubDatabases databases) : ManualPaymentTests(databases, TestDatabases.PostgreSql);
