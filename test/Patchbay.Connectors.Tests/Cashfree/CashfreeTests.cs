using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Connectors.Tests.Contracts;

namespace Patchbay.Connectors.Tests;

/// <summary>What it is asked and answers, and the signatures' worked examples, are in <c>Recordings/cashfree.yaml</c>.</summary>
public sealed class CashfreeTests() : PaymentConnectorContract("cashfree")
{
    [Fact]
    public async Task The_double_makes_an_order_once_and_terminates_it()
    {
        await using var there = await AgainstDouble.StartAsync(Provider, Token);
        there.Sandbox.Autopay = false;
        var other = new JsonObject { ["idempotency_key"] = "key_09" };

        var nothing = await there.CallAsync("look_up_payment", null, Token);
        var first = (PaymentState)(await there.CallAsync("initiate_payment", null, Token)).Value!;
        var second = await there.CallAsync("initiate_payment", other, Token);
        var found = (PaymentState)(await there.CallAsync("look_up_payment", null, Token)).Value!;
        var canceled = (PaymentState)(await there.CallAsync("cancel_payment", null, Token)).Value!;

        Assert.Equal((null, null), (nothing.Value, nothing.Error));
        Assert.Equal((FailureOutcome.Unknown, "order_already_exists"), (second.Error?.Outcome, second.Error?.Code));
        Assert.Equal(first.NextAction, found.NextAction);
        Assert.Equal(PaymentStatus.Canceled, canceled.Status);
        Assert.False(there.Sandbox.Pay(first.ProviderReference));
        Assert.Equal(1, there.Sandbox.Ledger.PaymentsFor("pay_01"));
    }

    [Fact]
    public async Task The_double_tells_what_went_back_of_a_payment_and_of_its_dispute()
    {
        await using var there = await AgainstDouble.StartAsync(Provider, Token);
        await there.CallAsync("initiate_payment", new JsonObject { ["amount"] = "100.59 INR" }, Token);
        var disputed = await there.ToldAsync<PaymentEvent>(one => one.State.Disputes.Count > 0, Token);

        var nothing = await there.CallAsync("look_up_refund", null, Token);
        await there.CallAsync("process_refund", null, Token);
        var again = await there.CallAsync("process_refund", new JsonObject { ["idempotency_key"] = "key_09" }, Token);
        var found = (RefundState)(await there.CallAsync("look_up_refund", null, Token)).Value!;
        var read = (PaymentState)(await there.CallAsync("verify_payment", null, Token)).Value!;

        Assert.Equal("pay_01", disputed.HubReference);
        Assert.Equal((null, null), (nothing.Value, nothing.Error));
        Assert.Equal((FailureOutcome.Unknown, "refund_already_exists"), (again.Error?.Outcome, again.Error?.Code));
        Assert.Equal(RefundStatus.Succeeded, found.Status);
        Assert.Equal(("100.59 INR", "5.00 INR"), (read.Captured?.ToString(), read.Refunded?.ToString()));
    }
}
