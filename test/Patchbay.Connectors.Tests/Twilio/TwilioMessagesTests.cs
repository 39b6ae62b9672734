using Patchbay.Connectors.Contracts;
using Patchbay.Connectors.Twilio;
using static Patchbay.Connectors.Tests.TwilioSamples;

namespace Patchbay.Connectors.Tests;

public sealed class TwilioMessagesTests
{
    private const string Service = "MG0123456789abcdef0123456789abcdef";
    private const string Template = "HX0123456789abcdef0123456789abcdef";

    private static readonly PhoneNumber Ann = PhoneNumber.Parse("+14155550123");
    private static readonly SmsRequest Sms = new("msg_01", Ann, null, "Your order 1001 has shipped");
    private static readonly WhatsAppRequest WhatsApp = new("msg_01", Ann, null, "Hello Ann", null);

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private readonly FakeProvider _twilio = FakeProvider.Twilio();

    private TwilioMessages Messages => new(_twilio.Http());

    [Fact]
    public async Task An_SMS_names_the_message_in_its_callback()
    {
        _twilio.Answers(Message().ToJsonString(), 201);

        var result = await Messages.SendSmsAsync(Sms, Connections.Twilio(), _ct);

        Assert.Equal("POST " + MessagesPath, _twilio.Request.Line);
        Assert.Equal(
            """
            To=+14155550123
            From=+14155550100
            Body=Your order 1001 has shipped
            StatusCallback=https://hub.example/api/webhooks/x/int_01?ref=msg_01
            """,
            _twilio.Request.FormLines);
        Assert.Equal(new MessageState(Sid, MessageStatus.Queued, 1), result.Value);
    }

    [Fact]
    public async Task A_messaging_service_picks_the_sender_unless_the_message_names_one()
    {
        var connection = Connections.Twilio().With("messaging_service_sid", Service);
        _twilio.Answers(Message("accepted", message => message["num_segments"] = "0").ToJsonString(), 201).Answers(Message().ToJsonString(), 201);

        var result = await Messages.SendSmsAsync(Sms, connection, _ct);
        await Messages.SendSmsAsync(Sms with { From = "ACME" }, connection, _ct);

        Assert.Contains($"MessagingServiceSid={Service}\n", _twilio.Requests[0].FormLines, StringComparison.Ordinal);
        Assert.DoesNotContain("From=", _twilio.Requests[0].FormLines, StringComparison.Ordinal);
        Assert.Contains("From=ACME\n", _twilio.Requests[1].FormLines, StringComparison.Ordinal);
        Assert.Null(result.Value.Segments);
    }

    [Fact]
    public async Task WhatsApp_addresses_carry_the_channel()
    {
        _twilio.Answers(Message().ToJsonString(), 201);

        await Messages.SendWhatsAppAsync(WhatsApp, Connections.Twilio(), _ct);

        Assert.Equal(
            """
            To=whatsapp:+14155550123
            From=whatsapp:+14155550100
            Body=Hello Ann
            StatusCallback=https://hub.example/api/webhooks/x/int_01?ref=msg_01
            """,
            _twilio.Request.FormLines);
    }

    [Fact]
    public async Task A_template_goes_by_its_content_sid_without_a_body()
    {
        _twilio.Answers(Message().ToJsonString(), 201);
        var data = new Dictionary<string, string> { ["1"] = "Ann", ["2"] = "1001" };

        await Messages.SendWhatsAppAsync(
            WhatsApp with { From = "+14155550199", Body = null, Template = new WhatsAppTemplate(Template, "en", data) }, Connections.Twilio(), _ct);

        Assert.Equal(
            $$"""
            To=whatsapp:+14155550123
            From=whatsapp:+14155550199
            ContentSid={{Template}}
            ContentVariables={"1":"Ann","2":"1001"}
            StatusCallback=https://hub.example/api/webhooks/x/int_01?ref=msg_01
            """,
            _twilio.Request.FormLines);
    }

    [Fact]
    public async Task What_cannot_be_sent_is_refused_without_a_call()
    {
        var noSender = Connections.Twilio().With("from_number", null).With("whatsapp_from", null);
        var named = WhatsApp with { Body = null, Template = new WhatsAppTemplate("welcome", null, new Dictionary<string, string>()) };

        Assert.Equal("no_sender", (await Messages.SendSmsAsync(Sms, noSender, _ct)).Error!.Code);
        Assert.Equal("no_sender", (await Messages.SendWhatsAppAsync(WhatsApp, noSender, _ct)).Error!.Code);
        Assert.Equal("not_a_content_sid", (await Messages.SendWhatsAppAsync(named, Connections.Twilio(), _ct)).Error!.Code);
    }

    [Fact]
    public async Task The_auth_token_opens_the_account()
    {
        _twilio.Answers(Message().ToJsonString(), 201);

        await Messages.SendSmsAsync(Sms, Connections.Twilio(), _ct);

        Assert.Equal(
            "Basic QUMwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZjowMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZg==",
            _twilio.Request.Headers["Authorization"]);
    }

    [Fact]
    public async Task An_API_key_replaces_the_token_but_not_the_account_in_the_path()
    {
        _twilio.Answers(Message().ToJsonString(), 201);

        await Messages.SendSmsAsync(Sms, Connections.Twilio().With("api_key_sid", "SK1").WithSecret("api_key_secret", "s"), _ct);

        Assert.Equal("Basic U0sxOnM=", _twilio.Request.Headers["Authorization"]);
        Assert.Equal("POST " + MessagesPath, _twilio.Request.Line);
    }

    [Fact]
    public async Task A_message_refused_on_arrival_keeps_its_code()
    {
        _twilio.Answers(Message("failed", message => message["error_code"] = 30007).ToJsonString(), 201);

        var result = await Messages.SendSmsAsync(Sms, Connections.Twilio(), _ct);

        Assert.Equal((MessageStatus.Failed, "30007"), (result.Value.Status, result.Value.FailureCode));
    }
}
