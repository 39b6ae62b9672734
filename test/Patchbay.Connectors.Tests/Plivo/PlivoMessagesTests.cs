using System.Text.Json;
using Patchbay.Connectors.Contracts;
using Patchbay.Connectors.Plivo;

namespace Patchbay.Connectors.Tests;

public sealed class PlivoMessagesTests
{
    private const string Uuid = "5b40a428-bfc7-4daf-9d06-726c558bf3b8";
    private const string Sent = $$"""{"api_id":"948b","message":"message(s) queued","message_uuid":["{{Uuid}}"]}""";

    private static readonly SmsRequest Sms = new("msg_01", PhoneNumber.Parse("+14155550123"), null, "Your order 1001 has shipped");

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private readonly FakeProvider _plivo = FakeProvider.Plivo();

    private PlivoMessages Messages => new(_plivo.Http());

    [Fact]
    public async Task An_SMS_goes_as_JSON_with_numbers_without_plus()
    {
        _plivo.Answers(Sent, 202);

        var result = await Messages.SendSmsAsync(Sms, Connections.Plivo(), _ct);

        Assert.Equal("POST /v1/Account/MAMJY0ZTQ1YTRJNDG1NT/Message/", _plivo.Request.Line);
        Assert.Equal("application/json", _plivo.Request.MediaType);
        AssertBody(
            """
            {"src":"14155550100","dst":"14155550123","text":"Your order 1001 has shipped","type":"sms",
             "url":"https://hub.example/api/webhooks/x/int_01?ref=msg_01","method":"POST"}
            """);
        Assert.Equal(new MessageState(Uuid, MessageStatus.Queued), result.Value);
    }

    [Fact]
    public async Task A_powerpack_takes_the_senders_place_and_India_needs_more()
    {
        _plivo.Answers(Sent, 202);

        await Messages.SendSmsAsync(
            Sms, Connections.Plivo().With("powerpack_uuid", Uuid).With("dlt_entity_id", "1").With("dlt_template_id", "2"), _ct);

        AssertBody(
            $$"""
            {"powerpack_uuid":"{{Uuid}}","dst":"14155550123","text":"Your order 1001 has shipped","type":"sms",
             "url":"https://hub.example/api/webhooks/x/int_01?ref=msg_01","method":"POST","dlt_entity_id":"1","dlt_template_id":"2"}
            """);
    }

    [Fact]
    public async Task The_messages_own_sender_wins()
    {
        _plivo.Answers(Sent, 202);

        await Messages.SendSmsAsync(Sms with { From = "ACME" }, Connections.Plivo().With("powerpack_uuid", Uuid), _ct);

        Assert.StartsWith("""{"src":"ACME","dst":""", _plivo.Request.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_any_sender_nothing_is_called()
    {
        var result = await Messages.SendSmsAsync(Sms, Connections.Plivo().With("src", null), _ct);

        Assert.Equal((FailureCause.Account, "no_sender"), (result.Error!.Cause, result.Error.Code));
    }

    [Fact]
    public async Task Id_and_token_open_the_account()
    {
        _plivo.Answers(Sent, 202);

        await Messages.SendSmsAsync(Sms, Connections.Plivo().WithSecret("auth_token", "secret"), _ct);

        Assert.Equal("Basic TUFNSlkwWlRRMVlUUkpOREcxTlQ6c2VjcmV0", _plivo.Request.Headers["Authorization"]);
    }

    [Fact]
    public async Task A_taken_message_without_an_id_may_have_been_sent()
    {
        _plivo.Answers("""{"message_uuid":[]}""", 202);

        Assert.Equal(FailureOutcome.Unknown, (await Messages.SendSmsAsync(Sms, Connections.Plivo(), _ct)).Error!.Outcome);
    }

    [Theory]
    [InlineData(400, FailureOutcome.Rejected, FailureCause.Request)]
    [InlineData(401, FailureOutcome.Rejected, FailureCause.Authentication)]
    [InlineData(403, FailureOutcome.Rejected, FailureCause.Account)]
    [InlineData(404, FailureOutcome.Rejected, FailureCause.Request)]
    [InlineData(422, FailureOutcome.Rejected, FailureCause.Request)]
    [InlineData(429, FailureOutcome.Transient, FailureCause.RateLimit)]
    [InlineData(500, FailureOutcome.Transient, FailureCause.Provider)]
    public async Task Statuses_are_classified(int status, FailureOutcome outcome, FailureCause cause)
    {
        _plivo.Answers("""{"api_id":"1","error":"dst is not valid"}""", status, ("Retry-After", "5"));

        var failure = (await Messages.SendSmsAsync(Sms, Connections.Plivo(), _ct)).Error!;

        Assert.Equal((outcome, cause, "dst is not valid"), (failure.Outcome, failure.Cause, failure.Message));
        Assert.Equal(TimeSpan.FromSeconds(5), failure.RetryAfter);
    }

    [Fact]
    public async Task The_account_is_read_to_check_the_credentials()
    {
        _plivo.Answers("""{"account_type":"standard","name":"Acme","auth_id":"MAMJY0ZTQ1YTRJNDG1NT"}""").Answers("\"Unauthorized\"", 401);
        var credentials = new PlivoCredentials(_plivo.Http());

        var good = await credentials.VerifyCredentialsAsync(Connections.Plivo(), _ct);
        var bad = await credentials.VerifyCredentialsAsync(Connections.Plivo(), _ct);

        Assert.Equal("GET /v1/Account/MAMJY0ZTQ1YTRJNDG1NT/", _plivo.Requests[0].Line);
        Assert.Equal("Acme", good.Value.Account);
        Assert.Equal(FailureCause.Authentication, bad.Error!.Cause);
    }

    private void AssertBody(string expected) =>
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(expected), JsonElement.Parse(_plivo.Request.Body)), _plivo.Request.Body);
}
