using System.Text.Json;
using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Connectors.Stripe;
using static Patchbay.Connectors.Tests.StripeSamples;

namespace Patchbay.Connectors.Tests;

public sealed class StripeMappingTests
{
    [Theory]
    [InlineData("requires_payment_method", PaymentStatus.Pending)]
    [InlineData("requires_confirmation", PaymentStatus.Pending)]
    [InlineData("requires_action", PaymentStatus.RequiresAction)]
    [InlineData("processing", PaymentStatus.Processing)]
    [InlineData("requires_capture", PaymentStatus.Authorized)]
    [InlineData("succeeded", PaymentStatus.Succeeded)]
    [InlineData("canceled", PaymentStatus.Canceled)]
    public void Statuses_of_an_intent(string stripe, PaymentStatus expected) => Assert.Equal(expected, Map(Intent(stripe)).Value.Status);

    [Fact]
    public void A_declined_attempt_is_a_failure_with_the_banks_reason()
    {
        var state = Map(Intent("requires_payment_method", intent => intent["last_payment_error"] = new JsonObject
        {
            ["type"] = "card_error", ["code"] = "card_declined", ["decline_code"] = "insufficient_funds", ["message"] = "Your card has insufficient funds.",
        })).Value;

        Assert.Equal(
            (PaymentStatus.Failed, "insufficient_funds", "Your card has insufficient funds."),
            (state.Status, state.FailureCode, state.FailureMessage));
    }

    [Theory]
    [InlineData("open", "unpaid", PaymentStatus.RequiresAction)]
    [InlineData("complete", "paid", PaymentStatus.Processing)]
    [InlineData("complete", "no_payment_required", PaymentStatus.Processing)]
    [InlineData("complete", "unpaid", PaymentStatus.Processing)]
    [InlineData("expired", "unpaid", PaymentStatus.Canceled)]
    public void Statuses_of_a_session(string status, string paymentStatus, PaymentStatus expected) =>
        Assert.Equal(expected, StripeMapping.FromSession(Session(status, paymentStatus).Deserialize(StripeJson.Default.StripeSession)!).Value.Status);

    [Theory]
    [InlineData("pending", RefundStatus.Pending)]
    [InlineData("requires_action", RefundStatus.Pending)]
    [InlineData("succeeded", RefundStatus.Succeeded)]
    [InlineData("failed", RefundStatus.Failed)]
    [InlineData("canceled", RefundStatus.Canceled)]
    public void Statuses_of_a_refund(string stripe, RefundStatus expected) =>
        Assert.Equal(expected, StripeMapping.FromRefund(Refund(stripe).Deserialize(StripeJson.Default.StripeRefund)!).Value.Status);

    [Theory]
    [InlineData("warning_needs_response", DisputeState.Open)]
    [InlineData("warning_under_review", DisputeState.Open)]
    [InlineData("needs_response", DisputeState.Open)]
    [InlineData("under_review", DisputeState.Open)]
    [InlineData("warning_closed", DisputeState.Won)]
    [InlineData("won", DisputeState.Won)]
    [InlineData("prevented", DisputeState.Won)]
    [InlineData("lost", DisputeState.Lost)]
    public void Statuses_of_a_dispute(string stripe, DisputeState expected) =>
        Assert.Equal(expected, StripeMapping.FromDispute(Dispute(stripe).Deserialize(StripeJson.Default.StripeDispute)!, "pi_1").Value.Dispute);

    [Fact]
    public void An_unknown_status_leaves_it_open_what_happened() =>
        Assert.Equal(FailureOutcome.Unknown, Map(Intent("requires_a_miracle")).Error!.Outcome);

    [Theory]
    [InlineData(1099, 1099, 0, 0)]
    [InlineData(1099, 1099, 300, 300)]
    [InlineData(1099, 500, 599, 0)]
    [InlineData(1099, 500, 799, 200)]
    public void What_a_partial_capture_releases_is_no_refund(long amount, long captured, long stripeSays, long expected)
    {
        var state = Map(Intent("succeeded", intent => intent["latest_charge"] = Charge(charge =>
        {
            charge["amount"] = amount;
            charge["amount_captured"] = captured;
            charge["amount_refunded"] = stripeSays;
        }))).Value;

        Assert.Equal(expected, state.Refunded!.Value.MinorUnits);
    }

    [Fact]
    public void An_answer_without_the_charge_does_not_tell_of_refunds() => Assert.Null(Map(Intent("succeeded")).Value.Refunded);

    private static Result<PaymentState, ProviderFailure> Map(JsonObject intent) =>
        StripeMapping.FromIntent(intent.Deserialize(StripeJson.Default.StripeIntent)!);
}
