using Patchbay.Connectors.Contracts;
using Patchbay.Connectors.Twilio;
using static Patchbay.Connectors.Tests.TwilioSamples;

namespace Patchbay.Connectors.Tests;

public sealed class TwilioCredentialsTests
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private readonly FakeProvider _twilio = FakeProvider.Twilio();

    [Fact]
    public async Task An_active_account_passes()
    {
        _twilio.Answers(Account("active"));

        var result = await VerifyAsync(Connections.Twilio());

        Assert.Equal($"GET /2010-04-01/Accounts/{Connections.TwilioAccount}.json", _twilio.Request.Line);
        Assert.Equal("Acme", result.Value.Account);
    }

    [Theory]
    [InlineData("suspended")]
    [InlineData("closed")]
    public async Task An_account_that_cannot_send_does_not_pass(string status)
    {
        _twilio.Answers(Account(status));

        var failure = (await VerifyAsync(Connections.Twilio())).Error!;

        Assert.Equal((FailureOutcome.Rejected, FailureCause.Account, "account_" + status), (failure.Outcome, failure.Cause, failure.Code));
    }

    [Fact]
    public async Task A_wrong_token_is_an_authentication_failure()
    {
        _twilio.Answers(Error(20003), 401);

        var failure = (await VerifyAsync(Connections.Twilio())).Error!;

        Assert.Equal((FailureOutcome.Rejected, FailureCause.Authentication, "20003"), (failure.Outcome, failure.Cause, failure.Code));
    }

    [Fact]
    public async Task An_API_key_is_tried_besides_the_token()
    {
        _twilio.Answers(Account("active")).Answers(Error(20003), 401);

        var result = await VerifyAsync(Connections.Twilio().With("api_key_sid", "SK1").WithSecret("api_key_secret", "s"));

        Assert.Equal($"GET {MessagesPath}?PageSize=1", _twilio.Requests[1].Line);
        Assert.Equal("Basic U0sxOnM=", _twilio.Requests[1].Headers["Authorization"]);
        Assert.Equal(FailureCause.Authentication, result.Error!.Cause);
    }

    private Task<Result<AccountInfo, ProviderFailure>> VerifyAsync(Connection connection) =>
        new TwilioCredentials(_twilio.Http()).VerifyCredentialsAsync(connection, _ct);
}
