using Patchbay.Connectors.Contracts;
using Patchbay.Connectors.Stripe;
using static Patchbay.Connectors.Tests.StripeSamples;

namespace Patchbay.Connectors.Tests;

public sealed class StripePaymentsTests
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private readonly FakeProvider _stripe = FakeProvider.Stripe();

    private StripePayments Payments => new(_stripe.Http());

    [Fact]
    public async Task A_payment_with_a_return_address_opens_a_hosted_page()
    {
        _stripe.Answers(Session("open", "unpaid").ToJsonString());

        var result = await Payments.InitiatePaymentAsync(HostedRequest with { Capture = CaptureMethod.Manual }, Connections.Stripe(), _ct);

        Assert.Equal("POST /v1/checkout/sessions", _stripe.Request.Line);
        Assert.Equal(
            """
            mode=payment
            success_url=https://shop.example/done?s={CHECKOUT_SESSION_ID}
            cancel_url=https://shop.example/cart
            client_reference_id=pay_01
            customer_email=jane@example.com
            line_items[0][quantity]=1
            line_items[0][price_data][currency]=eur
            line_items[0][price_data][unit_amount]=1099
            line_items[0][price_data][product_data][name]=Order 1001
            payment_intent_data[capture_method]=manual
            payment_intent_data[description]=Order 1001
            payment_intent_data[metadata][reference]=pay_01
            payment_intent_data[metadata][merchant_reference]=Order 1001
            metadata[reference]=pay_01
            metadata[merchant_reference]=Order 1001
            """,
            _stripe.Request.FormLines);
        Assert.Equal("cs_test_1", result.Value.ProviderReference);
        Assert.Equal(PaymentStatus.RequiresAction, result.Value.Status);
        Assert.Equal(new NextAction("redirect", new Uri("https://checkout.example/c/pay/cs_test_1")), result.Value.NextAction);
        Assert.Equal("cs_test_1", result.Value.ProviderData["checkout_session"]);
    }

    [Fact]
    public async Task Without_a_return_address_the_payment_is_completed_in_the_callers_page()
    {
        _stripe.Answers(Intent("requires_payment_method").ToJsonString());

        var result = await Payments.InitiatePaymentAsync(Request with { Description = "Two chairs" }, Connections.Stripe(), _ct);

        Assert.Equal("POST /v1/payment_intents", _stripe.Request.Line);
        Assert.Equal(
            """
            amount=1099
            currency=eur
            automatic_payment_methods[enabled]=true
            capture_method=automatic
            description=Two chairs
            receipt_email=jane@example.com
            metadata[reference]=pay_01
            metadata[merchant_reference]=Order 1001
            """,
            _stripe.Request.FormLines);
        Assert.Equal("pi_1", result.Value.ProviderReference);
        Assert.Equal(PaymentStatus.RequiresAction, result.Value.Status);
        Assert.Equal(new NextAction("client_secret", null, "pi_1_secret_2", "pk_test_example"), result.Value.NextAction);
    }

    [Fact]
    public async Task Key_version_and_idempotency_key_go_with_every_call()
    {
        _stripe.Answers(Intent("requires_payment_method").ToJsonString());

        await Payments.InitiatePaymentAsync(Request, Connections.Stripe().With("account_id", "acct_1"), _ct);

        var headers = _stripe.Request.Headers;
        Assert.Equal("Bearer sk_test_example", headers["Authorization"]);
        Assert.Equal("2026-07-29.dahlia", headers["Stripe-Version"]);
        Assert.Equal("key_01", headers["Idempotency-Key"]);
        Assert.Equal("acct_1", headers["Stripe-Account"]);
    }

    [Fact]
    public async Task A_base_address_may_have_a_path_of_its_own()
    {
        var sandbox = new FakeProvider().Answers(Intent("requires_payment_method").ToJsonString());

        await new StripePayments(sandbox.Http(baseUrl: "http://127.0.0.1:5099/stripe/")).InitiatePaymentAsync(Request, Connections.Stripe(), _ct);

        Assert.Equal("POST /stripe/v1/payment_intents", sandbox.Request.Line);
    }

    [Fact]
    public async Task An_amount_Stripe_cannot_express_is_refused_without_a_call()
    {
        var fils = new Money(12_345, Currency.Parse("KWD"));

        var result = await Payments.InitiatePaymentAsync(Request with { Amount = fils }, Connections.Stripe(), _ct);

        Assert.Equal((FailureOutcome.Rejected, FailureCause.Request), (result.Error!.Outcome, result.Error.Cause));
        Assert.Empty(_stripe.Requests);
    }

    [Fact]
    public async Task Verifying_a_hosted_payment_reads_session_intent_and_charge_at_once()
    {
        _stripe.Answers(Session("complete", "paid", session => session["payment_intent"] = Intent("succeeded", intent =>
            intent["latest_charge"] = Charge(charge =>
            {
                charge["amount_refunded"] = 200;
                charge["disputed"] = true;
            }))).ToJsonString());

        var result = await Payments.VerifyPaymentAsync(SessionHandle, Connections.Stripe(), _ct);

        Assert.Equal("GET /v1/checkout/sessions/cs_test_1?expand[]=payment_intent.latest_charge", _stripe.Request.Line);
        var state = result.Value;
        Assert.Equal(("pi_1", PaymentStatus.Succeeded), (state.ProviderReference, state.Status));
        Assert.Equal((Eur1099, Eur1099 with { MinorUnits = 200 }), (state.Captured!.Value, state.Refunded!.Value));
        Assert.Equal(DisputeState.Open, state.Dispute);
        Assert.Equal(("cs_test_1", "pi_1"), (state.ProviderData["checkout_session"], state.ProviderData["payment_intent"]));
    }

    [Fact]
    public async Task Verifying_a_payment_in_the_callers_page_reads_its_intent()
    {
        _stripe.Answers(Intent("requires_action").ToJsonString());

        var result = await Payments.VerifyPaymentAsync(IntentHandle, Connections.Stripe(), _ct);

        Assert.Equal("GET /v1/payment_intents/pi_1?expand[]=latest_charge", _stripe.Request.Line);
        Assert.Equal("client_secret", result.Value.NextAction!.Type);
    }

    [Fact]
    public async Task Capturing_part_says_how_much()
    {
        _stripe.Answers(Intent("succeeded", intent => intent["amount_received"] = 500).ToJsonString());

        var result = await Payments.CapturePaymentAsync(
            new CaptureRequest(IntentHandle, "key_02", Eur1099 with { MinorUnits = 500 }), Connections.Stripe(), _ct);

        Assert.Equal("POST /v1/payment_intents/pi_1/capture", _stripe.Request.Line);
        Assert.Equal("amount_to_capture=500", _stripe.Request.FormLines);
        Assert.Equal(500, result.Value.Captured!.Value.MinorUnits);
    }

    [Fact]
    public async Task Capturing_asks_the_session_for_an_intent_that_is_not_known_yet()
    {
        _stripe.Answers(Session("complete", "unpaid", session => session["payment_intent"] = Intent("requires_capture")).ToJsonString())
            .Answers(Intent("succeeded").ToJsonString());

        var result = await Payments.CapturePaymentAsync(new CaptureRequest(SessionHandle, "key_02", Eur1099), Connections.Stripe(), _ct);

        Assert.Equal("POST /v1/payment_intents/pi_1/capture", _stripe.Requests[1].Line);
        Assert.Equal("cs_test_1", result.Value.ProviderData["checkout_session"]);
    }

    [Fact]
    public async Task A_lost_answer_before_the_capture_leaves_no_doubt_that_nothing_was_captured()
    {
        _stripe.Breaks(new IOException("dropped"));

        var result = await Payments.CapturePaymentAsync(new CaptureRequest(SessionHandle, "key_02", Eur1099), Connections.Stripe(), _ct);

        Assert.Equal((FailureOutcome.Transient, true), (result.Error!.Outcome, result.Error.NothingHappened));
    }

    [Fact]
    public async Task Canceling_an_open_page_expires_it()
    {
        _stripe.Answers(Session("open", "unpaid").ToJsonString()).Answers(Session("expired", "unpaid").ToJsonString());

        var result = await Payments.CancelPaymentAsync(new CancelRequest(SessionHandle, "key_03"), Connections.Stripe(), _ct);

        Assert.Equal("POST /v1/checkout/sessions/cs_test_1/expire", _stripe.Requests[1].Line);
        Assert.Equal("key_03-expire", _stripe.Requests[1].Headers["Idempotency-Key"]);
        Assert.Equal(PaymentStatus.Canceled, result.Value.Status);
    }

    [Fact]
    public async Task Canceling_a_completed_page_cancels_its_intent()
    {
        _stripe.Answers(Session("complete", "unpaid", session => session["payment_intent"] = Intent("requires_capture")).ToJsonString())
            .Answers(Intent("canceled").ToJsonString());

        var result = await Payments.CancelPaymentAsync(new CancelRequest(SessionHandle, "key_03"), Connections.Stripe(), _ct);

        Assert.Equal("POST /v1/payment_intents/pi_1/cancel", _stripe.Requests[1].Line);
        Assert.Equal("key_03", _stripe.Requests[1].Headers["Idempotency-Key"]);
        Assert.Equal(PaymentStatus.Canceled, result.Value.Status);
    }

    [Fact]
    public async Task Canceling_a_page_that_expired_by_itself_is_already_done()
    {
        _stripe.Answers(Session("expired", "unpaid").ToJsonString());

        var result = await Payments.CancelPaymentAsync(new CancelRequest(SessionHandle, "key_03"), Connections.Stripe(), _ct);

        Assert.Equal(PaymentStatus.Canceled, result.Value.Status);
    }

    [Fact]
    public async Task Canceling_a_payment_in_the_callers_page_cancels_its_intent()
    {
        _stripe.Answers(Intent("canceled").ToJsonString());

        await Payments.CancelPaymentAsync(new CancelRequest(IntentHandle, "key_03"), Connections.Stripe(), _ct);

        Assert.Equal("POST /v1/payment_intents/pi_1/cancel", _stripe.Request.Line);
        Assert.Equal("", _stripe.Request.Body);
    }
}
