using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Stripe;

/// <summary>Stripe's events about sessions, intents, refunds, disputes and payouts. They may come twice, late and in any order.</summary>
/// <remarks>Source: https://docs.stripe.com/api/events/types.</remarks>
[Provider("stripe")]
internal sealed class StripeWebhooks : IReceiveWebhooks
{
    public bool IsGenuine(WebhookRequest request, Connection connection) => StripeSignature.IsGenuine(
        request.Header("Stripe-Signature"), request.Body.Span, connection.LiveSecrets("webhook_secret"), request.ReceivedAt);

    public string? EventId(WebhookRequest request) => ReadEvent(request)?.Id;

    public IReadOnlyList<ProviderEvent> Read(WebhookRequest request, Connection connection)
    {
        if (ReadEvent(request) is not { } received)
            return [new UnmappedEvent("The body is not a Stripe event.")];
        if (Foreign(received, connection) is { } foreign)
            return [foreign];
        try
        {
            ProviderEvent?[] told = [ReadObject(received.Type, received.Data.Object), ReadFee(received.Type, received.Data)];
            return [.. told.OfType<ProviderEvent>().Select(known => known.At(received.Created))];
        }
        catch (JsonException exception)
        {
            return [new UnmappedEvent($"{received.Type}: the object could not be read at {exception.Path ?? "$"}.")];
        }
    }

    /// <summary>
    /// One endpoint may be told of the accounts of a whole platform, and test and live events may share a secret. Null when it is ours.
    /// </summary>
    private static ForeignEvent? Foreign(StripeEvent received, Connection connection)
    {
        if (received.Livemode is { } live && live != (connection.Mode == IntegrationMode.Live))
        {
            return new ForeignEvent(
                $"The event is in {(live ? "live" : "test")} mode, the integration is {(live ? "a sandbox" : "live")}: "
                + "give each mode an endpoint and an integration of its own.");
        }

        return received.Account is { } account && account != connection.FindValue("account_id")
            ? new ForeignEvent(
                $"The event is of the connected account {account}, the integration is for "
                + $"{connection.FindValue("account_id") ?? "the platform's own"}.")
            : null;
    }

    private static ProviderEvent? ReadObject(string type, JsonElement element) => type switch
    {
        "checkout.session.completed" or "checkout.session.async_payment_succeeded" or "checkout.session.expired" =>
            OfSession(Object(element, StripeJson.Default.StripeSession), failed: false),
        "checkout.session.async_payment_failed" => OfSession(Object(element, StripeJson.Default.StripeSession), failed: true),
        "payment_intent.succeeded" or "payment_intent.payment_failed" or "payment_intent.canceled" or "payment_intent.processing"
            or "payment_intent.requires_action" or "payment_intent.amount_capturable_updated" =>
            OfIntent(Object(element, StripeJson.Default.StripeIntent)),
        "charge.refunded" => OfCharge(Object(element, StripeJson.Default.StripeCharge)),
        "refund.created" or "refund.updated" or "refund.failed" => OfRefund(Object(element, StripeJson.Default.StripeRefund)),
        "charge.dispute.created" or "charge.dispute.updated" or "charge.dispute.closed" =>
            OfDispute(Object(element, StripeJson.Default.StripeDispute)),
        "payout.paid" or "payout.failed" or "payout.canceled" or "payout.updated" =>
            OfPayout(Object(element, StripeJson.Default.StripePayout)),
        _ => null,
    };

    /// <summary>A hint where there is a fee to be asked for: events have no more than the id of what tells it, or a part.</summary>
    private static PaymentHint? ReadFee(string type, StripeEventData data) => type switch
    {
        "charge.succeeded" or "charge.captured" or "charge.updated" =>
            OfSettled(Object(data.Object, StripeJson.Default.StripeCharge), data.PreviousAttributes),
        "charge.dispute.created" or "charge.dispute.updated" or "charge.dispute.closed" =>
            OfDisputeFee(Object(data.Object, StripeJson.Default.StripeDispute)),
        _ => null,
    };

    private static PaymentHint? OfSettled(StripeCharge charge, IReadOnlyDictionary<string, JsonElement>? before) =>
        StripeFees.IsSettled(charge, before) && charge.PaymentIntent is { } intent && Reference(charge.Metadata) is { } reference
            ? new PaymentHint(reference, intent.Id) : null;

    private static PaymentHint? OfDisputeFee(StripeDispute dispute) =>
        dispute.PaymentIntent is { } intent && StripeFees.Of([dispute]).Count > 0 ? new PaymentHint(null, intent.Id) : null;

    private static ProviderEvent OfSession(StripeSession session, bool failed)
    {
        // A failed bank debit leaves the session "complete" and "unpaid", as it was while the debit was under way: only the type tells.
        var state = StripeMapping.FromSession(session)
            .Map(read => !failed ? read : read with
            {
                Status = PaymentStatus.Failed, Failure = StripeDeclines.Codes.Explain("async_payment_failed"),
            });
        return Payment(Reference(session.Metadata) ?? session.ClientReferenceId, state);
    }

    private static ProviderEvent OfIntent(StripeIntent intent) => Payment(Reference(intent.Metadata), StripeMapping.FromIntent(intent));

    // A charge copies its intent's metadata. One without an intent was made by an older API, so not by the hub.
    private static ProviderEvent? OfCharge(StripeCharge charge) => charge.PaymentIntent is { } intent
        ? Payment(Reference(charge.Metadata), StripeMapping.FromCharge(charge, intent.Id))
        : null;

    // Disputes carry no metadata of ours: the intent's id matches them.
    private static ProviderEvent? OfDispute(StripeDispute dispute) => dispute.PaymentIntent is { } intent
        ? Payment(null, StripeMapping.FromDispute(dispute, intent.Id))
        : null;

    private static ProviderEvent OfRefund(StripeRefund refund)
    {
        var state = StripeMapping.FromRefund(refund);
        return state.IsSuccess ? new RefundEvent(Reference(refund.Metadata), state.Value) : new UnmappedEvent(state.Error.Message);
    }

    // Those of the account's own schedule, and of its dashboard, carry nothing of ours: they are none of the hub's.
    private static ProviderEvent? OfPayout(StripePayout payout)
    {
        if (Reference(payout.Metadata) is not { } reference)
            return null;
        var state = StripePayoutMapping.FromPayout(payout);
        return state.IsSuccess ? new PayoutEvent(reference, state.Value) : new UnmappedEvent(state.Error.Message);
    }

    private static ProviderEvent Payment(string? reference, Result<PaymentState, ProviderFailure> state) =>
        state.IsSuccess ? new PaymentEvent(reference, state.Value) : new UnmappedEvent(state.Error.Message);

    private static string? Reference(Dictionary<string, string>? metadata) => metadata?.GetValueOrDefault(StripeForms.Reference);

    private static T Object<T>(JsonElement element, JsonTypeInfo<T> json) => element.Deserialize(json) ?? throw new JsonException();

    private static StripeEvent? ReadEvent(WebhookRequest request)
    {
        try
        {
            return JsonSerializer.Deserialize(request.Body.Span, StripeJson.Default.StripeEvent);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
