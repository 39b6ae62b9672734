using Patchbay.Connectors.Contracts;
using Patchbay.Connectors.Stripe;
using static Patchbay.Connectors.Tests.StripeSamples;

namespace Patchbay.Connectors.Tests;

public sealed class StripeRefundsTests
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private readonly FakeProvider _stripe = FakeProvider.Stripe();

    [Theory]
    [InlineData("duplicate", "reason=duplicate\nmetadata[reference]=ref_01")]
    [InlineData("Chair arrived broken", "metadata[reference]=ref_01\nmetadata[reason]=Chair arrived broken")]
    [InlineData(null, "metadata[reference]=ref_01")]
    public async Task Only_Stripes_own_words_are_given_as_reason(string? reason, string expected)
    {
        _stripe.Answers(Refund("succeeded").ToJsonString());

        var result = await new StripeRefunds(_stripe.Http()).ProcessRefundAsync(
            new RefundRequest(IntentHandle, "ref_01", "key_04", Eur1099 with { MinorUnits = 500 }, reason), Connections.Stripe(), _ct);

        Assert.Equal("POST /v1/refunds", _stripe.Request.Line);
        Assert.Equal("key_04", _stripe.Request.Headers["Idempotency-Key"]);
        Assert.Equal($"payment_intent=pi_1\namount=500\n{expected}", _stripe.Request.FormLines);
        Assert.Equal(new RefundState("re_1", RefundStatus.Succeeded, Eur1099 with { MinorUnits = 500 }), result.Value);
    }

    [Fact]
    public async Task A_refund_is_read_by_its_id()
    {
        _stripe.Answers(Refund("failed", refund => refund["failure_reason"] = "expired_or_canceled_card").ToJsonString());

        var result = await new StripeRefunds(_stripe.Http()).VerifyRefundAsync(
            new RefundHandle(IntentHandle, "ref_01", "re_1"), Connections.Stripe(), _ct);

        Assert.Equal("GET /v1/refunds/re_1", _stripe.Request.Line);
        Assert.Equal((RefundStatus.Failed, "expired_or_canceled_card"), (result.Value.Status, result.Value.FailureCode));
    }

    [Fact]
    public async Task A_page_nobody_paid_on_cannot_be_refunded()
    {
        _stripe.Answers(Session("open", "unpaid").ToJsonString());

        var result = await new StripeRefunds(_stripe.Http()).ProcessRefundAsync(
            new RefundRequest(SessionHandle, "ref_01", "key_04", Eur1099, null), Connections.Stripe(), _ct);

        Assert.Equal((FailureOutcome.Rejected, "not_paid_yet"), (result.Error!.Outcome, result.Error.Code));
    }
}
