using System.Net;
using System.Net.Http.Json;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Control;

public sealed class ControlApiTests
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Faults_are_set_shown_used_up_and_cleared()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var twilio = new TwilioCalls(sandbox);

        var set = await PostAsync(sandbox, "faults",
            new { provider = "twilio", operation = "messages.create", kind = "status", status = 503, count = 2, retry_after = 3 });
        var failed = await twilio.SendAsync();
        var shown = await GetAsync(sandbox, "faults");
        var other = await twilio.GetAsync($"Accounts/{TwilioCalls.Sid}.json");
        await sandbox.Http.DeleteAsync(Address(sandbox, "faults"), _ct);

        Assert.Equal(HttpStatusCode.NoContent, set.Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, failed.Status);
        Assert.Equal(TimeSpan.FromSeconds(3), failed.Response.Headers.RetryAfter!.Delta);
        Assert.Equal(1, shown.Json.GetProperty("faults")[0].GetProperty("count").GetInt32());
        Assert.Equal(HttpStatusCode.OK, other.Status);
        Assert.Equal(HttpStatusCode.Created, (await twilio.SendAsync()).Status);
    }

    [Fact]
    public async Task An_unknown_kind_of_fault_is_refused_with_those_there_are()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();

        var refused = await PostAsync(sandbox, "faults", new { kind = "explode" });

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("hang_after_work", refused.Text, StringComparison.Ordinal);
        Assert.Contains("webhook_out_of_order", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_ledger_counts_requests_and_work_and_finds_what_was_done_twice()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var stripe = new StripeCalls(sandbox);
        var payment = await stripe.PaidAsync(1099, "ord_1");
        await stripe.PaidAsync(1099, "ord_1");
        await stripe.PaidAsync(1099, "ord_2");
        await stripe.RefundAsync(payment, 99, "rf_1");
        await new TwilioCalls(sandbox).SendAsync(callback: new Uri(sandbox.Receiver.Url + "?ref=msg_1"));

        var ledger = (await GetAsync(sandbox, "ledger")).Json;

        Assert.Equal(3, ledger.GetProperty("requests").GetProperty("stripe").GetProperty("payment_intents.create").GetInt64());
        Assert.Equal(3, ledger.GetProperty("done").GetProperty("stripe").GetProperty("payments").GetInt64());
        Assert.Equal(3, ledger.GetProperty("done").GetProperty("stripe").GetProperty("charges").GetInt64());
        Assert.Equal(1, ledger.GetProperty("done").GetProperty("stripe").GetProperty("refunds").GetInt64());
        Assert.Equal(1, ledger.GetProperty("done").GetProperty("twilio").GetProperty("messages").GetInt64());
        Assert.Equal(2, ledger.GetProperty("payments_per_reference").GetProperty("entries").GetProperty("ord_1").GetInt64());
        Assert.Equal(1, ledger.GetProperty("payments_per_reference").GetProperty("repeated").GetInt64());
        Assert.Equal(99, ledger.GetProperty("refunded_per_payment").GetProperty("entries").GetProperty(payment).GetInt64());
        Assert.Equal(1, (await GetAsync(sandbox, "ledger?ref=msg_1")).Json.GetProperty("count").GetInt64());
        Assert.Equal(1, (await GetAsync(sandbox, "ledger?recipient=%2B14155550123&body=Your+order+has+shipped")).Json
            .GetProperty("count").GetInt64());
    }

    [Fact]
    public async Task The_longest_lists_of_the_ledger_are_cut_to_the_most_repeated()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var stripe = new StripeCalls(sandbox);
        await stripe.CreatePaymentAsync(1099, "ord_1");
        await stripe.CreatePaymentAsync(1099, "ord_2");
        await stripe.CreatePaymentAsync(1099, "ord_2");

        var page = (await GetAsync(sandbox, "ledger?limit=1")).Json.GetProperty("payments_per_reference");

        Assert.Equal(2, page.GetProperty("total").GetInt32());
        Assert.Equal(["ord_2"], page.GetProperty("entries").EnumerateObject().Select(entry => entry.Name));
    }

    [Fact]
    public async Task The_customer_can_be_told_to_pay_or_to_be_declined()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var stripe = new StripeCalls(sandbox);
        await PostAsync(sandbox, "autopay", new { on = false });
        var session = await stripe.CreateSessionAsync();

        var declined = await PostAsync(sandbox, $"stripe/sessions/{session.Id}/decline", null);
        var paid = await PostAsync(sandbox, $"stripe/sessions/{session.Id}/pay", null);
        var again = await PostAsync(sandbox, $"stripe/sessions/{session.Id}/pay", null);

        Assert.Equal(HttpStatusCode.NoContent, declined.Status);
        Assert.Equal(HttpStatusCode.NoContent, paid.Status);
        Assert.Equal(HttpStatusCode.NotFound, again.Status);
        Assert.Equal(1, sandbox.Server.Ledger.ChargesFor("ord_1001"));
    }

    [Fact]
    public async Task Webhooks_and_tokens_can_be_registered()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();

        var stripe = await PostAsync(
            sandbox, "stripe/webhooks", new { url = sandbox.Receiver.Url, secret = "whsec_1", secret_key = StripeCalls.TestKey });
        var twilio = await PostAsync(sandbox, "twilio/accounts", new { account_sid = TwilioCalls.Sid, auth_token = TwilioCalls.Token });
        var wrong = await PostAsync(
            sandbox, "stripe/webhooks", new { url = sandbox.Receiver.Url, secret = "whsec_1", secret_key = "nonsense" });
        await new StripeCalls(sandbox).CreatePaymentAsync();

        Assert.Equal(HttpStatusCode.NoContent, stripe.Status);
        Assert.Equal(HttpStatusCode.NoContent, twilio.Status);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        Assert.NotEmpty(await sandbox.Receiver.WaitForAsync(1));
    }

    [Fact]
    public async Task Any_vendors_webhook_address_can_be_entered_and_its_customer_told_to_pay()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        await PostAsync(sandbox, "autopay", new { on = false });
        var credentials = new { secret_key = StripeCalls.TestKey, webhook_secret = StripeCalls.WebhookSecret };

        var connected = await PostAsync(sandbox, "connect", new { provider = "stripe", credentials, webhook_url = sandbox.Receiver.Url });
        var unknown = await PostAsync(sandbox, "connect", new { provider = "nobody", credentials, webhook_url = sandbox.Receiver.Url });
        var session = await new StripeCalls(sandbox).CreateSessionAsync();
        var declined = await PostAsync(sandbox, $"payments/{session.Id}/decline", null);
        var paid = await PostAsync(sandbox, $"payments/{session.Id}/pay", null);
        var again = await PostAsync(sandbox, $"payments/{session.Id}/pay", null);

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.BadRequest), (connected.Status, unknown.Status));
        Assert.Equal(
            [HttpStatusCode.NoContent, HttpStatusCode.NoContent, HttpStatusCode.NotFound], [declined.Status, paid.Status, again.Status]);
        Assert.NotEmpty(await sandbox.Receiver.WaitForAsync(1));
    }

    private async Task<Answer> PostAsync(SandboxUnderTest sandbox, string path, object? body) =>
        await Answer.OfAsync(await sandbox.Http.PostAsJsonAsync(Address(sandbox, path), body, _ct));

    private async Task<Answer> GetAsync(SandboxUnderTest sandbox, string path) =>
        await Answer.OfAsync(await sandbox.Http.GetAsync(Address(sandbox, path), _ct));

    private static Uri Address(SandboxUnderTest sandbox, string path) => new(sandbox.Server.Address, "control/" + path);
}
