using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Connectors.Stripe;
using static Patchbay.Connectors.Tests.StripeSamples;

namespace Patchbay.Connectors.Tests;

public sealed class StripeWebhooksTests
{
    [Fact]
    public void An_event_is_known_by_its_id()
    {
        Assert.Equal("evt_1", new StripeWebhooks().EventId(Event("payment_intent.succeeded", Intent("succeeded"))));
        Assert.Null(new StripeWebhooks().EventId(Webhooks.Post("https://hub.example/w", "no json")));
    }

    [Theory]
    [InlineData("payment_intent.succeeded", "succeeded", PaymentStatus.Succeeded)]
    [InlineData("payment_intent.canceled", "canceled", PaymentStatus.Canceled)]
    [InlineData("payment_intent.processing", "processing", PaymentStatus.Processing)]
    [InlineData("payment_intent.requires_action", "requires_action", PaymentStatus.RequiresAction)]
    [InlineData("payment_intent.amount_capturable_updated", "requires_capture", PaymentStatus.Authorized)]
    public void Events_of_an_intent(string type, string status, PaymentStatus expected)
    {
        var payment = Payment(Event(type, Intent(status)));

        Assert.Equal(("pay_01", "pi_1", expected), (payment.HubReference, payment.ProviderReference, payment.State.Status));
        Assert.Null(payment.State.NextAction);
    }

    [Fact]
    public void A_declined_attempt_is_reported_with_its_code()
    {
        var intent = Intent("requires_payment_method", body => body["last_payment_error"] = new JsonObject { ["code"] = "expired_card" });

        var state = Payment(Event("payment_intent.payment_failed", intent)).State;

        Assert.Equal((PaymentStatus.Failed, "expired_card"), (state.Status, state.FailureCode));
    }

    [Theory]
    [InlineData("checkout.session.completed", "complete", "paid", PaymentStatus.Processing)]
    [InlineData("checkout.session.completed", "complete", "unpaid", PaymentStatus.Processing)]
    [InlineData("checkout.session.async_payment_succeeded", "complete", "paid", PaymentStatus.Processing)]
    [InlineData("checkout.session.async_payment_failed", "complete", "unpaid", PaymentStatus.Failed)]
    [InlineData("checkout.session.expired", "expired", "unpaid", PaymentStatus.Canceled)]
    public void Events_of_a_session(string type, string status, string paymentStatus, PaymentStatus expected)
    {
        var payment = Payment(Event(type, Session(status, paymentStatus, session => session["payment_intent"] = "pi_1")));

        Assert.Equal(("pay_01", "pi_1", expected), (payment.HubReference, payment.ProviderReference, payment.State.Status));
        Assert.Equal("cs_test_1", payment.State.ProviderData["checkout_session"]);
    }

    [Fact]
    public void A_session_without_metadata_is_matched_by_its_client_reference() => Assert.Equal(
        "pay_01", Payment(Event("checkout.session.expired", Session("expired", "unpaid", session => session["metadata"] = null))).HubReference);

    [Fact]
    public void A_refunded_charge_tells_the_total_refunded()
    {
        var payment = Payment(Event("charge.refunded", Charge(charge => charge["amount_refunded"] = 300)));

        Assert.Equal(("pay_01", "pi_1"), (payment.HubReference, payment.ProviderReference));
        Assert.Equal((PaymentStatus.Succeeded, 1099, 300), (payment.State.Status, payment.State.Captured!.Value.MinorUnits, payment.State.Refunded!.Value.MinorUnits));
    }

    [Fact]
    public void A_released_authorisation_is_neither_a_payment_nor_a_refund()
    {
        var state = Payment(Event("charge.refunded", Charge(charge =>
        {
            charge["captured"] = false;
            charge["amount_captured"] = 0;
            charge["amount_refunded"] = 1099;
        }))).State;

        Assert.Equal((PaymentStatus.Pending, null, null), (state.Status, state.Captured, state.Refunded));
    }

    [Theory]
    [InlineData("refund.created", "pending", RefundStatus.Pending)]
    [InlineData("refund.updated", "succeeded", RefundStatus.Succeeded)]
    [InlineData("refund.failed", "failed", RefundStatus.Failed)]
    public void Events_of_a_refund(string type, string status, RefundStatus expected)
    {
        var refund = Assert.IsType<RefundEvent>(Assert.Single(Read(Event(type, Refund(status)))));

        Assert.Equal(("ref_01", "re_1", expected), (refund.HubReference, refund.ProviderReference, refund.State.Status));
    }

    [Theory]
    [InlineData("charge.dispute.created", "needs_response", DisputeState.Open)]
    [InlineData("charge.dispute.updated", "under_review", DisputeState.Open)]
    [InlineData("charge.dispute.closed", "lost", DisputeState.Lost)]
    [InlineData("charge.dispute.closed", "won", DisputeState.Won)]
    public void A_dispute_is_matched_by_the_intent_and_claims_nothing_else(string type, string status, DisputeState expected)
    {
        var payment = Payment(Event(type, Dispute(status)));

        Assert.Equal((null, "pi_1", expected), (payment.HubReference, payment.ProviderReference, payment.State.Dispute));
        Assert.Equal((PaymentStatus.Pending, null), (payment.State.Status, payment.State.Captured));
    }

    [Fact]
    public void Events_nobody_asked_for_are_ignored() => Assert.Empty(Read(Event("customer.created", [])));

    [Theory]
    [InlineData("payment_intent.succeeded", """{"id":"pi_1","status":"requires_a_miracle","currency":"eur"}""")]
    [InlineData("payment_intent.succeeded", """{"id":"pi_1"}""")]
    [InlineData("payment_intent.succeeded", """{"id":"pi_1","status":"succeeded","currency":"xxx"}""")]
    [InlineData("refund.updated", """{"id":"re_1","status":"lost_in_space","amount":1,"currency":"eur"}""")]
    [InlineData("charge.dispute.updated", """{"id":"dp_1","status":"on_appeal","payment_intent":"pi_1"}""")]
    public void What_the_map_does_not_know_is_kept_for_a_newer_one(string type, string body) =>
        Assert.IsType<UnmappedEvent>(Assert.Single(Read(Event(type, (JsonObject)JsonNode.Parse(body)!))));

    [Theory]
    [InlineData("no json")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    public void A_body_that_is_no_event_is_kept(string body) =>
        Assert.IsType<UnmappedEvent>(Assert.Single(Read(Webhooks.Post("https://hub.example/w", body))));

    private static WebhookRequest Event(string type, JsonObject body) => Webhooks.Post(
        "https://hub.example/w",
        new JsonObject { ["id"] = "evt_1", ["type"] = type, ["data"] = new JsonObject { ["object"] = body } }.ToJsonString());

    private static IReadOnlyList<ProviderEvent> Read(WebhookRequest request) => new StripeWebhooks().Read(request, Connections.Stripe());

    private static PaymentEvent Payment(WebhookRequest request) => Assert.IsType<PaymentEvent>(Assert.Single(Read(request)));
}
