using System.Text.Json;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Razorpay;

/// <summary>
/// Razorpay's events, of all that happens in the merchant's account. They may come twice, late, in any order: each has the state of its
/// moment.
/// </summary>
/// <remarks>Source: https://razorpay.com/docs/webhooks/. No time is signed: what is sent again is known by its event's id.</remarks>
[Provider("razorpay")]
internal sealed class RazorpayWebhooks : IReceiveWebhooks
{
    public bool IsGenuine(WebhookRequest request, Connection connection) =>
        request.Header("X-Razorpay-Signature") is { } given && Signatures.Any(
            connection.LiveSecrets("webhook_secret"), secret => Signatures.HmacSha256(secret, request.Body.Span), [given],
            Signatures.SameHex);

    public string? EventId(WebhookRequest request) => request.Header("x-razorpay-event-id");

    public IReadOnlyList<ProviderEvent> Read(WebhookRequest request, Connection connection)
    {
        try
        {
            return JsonSerializer.Deserialize(request.Body.Span, RazorpayJson.Default.RazorpayEvent) is { } received
                ? ReadPayload(received) is { } known ? [known.At(received.CreatedAt)] : []
                : [new UnmappedEvent("The body is not a Razorpay event.")];
        }
        catch (JsonException exception)
        {
            return [new UnmappedEvent($"The body is not a Razorpay event that can be read: {exception.Path ?? "$"}.")];
        }
    }

    private static ProviderEvent? ReadPayload(RazorpayEvent received) => received.Event switch
    {
        "payment.authorized" or "payment.captured" or "payment.failed" => Of(received.Payload.Payment, payment =>
            Payment(RazorpayMapping.Reference(payment.Notes), payment.Id, RazorpayMapping.FromPayment(payment))),
        "order.paid" => Of(received.Payload.Order, order => Of(received.Payload.Payment, payment => Payment(
            IsOurs(order.Receipt, "pay_") ? order.Receipt : RazorpayMapping.Reference(payment.Notes), order.Id,
            RazorpayMapping.FromPayment(payment)))),   // a link's order has no receipt
        "payment_link.paid" or "payment_link.partially_paid" or "payment_link.cancelled" or "payment_link.expired" =>
            Of(received.Payload.PaymentLink, link => OfLink(link, received.Payload.Payment?.Entity)),
        "refund.created" or "refund.processed" or "refund.failed" => Of(received.Payload.Refund, OfRefund),
        "payment.dispute.created" or "payment.dispute.under_review" or "payment.dispute.action_required" =>
            OfDispute(received.Payload, DisputeStatus.Open),
        "payment.dispute.won" or "payment.dispute.closed" => OfDispute(received.Payload, DisputeStatus.Won),
        "payment.dispute.lost" => OfDispute(received.Payload, DisputeStatus.Lost),
        "payout.pending" or "payout.rejected" or "payout.queued" or "payout.initiated" or "payout.processed" or "payout.updated"
            or "payout.reversed" or "payout.failed" => Of(received.Payload.Payout, OfPayout),
        _ => null,
    };

    private static ProviderEvent Of<T>(RazorpayEntity<T>? part, Func<T, ProviderEvent> read) =>
        part is null ? new UnmappedEvent($"The event has no {typeof(T).Name["Razorpay".Length..]}.") : read(part.Entity);

    /// <param name="payment">That the link was paid by; null before.</param>
    private static ProviderEvent OfLink(RazorpayLink link, RazorpayPayment? payment) => Payment(
        link.ReferenceId, link.Id, link.Status != "paid" || payment is null
            ? RazorpayMapping.FromLink(link)
            : RazorpayMapping.FromPayment(payment).Map(paid => RazorpayMapping.With(paid, RazorpayMapping.LinkKey, link.Id)));

    /// <summary>
    /// Whether a payment has its order's notes is unconfirmed: one without them is told of by its order or its link, or asked about.
    /// </summary>
    private static ProviderEvent Payment(string? reference, string id, Result<PaymentState, ProviderFailure> state) =>
        !state.IsSuccess ? new UnmappedEvent(state.Error.Message)
        : IsOurs(reference, "pay_") ? new PaymentEvent(reference, state.Value)
        : new ForeignEvent($"{id} names no payment of this hub: it was made by another program, or does not say by which.");

    /// <summary>Of one that was made in the Dashboard only the payment tells.</summary>
    private static ProviderEvent OfRefund(RazorpayRefund refund)
    {
        var reference = IsOurs(refund.Receipt, "ref_") ? refund.Receipt : RazorpayMapping.Reference(refund.Notes);
        if (!IsOurs(reference, "ref_"))
            return new PaymentHint(null, refund.PaymentId);
        var state = RazorpayMapping.FromRefund(refund);
        return state.IsSuccess ? new RefundEvent(reference, state.Value) : new UnmappedEvent(state.Error.Message);
    }

    /// <summary>Of the payment itself it says nothing: pending moves nothing. Every kind is taken to hold the money back.</summary>
    private static ProviderEvent OfDispute(RazorpayPayload payload, DisputeStatus status) => Of(payload.Dispute, dispute =>
    {
        var payment = payload.Payment?.Entity;
        var amount = RazorpayAmounts.FromWire(dispute.Amount, dispute.Currency ?? payment?.Currency);
        return (dispute.PaymentId ?? payment?.Id) is { } id
            ? new PaymentEvent(null, new PaymentState(id, PaymentStatus.Pending)
            {
                Disputes = [new DisputeReport(dispute.Id, DisputeKind.Chargeback, status, amount, dispute.ReasonCode)],
            })
            : new UnmappedEvent($"The dispute {dispute.Id} does not say of which payment it is.");
    });

    private static ProviderEvent OfPayout(RazorpayPayout payout)
    {
        var state = RazorpayPayoutMapping.FromPayout(payout);
        return !state.IsSuccess ? new UnmappedEvent(state.Error.Message)
            : IsOurs(payout.ReferenceId, "pyo_") ? new PayoutEvent(payout.ReferenceId, state.Value)
            : new ForeignEvent($"The payout {payout.Id} was not made by this hub: its reference_id is none of the hub's.");
    }

    private static bool IsOurs(string? reference, string prefix) => reference?.StartsWith(prefix, StringComparison.Ordinal) == true;
}
