using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.PayPal;

/// <summary>PayPal's events about orders, what was moved for them, disputes and payouts. They may come twice, late, in any order.</summary>
/// <remarks>Source: https://developer.paypal.com/api/rest/webhooks/event-names/.</remarks>
[Provider("paypal")]
internal sealed class PayPalWebhooks : IReceiveWebhooks
{
    public Uri? KeyAddress(WebhookRequest request, Connection connection) =>
        PayPalSignature.CertificateUrl(request.Header("PAYPAL-CERT-URL"), connection.Mode);

    public bool IsGenuine(WebhookRequest request, Connection connection) =>
        PayPalSignature.IsGenuine(request, connection.LiveSecrets("webhook_id"));

    public string? EventId(WebhookRequest request) => ReadEvent(request)?.Id;

    public IReadOnlyList<ProviderEvent> Read(WebhookRequest request, Connection connection)
    {
        if (ReadEvent(request) is not { } received)
            return [new UnmappedEvent("The body is not a PayPal event.")];
        try
        {
            return ReadResource(received) is { } known ? [known.At(received.CreateTime)] : [];
        }
        catch (JsonException exception)
        {
            return [new UnmappedEvent($"{received.EventType}: the resource could not be read at {exception.Path ?? "$"}.")];
        }
    }

    private static ProviderEvent? ReadResource(PayPalEvent received) => received.EventType switch
    {
        "CHECKOUT.ORDER.APPROVED" or "CHECKOUT.ORDER.COMPLETED" => OfOrder(Resource(received, PayPalJson.Default.PayPalOrder)),
        "CHECKOUT.PAYMENT-APPROVAL.REVERSED" => OfReversedApproval(Resource(received, PayPalJson.Default.PayPalReversedApproval)),
        "PAYMENT.AUTHORIZATION.CREATED" or "PAYMENT.AUTHORIZATION.VOIDED" =>
            OfTransaction(received, transaction => PayPalMapping.FromAuthorization(transaction)),
        "PAYMENT.CAPTURE.COMPLETED" or "PAYMENT.CAPTURE.PENDING" or "PAYMENT.CAPTURE.DECLINED" or "PAYMENT.CAPTURE.DENIED" =>
            OfTransaction(received, transaction => PayPalMapping.FromCapture(transaction)),
        "PAYMENT.CAPTURE.REFUNDED" => OfRefund(Resource(received, PayPalJson.Default.PayPalTransaction)),
        "PAYMENT.CAPTURE.REVERSED" => OfReversal(Resource(received, PayPalJson.Default.PayPalTransaction)),
        "CUSTOMER.DISPUTE.CREATED" or "CUSTOMER.DISPUTE.UPDATED" or "CUSTOMER.DISPUTE.RESOLVED" =>
            OfDispute(Resource(received, PayPalJson.Default.PayPalDispute)),
        "PAYMENT.PAYOUTS-ITEM.SUCCEEDED" or "PAYMENT.PAYOUTS-ITEM.FAILED" or "PAYMENT.PAYOUTS-ITEM.RETURNED"
            or "PAYMENT.PAYOUTS-ITEM.UNCLAIMED" or "PAYMENT.PAYOUTS-ITEM.CANCELED" or "PAYMENT.PAYOUTS-ITEM.BLOCKED"
            or "PAYMENT.PAYOUTS-ITEM.DENIED" or "PAYMENT.PAYOUTS-ITEM.HELD" or "PAYMENT.PAYOUTS-ITEM.REFUNDED" =>
            OfPayout(Resource(received, PayPalPayoutJson.Default.PayPalPayoutItem)),
        _ => null,
    };

    private static ProviderEvent OfOrder(PayPalOrder order) =>
        Payment(order.PurchaseUnits is [{ CustomId: { } ours }, ..] ? ours : null, PayPalMapping.FromOrder(order));

    private static ProviderEvent OfTransaction(
        PayPalEvent received, Func<PayPalTransaction, Result<PaymentState, ProviderFailure>> map)
    {
        var transaction = Resource(received, PayPalJson.Default.PayPalTransaction);
        return Payment(transaction.CustomId, map(transaction));
    }

    /// <summary>A hint: what became of the order, only the order tells.</summary>
    private static PaymentHint OfReversedApproval(PayPalReversedApproval reversed) => new(null, reversed.OrderId ?? reversed.Id);

    /// <summary>
    /// The resource is the refund, with the id that it was made with. One made in PayPal's own pages has none, or that of the payment
    /// (unconfirmed): the payment is asked about then.
    /// </summary>
    private static ProviderEvent OfRefund(PayPalTransaction refund)
    {
        if (refund.CustomId?.StartsWith("ref_", StringComparison.Ordinal) != true)
            return new PaymentHint(refund.CustomId, CaptureOf(refund));
        var state = PayPalMapping.FromRefund(refund);
        return state.IsSuccess ? new RefundEvent(refund.CustomId, state.Value) : new UnmappedEvent(state.Error.Message);
    }

    /// <summary>The money was taken back. Whether the resource is the capture or what reverses it is unconfirmed; both name it.</summary>
    private static PaymentEvent OfReversal(PayPalTransaction reversed)
    {
        var capture = CaptureOf(reversed) ?? reversed.Id;
        return Disputed(
            reversed.CustomId, capture, PayPalMapping.Reversal(capture, PayPalAmounts.FromWire(reversed.Amount), "REVERSED"));
    }

    private static ProviderEvent OfDispute(PayPalDispute dispute)
    {
        var about = dispute.DisputedTransactions is [var first, ..] ? first : null;
        var report = PayPalMapping.FromDispute(dispute, about?.SellerTransactionId);
        return report.IsSuccess
            ? Disputed(about?.Custom, about?.SellerTransactionId, report.Value) : new UnmappedEvent(report.Error.Message);
    }

    private static ProviderEvent OfPayout(PayPalPayoutItem item)
    {
        var state = PayPalPayoutMapping.FromItem(item);
        return state.IsSuccess ? new PayoutEvent(item.PayoutItem?.SenderItemId, state.Value) : new UnmappedEvent(state.Error.Message);
    }

    /// <summary>Of the payment itself it says nothing: pending moves nothing.</summary>
    private static PaymentEvent Disputed(string? ours, string? capture, DisputeReport report) =>
        new(ours, new PaymentState(capture ?? "", PaymentStatus.Pending) { Disputes = [report] });

    /// <summary>A refund names its capture by a link (unconfirmed).</summary>
    private static string? CaptureOf(PayPalTransaction transaction) =>
        transaction.Links?.FirstOrDefault(link => link.Rel == "up" && link.Href.Contains("/captures/", StringComparison.Ordinal))
            ?.Href.Split('/')[^1];

    private static ProviderEvent Payment(string? ours, Result<PaymentState, ProviderFailure> state) =>
        state.IsSuccess ? new PaymentEvent(ours, state.Value) : new UnmappedEvent(state.Error.Message);

    private static T Resource<T>(PayPalEvent received, JsonTypeInfo<T> json) =>
        received.Resource.Deserialize(json) ?? throw new JsonException();

    private static PayPalEvent? ReadEvent(WebhookRequest request)
    {
        try
        {
            return JsonSerializer.Deserialize(request.Body.Span, PayPalJson.Default.PayPalEvent);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
