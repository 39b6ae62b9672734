using System.Net;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Stripe;

public sealed class StripeRefundTests
{
    [Fact]
    public async Task A_refund_can_not_exceed_what_is_left_of_the_payment()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var stripe = new StripeCalls(sandbox);
        var payment = await stripe.PaidAsync(1099);

        var part = await stripe.RefundAsync(payment, 600, "rf_1");
        var tooMuch = await stripe.RefundAsync(payment, 500, "rf_2");
        var rest = await stripe.RefundAsync(payment, reference: "rf_3");
        var nothingLeft = await stripe.RefundAsync(payment, 1, "rf_4");

        Assert.Equal("succeeded", part["status"]);
        Assert.Equal(HttpStatusCode.BadRequest, tooMuch.Status);
        Assert.Equal("amount_too_large", tooMuch.Error.GetProperty("code").GetString());
        Assert.Equal(499, rest.Json.GetProperty("amount").GetInt64());
        Assert.Equal("charge_already_refunded", nothingLeft.Error.GetProperty("code").GetString());
        Assert.Equal(1099, sandbox.Server.Ledger.RefundedOf(payment));
        Assert.Equal(2, sandbox.Server.Ledger.Done("stripe", "refunds"));
        Assert.Equal([1L, 0, 1, 0], new[] { "rf_1", "rf_2", "rf_3", "rf_4" }.Select(sandbox.Server.Ledger.RefundsFor));
    }

    [Fact]
    public async Task Refunds_made_at_the_same_time_do_not_exceed_the_payment_either()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var stripe = new StripeCalls(sandbox);
        var payment = await stripe.PaidAsync(1000);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => stripe.RefundAsync(payment, 300, $"rf_{number}")));

        Assert.Equal(3, answers.Count(answer => answer.Status == HttpStatusCode.OK));
        Assert.Equal(900, sandbox.Server.Ledger.RefundedOf(payment));
    }

    [Fact]
    public async Task The_payment_shows_what_was_refunded()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var stripe = new StripeCalls(sandbox);
        var payment = await stripe.PaidAsync(1099);

        await stripe.RefundAsync(payment, 99);
        var partly = await stripe.GetAsync($"v1/payment_intents/{payment}?expand[]=latest_charge");
        await stripe.RefundAsync(payment, reference: "rf_2");
        var wholly = await stripe.GetAsync($"v1/payment_intents/{payment}?expand[]=latest_charge");

        Assert.Equal(99, partly.Json.GetProperty("latest_charge").GetProperty("amount_refunded").GetInt64());
        Assert.False(partly.Json.GetProperty("latest_charge").GetProperty("refunded").GetBoolean());
        Assert.True(wholly.Json.GetProperty("latest_charge").GetProperty("refunded").GetBoolean());
        Assert.Equal("succeeded", wholly["status"]);
    }

    [Fact]
    public async Task What_was_not_captured_can_not_be_refunded()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var stripe = new StripeCalls(sandbox);
        var payment = await stripe.PaidAsync(1099, capture: "manual");

        var early = await stripe.RefundAsync(payment);
        await stripe.PostAsync($"v1/payment_intents/{payment}/capture", null, ("amount_to_capture", "500"));
        var tooMuch = await stripe.RefundAsync(payment, 501);
        var right = await stripe.RefundAsync(payment, 500);

        Assert.Equal("payment_intent_unexpected_state", early.Error.GetProperty("code").GetString());
        Assert.Equal(HttpStatusCode.BadRequest, tooMuch.Status);
        Assert.Equal(HttpStatusCode.OK, right.Status);
    }

    [Theory]
    [InlineData(10_019, "succeeded", 10_019)]
    [InlineData(10_020, "failed", 0)]
    public async Task A_refund_can_stay_pending_and_be_decided_later(long amount, string final, long refunded)
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var stripe = new StripeCalls(sandbox);
        var payment = await stripe.PaidAsync(20_000);

        var refund = await stripe.RefundAsync(payment, amount);
        Assert.Equal("pending", refund["status"]);
        await Eventually.TrueAsync(async () => (await stripe.GetAsync($"v1/refunds/{refund.Id}"))["status"] == final, () => final);

        Assert.Equal(refunded, sandbox.Server.Ledger.RefundedOf(payment));
    }
}
