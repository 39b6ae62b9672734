using System.Net;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Faults;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Faults;

public sealed class RequestFaultTests
{
    [Fact]
    public async Task A_number_ending_0029_is_rate_limited_once_and_then_taken()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var twilio = new TwilioCalls(sandbox);

        var limited = await twilio.SendAsync("+14155550029");
        var taken = await twilio.SendAsync("+14155550029");

        Assert.Equal(HttpStatusCode.TooManyRequests, limited.Status);
        Assert.Equal(TimeSpan.FromSeconds(1), limited.Response.Headers.RetryAfter!.Delta);
        Assert.Equal("20429", limited["code"]);
        Assert.Equal(HttpStatusCode.Created, taken.Status);
        Assert.Equal(
            (2L, 1L), (sandbox.Server.Ledger.Requests("twilio", "messages.create"), sandbox.Server.Ledger.Done("twilio", "messages")));
    }

    [Fact]
    public async Task A_number_ending_0050_fails_once_and_0051_always()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var plivo = new PlivoCalls(sandbox);

        Assert.Equal(HttpStatusCode.InternalServerError, (await plivo.SendAsync("14155550050")).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await plivo.SendAsync("14155550050")).Status);
        Assert.Equal(HttpStatusCode.InternalServerError, (await plivo.SendAsync("14155550051")).Status);
        Assert.Equal(HttpStatusCode.InternalServerError, (await plivo.SendAsync("14155550051")).Status);
    }

    [Fact]
    public async Task A_time_out_after_the_work_leaves_exactly_one_payment_when_retried_with_its_key()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var stripe = new StripeCalls(sandbox);
        sandbox.Server.Faults.Add(
            new SandboxFault(FaultKind.DropAfterWork) { Provider = "stripe", Operation = "payment_intents.create", Count = 1 });

        await Assert.ThrowsAsync<HttpRequestException>(() => stripe.CreatePaymentAsync(idempotencyKey: "k1"));
        Assert.Equal(1, sandbox.Server.Ledger.PaymentsFor("ord_1001"));
        var retried = await stripe.CreatePaymentAsync(idempotencyKey: "k1");

        Assert.Equal(HttpStatusCode.OK, retried.Status);
        Assert.Equal(1, sandbox.Server.Ledger.PaymentsFor("ord_1001"));
        Assert.Empty(sandbox.Server.Ledger.RepeatedPayments);
    }

    [Fact]
    public async Task A_message_whose_answer_never_came_was_sent_exactly_once_and_is_listed()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var twilio = new TwilioCalls(sandbox);
        var callback = new Uri(sandbox.Receiver.Url + "?ref=msg_1");
        using var patience = new CancellationTokenSource();

        var hanging = twilio.SendAsync("+14155550099", callback: callback, until: patience.Token);
        var receipts = await sandbox.Receiver.WaitForAsync(2);
        Assert.False(hanging.IsCompleted);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hanging);
        var list = await twilio.GetAsync($"Accounts/{TwilioCalls.Sid}/Messages.json?To=%2B14155550099");

        Assert.Equal(1, sandbox.Server.Ledger.MessagesFor("msg_1"));
        Assert.Equal(FormFields.Parse(receipts[0].Body).Find("MessageSid"), list.Json.GetProperty("messages")[0].GetProperty("sid")
            .GetString());
        Assert.Equal(1, list.Json.GetProperty("messages").GetArrayLength());
    }

    [Fact]
    public async Task A_hanging_answer_comes_in_the_end()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        sandbox.Server.Faults.Add(new SandboxFault(FaultKind.HangAfterWork) { Count = 1, Delay = TimeSpan.FromMilliseconds(50) });

        Assert.Equal(HttpStatusCode.Created, (await new TwilioCalls(sandbox).SendAsync()).Status);
    }

    [Fact]
    public async Task A_connection_dropped_before_the_work_leaves_nothing()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var twilio = new TwilioCalls(sandbox);

        await Assert.ThrowsAsync<HttpRequestException>(() => twilio.SendAsync("+14155550098"));

        Assert.Equal(0, sandbox.Server.Ledger.Done("twilio", "messages"));
        Assert.Equal(HttpStatusCode.Created, (await twilio.SendAsync("+14155550098")).Status);
    }

    [Fact]
    public async Task A_vendor_that_is_down_answers_nobody_while_the_others_go_on()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        sandbox.Server.Faults.Add(new SandboxFault(FaultKind.Down) { Provider = "twilio" });

        await Assert.ThrowsAsync<HttpRequestException>(() => new TwilioCalls(sandbox).GetAsync($"Accounts/{TwilioCalls.Sid}.json"));
        Assert.Equal(HttpStatusCode.OK, (await new StripeCalls(sandbox).GetAsync("v1/balance")).Status);
        sandbox.Server.Faults.Clear();

        Assert.Equal(HttpStatusCode.OK, (await new TwilioCalls(sandbox).GetAsync($"Accounts/{TwilioCalls.Sid}.json")).Status);
    }

    [Fact]
    public async Task A_reference_can_carry_the_code_instead_of_the_amount()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var stripe = new StripeCalls(sandbox);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await stripe.CreatePaymentAsync(1099, "ord_7.0029")).Status);
        Assert.Equal(HttpStatusCode.OK, (await stripe.CreatePaymentAsync(1099, "ord_7.0029")).Status);
    }

    [Theory]
    [InlineData(51)]
    [InlineData(9951)]
    [InlineData(51_000)]
    public async Task Small_amounts_and_other_endings_are_ordinary(long amount)
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();

        Assert.Equal(HttpStatusCode.OK, (await new StripeCalls(sandbox).CreatePaymentAsync(amount)).Status);
    }

    [Fact]
    public async Task Without_magic_values_every_ending_is_ordinary()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync(options => options.MagicValues = false);

        Assert.Equal(HttpStatusCode.Created, (await new TwilioCalls(sandbox).SendAsync("+14155550001")).Status);
        Assert.Equal(HttpStatusCode.OK, (await new StripeCalls(sandbox).CreatePaymentAsync(10_095)).Status);
    }
}
