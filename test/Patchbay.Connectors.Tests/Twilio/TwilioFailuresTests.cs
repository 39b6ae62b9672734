using Patchbay.Connectors.Contracts;
using Patchbay.Connectors.Twilio;
using static Patchbay.Connectors.Contracts.FailureCause;
using static Patchbay.Connectors.Contracts.FailureOutcome;

namespace Patchbay.Connectors.Tests;

public sealed class TwilioFailuresTests
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(401, 20003, Rejected, Authentication)]
    [InlineData(429, 20429, Transient, RateLimit)]
    [InlineData(400, 21211, Rejected, Request)]
    [InlineData(400, 21212, Rejected, Account)]
    [InlineData(400, 21408, Rejected, Account)]
    [InlineData(400, 21606, Rejected, Account)]
    [InlineData(400, 21608, Rejected, Account)]
    [InlineData(400, 21610, Rejected, Recipient)]
    [InlineData(400, 21611, Transient, RateLimit)]
    [InlineData(400, 21612, Rejected, Account)]
    [InlineData(400, 21614, Rejected, Recipient)]
    [InlineData(400, 63016, Rejected, Request)]
    [InlineData(400, 12345, Rejected, Request)]
    public async Task The_code_decides_and_nothing_was_sent(int status, int code, FailureOutcome outcome, FailureCause cause)
    {
        var failure = await FailAsync(new FakeProvider().Answers(TwilioSamples.Error(code), status));

        Assert.Equal((outcome, cause, true), (failure.Outcome, failure.Cause, failure.NothingHappened));
        Assert.Equal(code.ToString(System.Globalization.CultureInfo.InvariantCulture), failure.Code);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_fault_of_Twilio_may_have_come_after_the_message_was_taken(int status)
    {
        var failure = await FailAsync(new FakeProvider().Answers(TwilioSamples.Error(20003), status));

        Assert.Equal((Transient, Provider, false), (failure.Outcome, failure.Cause, failure.NothingHappened));
    }

    [Fact]
    public async Task A_wait_Twilio_asks_for_is_kept()
    {
        var failure = await FailAsync(new FakeProvider().Answers(TwilioSamples.Error(20429), 429, ("Retry-After", "2")));

        Assert.Equal(TimeSpan.FromSeconds(2), failure.RetryAfter);
    }

    private async Task<ProviderFailure> FailAsync(FakeProvider twilio)
    {
        var sms = new SmsRequest("msg_01", PhoneNumber.Parse("+14155550123"), null, "Hello");
        return (await new TwilioMessages(twilio.Http()).SendSmsAsync(sms, Connections.Twilio(), _ct)).Error!;
    }
}
