using System.Net;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Stripe;

public sealed class StripePaymentTests
{
    [Fact]
    public async Task The_customer_pays_the_hosted_page_by_themselves()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var stripe = new StripeCalls(sandbox);

        var session = await stripe.CreateSessionAsync(1099);
        Assert.Equal("open", session["status"]);
        Assert.Null(session["payment_intent"]);
        Assert.StartsWith(sandbox.Server.Address + "stripe/pay/cs_test_", session["url"], StringComparison.Ordinal);
        var paid = await WaitForAsync(stripe, session.Id!, "complete");

        Assert.Equal("paid", paid["payment_status"]);
        var payment = paid.Json.GetProperty("payment_intent");
        Assert.Equal("succeeded", payment.GetProperty("status").GetString());
        Assert.Equal("ord_1001", payment.GetProperty("metadata").GetProperty("reference").GetString());
        Assert.True(payment.GetProperty("latest_charge").GetProperty("captured").GetBoolean());
        Assert.Equal(1, sandbox.Server.Ledger.ChargesFor("ord_1001"));
    }

    [Fact]
    public async Task A_payment_intent_without_a_session_is_confirmed_by_the_customer_too()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var stripe = new StripeCalls(sandbox);

        var payment = await stripe.CreatePaymentAsync(1099);

        Assert.Equal("requires_payment_method", payment["status"]);
        await Eventually.TrueAsync(
            async () => (await stripe.GetAsync($"v1/payment_intents/{payment.Id}"))["status"] == "succeeded", () => "succeeded");
    }

    [Fact]
    public async Task With_autopay_off_nothing_happens_until_somebody_uses_the_page()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var stripe = new StripeCalls(sandbox);
        sandbox.Server.Autopay = false;
        var session = await stripe.CreateSessionAsync(1099);
        var page = new Uri(session["url"]!);

        var html = await sandbox.Http.GetStringAsync(page, TestContext.Current.CancellationToken);
        var declined = await sandbox.Http.PostAsync(new Uri(page + "/decline"), null, TestContext.Current.CancellationToken);
        var afterDecline = await stripe.GetAsync($"v1/checkout/sessions/{session.Id}?expand[]=payment_intent");
        var paid = await sandbox.Http.PostAsync(page, null, TestContext.Current.CancellationToken);
        var afterPay = await stripe.GetAsync($"v1/checkout/sessions/{session.Id}");

        Assert.Contains("10.99 EUR", html, StringComparison.Ordinal);
        Assert.Contains("Decline", html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, declined.StatusCode);
        Assert.Equal("open", afterDecline["status"]);
        Assert.Equal("card_declined", afterDecline.Json.GetProperty("payment_intent").GetProperty("last_payment_error").GetProperty("code")
            .GetString());
        Assert.Equal(HttpStatusCode.SeeOther, paid.StatusCode);
        Assert.Equal($"https://shop.example/r?s={session.Id}", paid.Headers.Location!.OriginalString);
        Assert.Equal("complete", afterPay["status"]);
        Assert.Null(afterPay["url"]);
    }

    [Fact]
    public async Task An_amount_ending_0002_is_declined_by_the_customers_bank()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var stripe = new StripeCalls(sandbox);
        stripe.ReceiveWebhooks();

        var session = await stripe.CreateSessionAsync(10_002);
        var events = await sandbox.Receiver.WaitForAsync(3);
        var afterwards = await stripe.GetAsync($"v1/checkout/sessions/{session.Id}?expand[]=payment_intent");

        Assert.Contains(events, one => one.Body.Contains("payment_intent.payment_failed", StringComparison.Ordinal));
        Assert.Equal("unpaid", afterwards["payment_status"]);
        Assert.Equal("requires_payment_method", afterwards.Json.GetProperty("payment_intent").GetProperty("status").GetString());
        Assert.Equal(0, sandbox.Server.Ledger.ChargesFor("ord_1001"));
    }

    [Fact]
    public async Task An_amount_ending_0095_is_refused_at_once_for_insufficient_funds()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();

        var refused = await new StripeCalls(sandbox).CreatePaymentAsync(10_095);

        Assert.Equal(HttpStatusCode.PaymentRequired, refused.Status);
        Assert.Equal("card_error", refused.Error.GetProperty("type").GetString());
        Assert.Equal("insufficient_funds", refused.Error.GetProperty("decline_code").GetString());
    }

    [Theory]
    [InlineData(10_005, "paid", "succeeded")]
    [InlineData(10_006, "unpaid", "requires_payment_method")]
    public async Task A_payment_can_be_decided_after_the_session_was_completed(long amount, string paymentStatus, string status)
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var stripe = new StripeCalls(sandbox);

        var session = await stripe.CreateSessionAsync(amount);

        await Eventually.TrueAsync(async () =>
        {
            var now = await stripe.GetAsync($"v1/checkout/sessions/{session.Id}?expand[]=payment_intent");
            return now["status"] == "complete" && now["payment_status"] == paymentStatus
                && now.Json.GetProperty("payment_intent").GetProperty("status").GetString() == status;
        }, () => $"{paymentStatus}, {status}");
    }

    [Fact]
    public async Task An_authorized_payment_is_captured_once_and_in_part()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var stripe = new StripeCalls(sandbox);
        var payment = await stripe.PaidAsync(1099, capture: "manual");

        var before = await stripe.GetAsync($"v1/payment_intents/{payment}");
        var tooMuch = await stripe.PostAsync($"v1/payment_intents/{payment}/capture", null, ("amount_to_capture", "1100"));
        var captured = await stripe.PostAsync($"v1/payment_intents/{payment}/capture", null, ("amount_to_capture", "500"));
        var again = await stripe.PostAsync($"v1/payment_intents/{payment}/capture", null);

        Assert.Equal("requires_capture", before["status"]);
        Assert.Equal("1099", before["amount_capturable"]);
        Assert.Equal("amount_too_large", tooMuch.Error.GetProperty("code").GetString());
        Assert.Equal("500", captured["amount_received"]);
        Assert.Equal("payment_intent_unexpected_state", again.Error.GetProperty("code").GetString());
        Assert.Equal(1, sandbox.Server.Ledger.Done("stripe", "captures"));
    }

    [Fact]
    public async Task A_canceled_payment_stays_canceled()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var stripe = new StripeCalls(sandbox);
        var payment = await stripe.PaidAsync(1099, capture: "manual");

        var canceled = await stripe.PostAsync($"v1/payment_intents/{payment}/cancel", null, ("cancellation_reason", "abandoned"));
        var capture = await stripe.PostAsync($"v1/payment_intents/{payment}/capture", null);

        Assert.Equal("canceled", canceled["status"]);
        Assert.Equal(HttpStatusCode.BadRequest, capture.Status);
    }

    [Fact]
    public async Task An_expired_session_can_no_longer_be_paid()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var stripe = new StripeCalls(sandbox);
        sandbox.Server.Autopay = false;
        var session = await stripe.CreateSessionAsync();

        var expired = await stripe.PostAsync($"v1/checkout/sessions/{session.Id}/expire", null);

        Assert.Equal("expired", expired["status"]);
        Assert.False(sandbox.Server.Pay(session.Id!));
    }

    [Fact]
    public async Task A_card_that_asks_for_authentication_waits_for_the_customer()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var stripe = new StripeCalls(sandbox);
        sandbox.Server.Autopay = false;

        var payment = await stripe.CreatePaymentAsync(1099, "ord_1001", null,
            ("confirm", "true"), ("payment_method", "pm_card_threeDSecure2Required"), ("return_url", "https://shop.example/back"));
        var page = payment.Json.GetProperty("next_action").GetProperty("redirect_to_url").GetProperty("url").GetString()!;
        var back = await sandbox.Http.PostAsync(new Uri(page), null, TestContext.Current.CancellationToken);
        var afterwards = await stripe.GetAsync($"v1/payment_intents/{payment.Id}");

        Assert.Equal("requires_action", payment["status"]);
        Assert.Equal("https://shop.example/back", back.Headers.Location!.OriginalString);
        Assert.Equal("succeeded", afterwards["status"]);
    }

    [Fact]
    public async Task Another_account_does_not_see_the_payment()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var payment = await new StripeCalls(sandbox).CreatePaymentAsync();

        var hidden = await new StripeCalls(sandbox, "sk_test_Other").GetAsync($"v1/payment_intents/{payment.Id}");

        Assert.Equal(HttpStatusCode.NotFound, hidden.Status);
        Assert.Equal("resource_missing", hidden.Error.GetProperty("code").GetString());
    }

    [Fact]
    public async Task An_unknown_parameter_is_named_in_the_refusal()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();

        var refused = await new StripeCalls(sandbox).CreatePaymentAsync(1099, "ord_1001", null, ("ui_mode", "hosted"));

        Assert.Equal("parameter_unknown", refused.Error.GetProperty("code").GetString());
        Assert.Equal("ui_mode", refused.Error.GetProperty("param").GetString());
    }

    [Theory]
    [InlineData("sk_test_wrongKey")]
    [InlineData("sk_test_")]
    [InlineData("pk_test_123")]
    public async Task A_wrong_key_is_answered_as_stripe_does(string key)
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();

        var refused = await new StripeCalls(sandbox, key).GetAsync("v1/balance");

        Assert.Equal(HttpStatusCode.Unauthorized, refused.Status);
        Assert.Equal("invalid_request_error", refused.Error.GetProperty("type").GetString());
        Assert.DoesNotContain(key, refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_good_key_sees_its_balance_and_mode()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();

        var balance = await new StripeCalls(sandbox, "rk_live_1").GetAsync("v1/balance");

        Assert.Equal("balance", balance["object"]);
        Assert.True(balance.Json.GetProperty("livemode").GetBoolean());
    }

    private static async Task<Answer> WaitForAsync(StripeCalls stripe, string session, string status)
    {
        Answer answer = null!;
        await Eventually.TrueAsync(async () =>
        {
            answer = await stripe.GetAsync($"v1/checkout/sessions/{session}?expand[]=payment_intent.latest_charge");
            return answer["status"] == status;
        }, () => status);
        return answer;
    }
}
