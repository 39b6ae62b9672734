using System.Net;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Tests.Support;
using Patchbay.Sandbox.Twilio;

namespace Patchbay.Sandbox.Tests.Twilio;

public sealed class TwilioTests
{
    /// <summary>The first vector of the provider sheet, and the one of Twilio's own test suite.</summary>
    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef", "https://hooks.example.com/twilio/status?tenant=42",
        "AccountSid=AC0123456789abcdef0123456789abcdef&ApiVersion=2010-04-01&From=%2B14155550100"
        + "&MessageSid=SMfedcba9876543210fedcba9876543210&MessageStatus=delivered&SmsSid=SMfedcba9876543210fedcba9876543210&SmsStatus=delivered&To=%2B14155550123",
        "7GzJufYydpRT5p8gSUoTbmlreIc=")]
    [InlineData("12345", "https://mycompany.com/myapp.php?foo=1&bar=2",
        "CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212",
        "RSOYDt4T1cUTdK1PDd93/VVr8B8=")]
    public void The_signature_reproduces_the_known_vectors(string token, string url, string form, string signature) =>
        Assert.Equal(signature, TwilioSignature.Of(new Secret(token), url, FormFields.Parse(form)));

    [Fact]
    public async Task A_message_is_queued_then_sent_then_delivered_with_signed_callbacks()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var twilio = new TwilioCalls(sandbox);
        var callback = new Uri(sandbox.Receiver.Url + "?ref=msg_1&tenant=42");

        var message = await twilio.SendAsync(callback: callback);
        var callbacks = await sandbox.Receiver.WaitForAsync(2);
        var afterwards = await twilio.GetAsync($"Accounts/{TwilioCalls.Sid}/Messages/{message["sid"]}.json");

        Assert.Equal(HttpStatusCode.Created, message.Status);
        Assert.Equal("queued", message["status"]);
        Assert.Matches("^SM[0-9a-f]{32}$", message["sid"]);
        Assert.Null(message["price"]);
        Assert.Equal(["sent", "delivered"], callbacks.Select(one => FormFields.Parse(one.Body).Find("MessageStatus")));
        Assert.All(callbacks, one => Assert.Equal(callback.OriginalString, one.Url));
        Assert.All(callbacks, one => Assert.True(IsSigned(one)));
        Assert.Equal("delivered", afterwards["status"]);
        Assert.Equal("-0.00790", afterwards["price"]);
        Assert.Equal(1, sandbox.Server.Ledger.MessagesFor("msg_1"));
        Assert.Equal(1, sandbox.Server.Ledger.MessagesTo("14155550123", "Your order has shipped"));
    }

    [Fact]
    public async Task The_answer_tells_of_a_message_that_was_taken_however_soon_it_arrives()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync(options => options.ReceiptDelay = TimeSpan.Zero);
        var twilio = new TwilioCalls(sandbox);

        var message = await twilio.SendAsync();
        var afterwards = await twilio.GetAsync($"Accounts/{TwilioCalls.Sid}/Messages/{message["sid"]}.json");

        Assert.Equal(("queued", null, "delivered"), (message["status"], message["date_sent"], afterwards["status"]));
    }

    [Fact]
    public async Task A_scheduled_message_goes_out_at_its_time_and_a_canceled_one_does_not()
    {
        var clock = new MovableTime();
        await using var sandbox = await SandboxUnderTest.StartAsync(options => options.Time = clock);
        var twilio = new TwilioCalls(sandbox);
        var (kept, canceled) = (await twilio.ScheduleAsync("kept", clock.GetUtcNow().AddHours(1)),
            await twilio.ScheduleAsync("canceled", clock.GetUtcNow().AddHours(1)));
        await twilio.CancelAsync(canceled["sid"]!);
        clock.Move(TimeSpan.FromMinutes(59));
        var before = await twilio.GetAsync($"Accounts/{TwilioCalls.Sid}/Messages/{kept["sid"]}.json");
        clock.Move(TimeSpan.FromHours(2));
        var after = await twilio.GetAsync($"Accounts/{TwilioCalls.Sid}/Messages/{kept["sid"]}.json");
        var never = await twilio.GetAsync($"Accounts/{TwilioCalls.Sid}/Messages/{canceled["sid"]}.json");

        Assert.Equal(("scheduled", "delivered", "canceled"), (before["status"], after["status"], never["status"]));
        Assert.Equal((1, 0), (sandbox.Server.Ledger.MessagesTo("14155550123", "kept"), sandbox.Server.Ledger.MessagesTo("14155550123", "canceled")));
    }

    [Fact]
    public async Task A_whatsapp_message_is_read_in_the_end()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();

        await new TwilioCalls(sandbox).SendAsync("whatsapp:+14155550123", callback: sandbox.Receiver.Url, from: "whatsapp:+14155550100");
        var callbacks = await sandbox.Receiver.WaitForAsync(3);

        Assert.Equal(["sent", "delivered", "read"], callbacks.Select(one => FormFields.Parse(one.Body).Find("MessageStatus")));
        Assert.Equal("READ", FormFields.Parse(callbacks[2].Body).Find("EventType"));
    }

    [Fact]
    public async Task Callbacks_of_an_api_keys_messages_are_signed_with_the_registered_token()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var credentials = new Dictionary<string, string> { ["account_sid"] = TwilioCalls.Sid, ["auth_token"] = TwilioCalls.Token };
        Assert.True(sandbox.Server.Connect("twilio", credentials, sandbox.Receiver.Url));

        var message = await new TwilioCalls(sandbox, user: "SK0123456789abcdef0123456789abcdef", password: "apiKeySecret").SendAsync(
            callback: sandbox.Receiver.Url);
        var callbacks = await sandbox.Receiver.WaitForAsync(2);

        Assert.Equal(HttpStatusCode.Created, message.Status);
        Assert.All(callbacks, one => Assert.True(IsSigned(one)));
    }

    [Fact]
    public async Task An_unreachable_handset_is_undelivered_with_its_code()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();

        await new TwilioCalls(sandbox).SendAsync("+14155550010", callback: sandbox.Receiver.Url);
        var callbacks = await sandbox.Receiver.WaitForAsync(2);

        Assert.Equal("undelivered", FormFields.Parse(callbacks[1].Body).Find("MessageStatus"));
        Assert.Equal("30003", FormFields.Parse(callbacks[1].Body).Find("ErrorCode"));
    }

    [Theory]
    [InlineData("+14155550001", "21211")]
    [InlineData("4155550123", "21211")]
    [InlineData("+14155550004", "21610")]
    [InlineData("+14155550014", "21614")]
    public async Task A_number_that_can_not_be_written_to_is_refused_with_its_code(string to, string code)
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();

        var refused = await new TwilioCalls(sandbox).SendAsync(to);

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal(code, refused["code"]);
        Assert.Equal($"https://www.twilio.com/docs/errors/{code}", refused["more_info"]);
        Assert.Equal(0, sandbox.Server.Ledger.Done("twilio", "messages"));
    }

    [Fact]
    public async Task A_message_whose_answer_was_lost_is_found_in_the_list()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var twilio = new TwilioCalls(sandbox);
        for (var number = 0; number < 3; number++)
            await twilio.SendAsync(body: $"text {number}");
        await twilio.SendAsync("+14155550177");
        var today = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", null);

        var list = await twilio.GetAsync(
            $"Accounts/{TwilioCalls.Sid}/Messages.json?To=%2B14155550123&From=%2B14155550100&DateSent>={today}&PageSize=2");
        var next = await twilio.GetAsync(list["next_page_uri"]!["/2010-04-01/".Length..]);
        var earlier = await twilio.GetAsync($"Accounts/{TwilioCalls.Sid}/Messages.json?To=%2B14155550123&DateSent<=2020-01-01");

        Assert.Equal(["text 2", "text 1"], list.Json.GetProperty("messages").EnumerateArray()
            .Select(message => message.GetProperty("body").GetString()));
        Assert.Equal(
            ["text 0"], next.Json.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("body").GetString()));
        Assert.Null(next["next_page_uri"]);
        Assert.Equal(0, earlier.Json.GetProperty("messages").GetArrayLength());
    }

    [Theory]
    [InlineData(TwilioCalls.Sid, "ffffffffffffffffffffffffffffffff")]
    [InlineData(TwilioCalls.Sid, "wrong")]
    [InlineData("AC12", TwilioCalls.Token)]
    public async Task Wrong_credentials_are_answered_as_twilio_does(string sid, string token)
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();

        var refused = await new TwilioCalls(sandbox, sid, password: token).GetAsync($"Accounts/{sid}.json");

        Assert.Equal(HttpStatusCode.Unauthorized, refused.Status);
        Assert.Equal("""{"code":20003,"message":"Authenticate","more_info":"https://www.twilio.com/docs/errors/20003","status":401}""",
            refused.Text);
    }

    [Fact]
    public async Task An_account_ending_in_dead_is_suspended()
    {
        const string Suspended = "AC0123456789abcdef0123456789abdead";
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var twilio = new TwilioCalls(sandbox, Suspended);

        Assert.Equal("suspended", (await twilio.GetAsync($"Accounts/{Suspended}.json"))["status"]);
        Assert.Equal(HttpStatusCode.Forbidden, (await twilio.SendAsync()).Status);
        Assert.Equal("active", (await new TwilioCalls(sandbox).GetAsync($"Accounts/{TwilioCalls.Sid}.json"))["status"]);
    }

    private static bool IsSigned(Received received) =>
        received.Headers["X-Twilio-Signature"]
            == TwilioSignature.Of(new Secret(TwilioCalls.Token), received.Url, FormFields.Parse(received.Body));
}
