using System.Net;
using Patchbay.Sandbox.Faults;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Stripe;

public sealed class StripeIdempotencyTests
{
    [Fact]
    public async Task The_same_key_and_parameters_give_the_first_answer_again_and_do_nothing_more()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var stripe = new StripeCalls(sandbox);

        var first = await stripe.CreateSessionAsync(idempotencyKey: "k1");
        var again = await stripe.CreateSessionAsync(idempotencyKey: "k1");

        Assert.Equal(HttpStatusCode.OK, again.Status);
        Assert.Equal(first.Text, again.Text);
        Assert.Equal("true", again.Response.Headers.GetValues("Idempotent-Replayed").Single());
        Assert.Equal(1, sandbox.Server.Ledger.PaymentsFor("ord_1001"));
        Assert.Equal(2, sandbox.Server.Ledger.Requests("stripe", "checkout.sessions.create"));
    }

    [Fact]
    public async Task The_same_key_with_other_parameters_is_refused()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var stripe = new StripeCalls(sandbox);

        await stripe.CreateSessionAsync(1099, idempotencyKey: "k1");
        var other = await stripe.CreateSessionAsync(2099, idempotencyKey: "k1");

        Assert.Equal(HttpStatusCode.BadRequest, other.Status);
        Assert.Equal("idempotency_error", other.Error.GetProperty("type").GetString());
        Assert.Equal(1, sandbox.Server.Ledger.Done("stripe", "payments"));
    }

    [Fact]
    public async Task A_key_that_is_still_being_worked_on_is_a_conflict_and_its_answer_comes_later()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var stripe = new StripeCalls(sandbox);
        sandbox.Server.Faults.Add(new SandboxFault(FaultKind.Slow) { Provider = "stripe", Count = 1, Delay = TimeSpan.FromSeconds(4) });

        var slow = stripe.CreateSessionAsync(idempotencyKey: "k1");
        await Eventually.TrueAsync(() => sandbox.Server.Faults.Active.Count == 0, () => "the slow request to arrive");
        Answer meanwhile;
        do
            meanwhile = await stripe.CreateSessionAsync(idempotencyKey: "k1");
        while (meanwhile.Status == HttpStatusCode.OK && !slow.IsCompleted);
        var first = await slow;
        var afterwards = await stripe.CreateSessionAsync(idempotencyKey: "k1");

        Assert.Equal(HttpStatusCode.Conflict, meanwhile.Status);
        Assert.Equal(first.Text, afterwards.Text);
        Assert.Equal(1, sandbox.Server.Ledger.PaymentsFor("ord_1001"));
    }

    [Fact]
    public async Task A_refused_parameter_leaves_the_key_unused()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var stripe = new StripeCalls(sandbox);

        var wrong = await stripe.CreatePaymentAsync(0, idempotencyKey: "k1");
        var right = await stripe.CreatePaymentAsync(1099, idempotencyKey: "k1");

        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        Assert.Equal(HttpStatusCode.OK, right.Status);
    }

    [Fact]
    public async Task A_500_given_after_the_work_is_what_the_key_remembers()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var stripe = new StripeCalls(sandbox);

        var first = await stripe.CreatePaymentAsync(10_052, idempotencyKey: "k1");
        var again = await stripe.CreatePaymentAsync(10_052, idempotencyKey: "k1");

        Assert.Equal(HttpStatusCode.InternalServerError, first.Status);
        Assert.Equal(HttpStatusCode.InternalServerError, again.Status);
        Assert.Equal(first.Text, again.Text);
        Assert.Equal(1, sandbox.Server.Ledger.PaymentsFor("ord_1001"));
    }

    [Fact]
    public async Task Two_accounts_may_use_the_same_key()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();

        var one = await new StripeCalls(sandbox).CreatePaymentAsync(idempotencyKey: "k1");
        var other = await new StripeCalls(sandbox, "sk_live_Other").CreatePaymentAsync(idempotencyKey: "k1");

        Assert.NotEqual(one.Id, other.Id);
        Assert.False(one.Json.GetProperty("livemode").GetBoolean());
        Assert.True(other.Json.GetProperty("livemode").GetBoolean());
    }

    [Fact]
    public async Task Without_a_key_the_same_request_twice_makes_two_payments()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var stripe = new StripeCalls(sandbox);

        await stripe.CreatePaymentAsync();
        await stripe.CreatePaymentAsync();

        Assert.Equal(["ord_1001"], sandbox.Server.Ledger.RepeatedPayments);
    }

    [Fact]
    public async Task The_oldest_keys_are_forgotten_beyond_the_bound()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync(options => options.IdempotencyKeysKept = 2);
        var stripe = new StripeCalls(sandbox);

        var first = await stripe.CreatePaymentAsync(idempotencyKey: "k1");
        await stripe.CreatePaymentAsync(idempotencyKey: "k2");
        var kept = await stripe.CreatePaymentAsync(idempotencyKey: "k1");
        await stripe.CreatePaymentAsync(idempotencyKey: "k3");
        var forgotten = await stripe.CreatePaymentAsync(idempotencyKey: "k1");

        Assert.Equal(first.Id, kept.Id);
        Assert.NotEqual(first.Id, forgotten.Id);
    }
}
