using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Faults;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Webhooks;

public sealed class MessageCallbackFaultTests
{
    [Fact]
    public async Task Callbacks_of_a_number_ending_0062_come_out_of_order()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();

        await new TwilioCalls(sandbox).SendAsync("+14155550062", callback: sandbox.Receiver.Url);

        Assert.Equal(["delivered", "sent"],
            (await sandbox.Receiver.WaitForAsync(2)).Select(one => FormFields.Parse(one.Body).Find("MessageStatus")));
    }

    [Fact]
    public async Task Callbacks_of_a_number_ending_0060_come_twice()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();

        await new PlivoCalls(sandbox).SendAsync("14155550060", callback: sandbox.Receiver.Url.OriginalString);

        Assert.Equal(["sent", "sent", "delivered", "delivered"],
            (await sandbox.Receiver.WaitForAsync(4)).Select(one => FormFields.Parse(one.Body).Find("Status")));
    }

    [Fact]
    public async Task A_number_ending_0064_never_gets_a_callback_though_it_is_delivered()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var twilio = new TwilioCalls(sandbox);

        var message = await twilio.SendAsync("+14155550064", callback: sandbox.Receiver.Url);
        await Eventually.TrueAsync(
            async () => (await twilio.GetAsync($"Accounts/{TwilioCalls.Sid}/Messages/{message["sid"]}.json"))["status"] == "delivered",
            () => "delivered");

        Assert.Equal(2, sandbox.Server.Ledger.Webhooks("twilio").Withheld);
        Assert.Empty(sandbox.Receiver.All);
    }

    [Fact]
    public async Task A_late_callback_comes_after_those_of_a_later_message()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var twilio = new TwilioCalls(sandbox);
        sandbox.Server.Faults.Add(
            new SandboxFault(FaultKind.WebhookLate) { Operation = "delivered", Count = 1, Delay = TimeSpan.FromMilliseconds(700) });

        var late = await twilio.SendAsync(body: "first", callback: sandbox.Receiver.Url);
        await twilio.SendAsync(body: "second", callback: sandbox.Receiver.Url);
        var callbacks = await sandbox.Receiver.WaitForAsync(4);

        Assert.Equal(late["sid"], FormFields.Parse(callbacks[3].Body).Find("MessageSid"));
    }

    [Fact]
    public async Task A_bad_signature_is_another_one()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var twilio = new TwilioCalls(sandbox);

        await twilio.SendAsync("+14155550063", callback: sandbox.Receiver.Url);
        var callbacks = await sandbox.Receiver.WaitForAsync(2);

        Assert.All(callbacks, one => Assert.NotEqual(
            Patchbay.Sandbox.Twilio.TwilioSignature.Of(new Secret(TwilioCalls.Token), one.Url, FormFields.Parse(one.Body)),
            one.Headers["X-Twilio-Signature"]));
    }
}
