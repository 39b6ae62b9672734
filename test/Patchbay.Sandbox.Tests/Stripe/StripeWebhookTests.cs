using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Faults;
using Patchbay.Sandbox.Stripe;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Stripe;

public sealed class StripeWebhookTests
{
    private static readonly string[] PaidSession =
        ["payment_intent.created", "charge.succeeded", "payment_intent.succeeded", "checkout.session.completed"];

    /// <summary>The vector of the provider sheet.</summary>
    [Fact]
    public void The_signature_reproduces_the_known_vector()
    {
        const string Body =
            """{"id":"evt_test1","object":"event","type":"payment_intent.succeeded","data":{"object":{"id":"pi_test1","object":"payment_intent","amount":1099,"currency":"eur","status":"succeeded","metadata":{"reference":"ord_1001"}}}}""";

        var header = StripeSignature.Of(new Secret("whsec_test_secret"), 1767225600, Encoding.UTF8.GetBytes(Body));

        Assert.Equal("t=1767225600,v1=1ec051d05d6ac904b6f6572c31a1c63ff215909d8787affdfa775dde4287c330", header);
    }

    [Fact]
    public async Task A_paid_session_is_told_of_in_order_by_signed_events()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var stripe = new StripeCalls(sandbox);
        stripe.ReceiveWebhooks();

        await stripe.CreateSessionAsync(1099);
        var events = await sandbox.Receiver.WaitForAsync(4);

