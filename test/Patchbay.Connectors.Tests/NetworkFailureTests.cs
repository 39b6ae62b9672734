using System.Net.Sockets;
using Patchbay.Connectors.Contracts;
using Patchbay.Connectors.Plivo;
using Patchbay.Connectors.Stripe;
using Patchbay.Connectors.Twilio;

namespace Patchbay.Connectors.Tests;

/// <summary>What is known when no proper answer came, the same for every connector.</summary>
public sealed class NetworkFailureTests
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    public static TheoryData<string> Operations => ["pay", "refund", "twilio", "plivo"];

    public static MatrixTheoryData<string, string> OperationsAndBodies =>
        new(["pay", "refund", "twilio", "plivo"], ["", "<html>welcome</html>", "{}", "[]", "null", "{\"id\":"]);

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_refused_connection_proves_that_nothing_happened(string operation)
    {
        var refused = new HttpRequestException(
            HttpRequestError.ConnectionError, "Connection refused", new SocketException((int)SocketError.ConnectionRefused));

        var failure = await FailAsync(operation, new FakeProvider().Breaks(refused));

        Assert.Equal((FailureOutcome.Transient, true, "connect_failed"), (failure.Outcome, failure.NothingHappened, failure.Code));
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_timeout_leaves_it_open_what_happened(string operation)
    {
        var failure = await FailAsync(operation, new FakeProvider().NeverAnswers(), TimeSpan.FromMilliseconds(30));

        Assert.Equal((FailureOutcome.Unknown, false, "timeout"), (failure.Outcome, failure.NothingHappened, failure.Code));
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_dropped_connection_leaves_it_open_what_happened(string operation)
    {
        var failure = await FailAsync(operation, new FakeProvider().Breaks(new IOException("The connection was reset.")));

        Assert.Equal((FailureOutcome.Unknown, false), (failure.Outcome, failure.NothingHappened));
    }

    [Theory]
    [MemberData(nameof(OperationsAndBodies))]
    public async Task A_success_that_cannot_be_read_leaves_it_open_what_happened(string operation, string body)
    {
        var failure = await FailAsync(operation, new FakeProvider().Answers(body));

        Assert.Equal((FailureOutcome.Unknown, false, "unreadable_answer"), (failure.Outcome, failure.NothingHappened, failure.Code));
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task No_failure_repeats_a_secret(string operation)
    {
        var failure = await FailAsync(operation, new FakeProvider().Answers("<html>no</html>", 500));

        Assert.DoesNotContain("sk_test_example", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Connections.TwilioToken, failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Connections.PlivoToken, failure.ToString(), StringComparison.Ordinal);
    }

    private async Task<ProviderFailure> FailAsync(string operation, FakeProvider provider, TimeSpan? timeout = null)
    {
        var http = provider.Http(timeout);
        var sms = new SmsRequest("msg_01", PhoneNumber.Parse("+14155550123"), null, "Hello");
        var refund = new RefundRequest(StripeSamples.IntentHandle, "ref_01", "key_01", StripeSamples.Eur1099, null);
        return operation switch
        {
            "pay" => (await new StripePayments(http).InitiatePaymentAsync(StripeSamples.HostedRequest, Connections.Stripe(), _ct)).Error!,
            "refund" => (await new StripeRefunds(http).ProcessRefundAsync(refund, Connections.Stripe(), _ct)).Error!,
            "twilio" => (await new TwilioMessages(http).SendSmsAsync(sms, Connections.Twilio(), _ct)).Error!,
            _ => (await new PlivoMessages(http).SendSmsAsync(sms, Connections.Plivo(), _ct)).Error!,
        };
    }
}
