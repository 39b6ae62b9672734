using Patchbay.Connectors.Contracts;
using Patchbay.Connectors.Stripe;
using static Patchbay.Connectors.Contracts.FailureCause;
using static Patchbay.Connectors.Contracts.FailureOutcome;

namespace Patchbay.Connectors.Tests;

public sealed class StripeFailuresTests
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(400, "invalid_request_error", Rejected, Request, true)]
    [InlineData(400, "idempotency_error", Rejected, Request, false)]
    [InlineData(401, "invalid_request_error", Rejected, Authentication, true)]
    [InlineData(403, "invalid_request_error", Rejected, Authentication, true)]
    [InlineData(404, "invalid_request_error", Rejected, Request, true)]
    [InlineData(402, "card_error", Rejected, Recipient, true)]
    [InlineData(409, "invalid_request_error", Transient, Provider, false)]
    [InlineData(424, "api_error", Transient, Provider, false)]
    [InlineData(429, "invalid_request_error", Transient, RateLimit, true)]
    [InlineData(500, "api_error", Transient, Provider, false)]
    [InlineData(503, "api_error", Transient, Provider, false)]
    public async Task Statuses_are_classified(int status, string type, FailureOutcome outcome, FailureCause cause, bool nothingHappened)
    {
        var failure = await FailAsync(new FakeProvider().Answers(StripeSamples.Error(type), status));

        Assert.Equal((outcome, cause, nothingHappened, status), (failure.Outcome, failure.Cause, failure.NothingHappened, failure.HttpStatus));
    }

    [Theory]
    [InlineData("insufficient_funds", "card_declined", "insufficient_funds")]
    [InlineData(null, "expired_card", "expired_card")]
    [InlineData(null, null, "card_error")]
    public async Task The_most_telling_code_is_kept(string? declineCode, string? code, string expected)
    {
        var failure = await FailAsync(new FakeProvider().Answers(StripeSamples.Error("card_error", code, declineCode), 402));

        Assert.Equal(expected, failure.Code);
    }

    [Theory]
    [InlineData(400, "true", Transient, true)]
    [InlineData(409, "false", Rejected, false)]
    [InlineData(500, "false", Rejected, false)]
    [InlineData(500, "perhaps", Transient, false)]
    public async Task Stripe_decides_whether_a_repeat_can_help(int status, string header, FailureOutcome outcome, bool nothingHappened)
    {
        var failure = await FailAsync(new FakeProvider().Answers(StripeSamples.Error("api_error"), status, ("Stripe-Should-Retry", header)));

        Assert.Equal((outcome, nothingHappened), (failure.Outcome, failure.NothingHappened));
    }

    [Fact]
    public async Task A_proxys_page_is_classified_by_its_status()
    {
        var failure = await FailAsync(new FakeProvider().Answers("<html>Bad gateway</html>", 502));

        Assert.Equal((Transient, "http_502"), (failure.Outcome, failure.Code));
    }

    [Fact]
    public async Task A_wait_Stripe_asks_for_is_kept()
    {
        var failure = await FailAsync(new FakeProvider().Answers(StripeSamples.Error("invalid_request_error"), 429, ("Retry-After", "7")));

        Assert.Equal(TimeSpan.FromSeconds(7), failure.RetryAfter);
    }

    private async Task<ProviderFailure> FailAsync(FakeProvider stripe)
    {
        var result = await new StripePayments(stripe.Http()).InitiatePaymentAsync(StripeSamples.Request, Connections.Stripe(), _ct);
        return result.Error!;
    }
}