        Assert.Equal(PaidSession, events.Select(TypeOf));
        Assert.All(events, one => Assert.True(IsSigned(one)));
        var last = JsonDocument.Parse(events[3].Body).RootElement;
        Assert.StartsWith("evt_", last.GetProperty("id").GetString(), StringComparison.Ordinal);
        Assert.False(last.GetProperty("livemode").GetBoolean());
        Assert.Equal("ord_1001", last.GetProperty("data").GetProperty("object").GetProperty("client_reference_id").GetString());
    }

    [Fact]
    public async Task A_registered_endpoint_gets_its_secret_once_and_only_what_it_asked_for()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var stripe = new StripeCalls(sandbox);

        var endpoint = await stripe.PostAsync("v1/webhook_endpoints", null, ("url", sandbox.Receiver.Url.OriginalString),
            ("enabled_events[]", "payment_intent.succeeded"), ("enabled_events[]", "refund.created"));
        var list = await stripe.GetAsync("v1/webhook_endpoints");
        await stripe.RefundAsync(await stripe.PaidAsync());
        var events = await sandbox.Receiver.WaitForAsync(2);

        Assert.StartsWith("whsec_", endpoint["secret"], StringComparison.Ordinal);
        Assert.False(list.Json.GetProperty("data")[0].TryGetProperty("secret", out _));
        Assert.Equal(["payment_intent.succeeded", "refund.created"], events.Select(TypeOf).Order());
        Assert.All(events, one => Assert.True(IsSigned(one, endpoint["secret"])));
        Assert.Equal(HttpStatusCode.OK, (await stripe.DeleteAsync($"v1/webhook_endpoints/{endpoint.Id}")).Status);
    }

    [Fact]
    public async Task A_refused_webhook_is_sent_again_with_the_same_event()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var stripe = new StripeCalls(sandbox);
        await stripe.PostAsync(
            "v1/webhook_endpoints", null, ("url", sandbox.Receiver.Url.OriginalString), ("enabled_events[]", "payment_intent.created"));
        sandbox.Receiver.RefuseNext(2);

        await stripe.CreatePaymentAsync();
        var events = await sandbox.Receiver.WaitForAsync(3);
        await Eventually.TrueAsync(() => sandbox.Server.Ledger.Webhooks("stripe").Pending == 0, () => "nothing pending");

        Assert.Single(events.Select(IdOf).Distinct());
        Assert.Equal((1, 2, 0), (sandbox.Server.Ledger.Webhooks("stripe").Delivered,
            sandbox.Server.Ledger.Webhooks("stripe").FailedAttempts, sandbox.Server.Ledger.Webhooks("stripe").GivenUp));
    }

    [Fact]
    public async Task A_webhook_nobody_takes_is_given_up_and_counted()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var stripe = new StripeCalls(sandbox);
        await stripe.PostAsync(
            "v1/webhook_endpoints", null, ("url", sandbox.Receiver.Url.OriginalString), ("enabled_events[]", "payment_intent.created"));
        sandbox.Receiver.RefuseNext(100);

        await stripe.CreatePaymentAsync();
        await Eventually.TrueAsync(() => sandbox.Server.Ledger.Webhooks("stripe").GivenUp == 1, () => "given up");

        Assert.Equal(4, sandbox.Server.Ledger.Webhooks("stripe").FailedAttempts);
    }

    [Fact]
    public async Task An_amount_ending_0060_has_every_event_twice()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var stripe = new StripeCalls(sandbox);
        stripe.ReceiveWebhooks();

        await stripe.CreateSessionAsync(10_060);
        var events = await sandbox.Receiver.WaitForAsync(8);

        Assert.Equal(PaidSession.SelectMany(type => new[] { type, type }), events.Select(TypeOf));
        Assert.Equal(4, events.Select(IdOf).Distinct().Count());
    }

    [Fact]
    public async Task An_amount_ending_0062_has_its_events_in_reverse()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var stripe = new StripeCalls(sandbox);
        stripe.ReceiveWebhooks();

        await stripe.CreateSessionAsync(10_062);
        var events = await sandbox.Receiver.WaitForAsync(4);

        Assert.Equal(PaidSession.Reverse(), events.Select(TypeOf));
    }

    [Fact]
    public async Task An_amount_ending_0063_has_events_whose_signature_is_wrong()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var stripe = new StripeCalls(sandbox);
        stripe.ReceiveWebhooks();

        await stripe.CreateSessionAsync(10_063);

        Assert.All(await sandbox.Receiver.WaitForAsync(4), one => Assert.False(IsSigned(one)));
    }

    [Fact]
    public async Task An_amount_ending_0064_is_never_told_of()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var stripe = new StripeCalls(sandbox);
        stripe.ReceiveWebhooks();

        await stripe.CreateSessionAsync(10_064);
        await Eventually.TrueAsync(() => sandbox.Server.Ledger.Webhooks("stripe").Withheld == 4, () => "four withheld");

        Assert.Empty(sandbox.Receiver.All);
        Assert.Equal(1, sandbox.Server.Ledger.ChargesFor("ord_1001"));
    }

    [Fact]
    public async Task A_fault_can_hold_back_one_kind_of_event()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var stripe = new StripeCalls(sandbox);
        stripe.ReceiveWebhooks();
        sandbox.Server.Faults.Add(
            new SandboxFault(FaultKind.WebhookNone) { Provider = "stripe", Operation = "payment_intent.succeeded", Count = 1 });

        await stripe.CreateSessionAsync(1099);
        var events = await sandbox.Receiver.WaitForAsync(3);

        Assert.Equal(["payment_intent.created", "charge.succeeded", "checkout.session.completed"], events.Select(TypeOf));
    }

    [Fact]
    public async Task A_disputed_payment_is_told_of()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var stripe = new StripeCalls(sandbox);
        stripe.ReceiveWebhooks();

        var payment = await stripe.PaidAsync(10_059);
        await Eventually.TrueAsync(() => sandbox.Receiver.All.Any(one => TypeOf(one) == "charge.dispute.created"), () => "a dispute");

        var shown = await stripe.GetAsync($"v1/payment_intents/{payment}?expand[]=latest_charge");
        Assert.True(shown.Json.GetProperty("latest_charge").GetProperty("disputed").GetBoolean());
    }

    private static string? TypeOf(Received received) => JsonDocument.Parse(received.Body).RootElement.GetProperty("type").GetString();

    private static string? IdOf(Received received) => JsonDocument.Parse(received.Body).RootElement.GetProperty("id").GetString();

    private static bool IsSigned(Received received, string? secret = StripeCalls.WebhookSecret)
    {
        var parts = received.Headers["Stripe-Signature"].Split(',').Select(part => part.Split('='))
            .ToDictionary(part => part[0], part => part[1]);
        var age = TimeProvider.System.GetUtcNow()
            - DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts["t"], CultureInfo.InvariantCulture));
        return age < TimeSpan.FromMinutes(5)
            && Signatures.SameHex(Signatures.HmacSha256(new Secret(secret!), $"{parts["t"]}.{received.Body}"), parts["v1"]);
    }
}
