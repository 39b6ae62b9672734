using Patchbay.Connectors.Contracts;
using Patchbay.Connectors.Stripe;
using static Patchbay.Connectors.Tests.StripeSamples;

namespace Patchbay.Connectors.Tests;

public sealed class StripeCredentialsTests
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private readonly FakeProvider _stripe = FakeProvider.Stripe();

    [Theory]
    [InlineData(true, IntegrationMode.Live, true)]
    [InlineData(false, IntegrationMode.Sandbox, true)]
    [InlineData(true, IntegrationMode.Sandbox, false)]
    [InlineData(false, IntegrationMode.Live, false)]
    public async Task The_keys_mode_has_to_be_the_integrations(bool livemode, IntegrationMode mode, bool passes)
    {
        _stripe.Answers(Balance(livemode).ToJsonString());

        var result = await new StripeCredentials(_stripe.Http()).VerifyCredentialsAsync(Connections.Stripe(mode), _ct);

        Assert.Equal("GET /v1/balance", _stripe.Request.Line);
        Assert.Equal(passes, result.IsSuccess);
        if (!passes)
            Assert.Equal((FailureOutcome.Rejected, FailureCause.Authentication), (result.Error!.Outcome, result.Error.Cause));
    }

    [Fact]
    public async Task A_wrong_key_is_an_authentication_failure()
    {
        _stripe.Answers(Error("invalid_request_error"), 401);

        var result = await new StripeCredentials(_stripe.Http()).VerifyCredentialsAsync(Connections.Stripe(), _ct);

        Assert.Equal((FailureOutcome.Rejected, FailureCause.Authentication), (result.Error!.Outcome, result.Error.Cause));
    }
}
