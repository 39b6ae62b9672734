using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Cashfree;

/// <summary>Cashfree's events of payments, refunds, disputes and transfers. They may come twice, late, in any order.</summary>
/// <remarks>
/// Source: https://www.cashfree.com/docs/api-reference/payments/latest/payments/webhooks and .../payouts/v2/webhooks-v2. Whether one that
/// is sent again has a new time is unconfirmed, so a day is allowed; repeats are known by their body.
/// </remarks>
[Provider("cashfree")]
internal sealed class CashfreeWebhooks : IReceiveWebhooks
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromHours(24);

    public bool IsGenuine(WebhookRequest request, Connection connection)
    {
        if (request.Header("x-webhook-signature") is not { } given || request.Header("x-webhook-timestamp") is not { } sent
            || !long.TryParse(sent, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            || Math.Abs((decimal)request.ReceivedAt.ToUnixTimeMilliseconds() - at) > (decimal)Tolerance.TotalMilliseconds)
            return false;
        byte[] signed = [.. Encoding.ASCII.GetBytes(sent), .. request.Body.Span];
        return Signatures.Any(
            [.. connection.LiveSecrets("client_secret"), .. connection.LiveSecrets("payout_client_secret")],
            secret => Signatures.HmacSha256(secret, signed), [given], Signatures.SameBase64);
    }

    public string? EventId(WebhookRequest request) => null;

    public IReadOnlyList<ProviderEvent> Read(WebhookRequest request, Connection connection)
    {
        try
        {
            return JsonSerializer.Deserialize(request.Body.Span, CashfreeJson.Default.CashfreeEvent) is { } received
                ? ReadData(received) is { } known ? [known.At(At(received.EventTime))] : []
                : [new UnmappedEvent("The body is not a Cashfree event.")];
        }
        catch (JsonException exception)
        {
            return [new UnmappedEvent($"The body is not a Cashfree event that can be read: {exception.Path ?? "$"}.")];
        }
    }

    private static ProviderEvent? ReadData(CashfreeEvent received) => received.Type switch
    {
        "PAYMENT_SUCCESS_WEBHOOK" or "PAYMENT_FAILED_WEBHOOK" or "PAYMENT_USER_DROPPED_WEBHOOK" =>
            OfPayment(Data(received, CashfreeJson.Default.CashfreeNews)),
        "REFUND_STATUS_WEBHOOK" => OfRefund(Data(received, CashfreeJson.Default.CashfreeNews)),
        "AUTO_REFUND_STATUS_WEBHOOK" => OfAutoRefund(Data(received, CashfreeJson.Default.CashfreeNews)),
        "DISPUTE_CREATED" or "DISPUTE_UPDATED" or "DISPUTE_CLOSED" =>
            OfDispute(Data(received, CashfreeJson.Default.CashfreeNews)),
        "TRANSFER_ACKNOWLEDGED" or "TRANSFER_SUCCESS" or "TRANSFER_FAILED" or "TRANSFER_REVERSED" or "TRANSFER_REJECTED" =>
            OfTransfer(Data(received, CashfreeJson.Default.CashfreeTransfer)),
        _ => null,
    };

    /// <summary>It tells one try, and not how the order stands: one that went well has paid it, any other leaves it open.</summary>
    private static ProviderEvent OfPayment(CashfreeNews news)
    {
        if (news is not { Order: { } order, Payment: { } payment })
            return new UnmappedEvent("The event has no order, or no payment.");
        if (!IsOurs(order.OrderId, "pay_"))
            return Foreign(order.OrderId);
        var state = CashfreeMapping.FromOrder(order with { OrderStatus = payment.PaymentStatus == "SUCCESS" ? "PAID" : "ACTIVE" })
            .Then(open => CashfreeMapping.With(open, [payment with { ErrorDetails = news.ErrorDetails ?? payment.ErrorDetails }]));
        return state.IsSuccess ? new PaymentEvent(order.OrderId, state.Value) : new UnmappedEvent(state.Error.Message);
    }

    /// <summary>Of one that was made in the dashboard only the order tells.</summary>
    private static ProviderEvent OfRefund(CashfreeNews news)
    {
        if (news.Refund is not { } refund)
            return new UnmappedEvent("The event has no refund.");
        if (CashfreeRequests.HubsRefund(refund.RefundId) is not { } ours)
            return Ask(refund.OrderId);
        var state = CashfreeMapping.FromRefund(refund);
        return state.IsSuccess ? new RefundEvent(ours, state.Value) : new UnmappedEvent(state.Error.Message);
    }

    /// <summary>Of what Cashfree gives back by itself, a second payment of an order for example.</summary>
    private static ProviderEvent? OfAutoRefund(CashfreeNews news) =>
        (news.AutoRefund ?? news.Refund)?.OrderId is { } order ? Ask(order) : null;

    private static ProviderEvent Ask(string? order) =>
        order is null || IsOurs(order, "pay_") ? new PaymentHint(order, order) : Foreign(order);

    /// <summary>Of the payment itself it says nothing: pending moves nothing.</summary>
    private static ProviderEvent OfDispute(CashfreeNews news)
    {
        if (news is not { Dispute: { } dispute, OrderDetails: { } order })
            return new UnmappedEvent("The event has no dispute, or no order.");
        if (!IsOurs(order.OrderId, "pay_"))
            return Foreign(order.OrderId);
        var report = CashfreeMapping.FromDispute(dispute);
        return report.IsSuccess
            ? new PaymentEvent(order.OrderId, new PaymentState(order.OrderId, PaymentStatus.Pending) { Disputes = [report.Value] })
            : new UnmappedEvent(report.Error.Message);
    }

    private static ProviderEvent OfTransfer(CashfreeTransfer transfer)
    {
        var state = CashfreeTransfers.FromTransfer(transfer);
        return !state.IsSuccess ? new UnmappedEvent(state.Error.Message)
            : IsOurs(transfer.TransferId, "pyo_") ? new PayoutEvent(transfer.TransferId, state.Value)
            : Foreign(transfer.TransferId);
    }

    private static ForeignEvent Foreign(string id) => new($"{id} was not made by this hub: its id is none of the hub's.");

    private static bool IsOurs(string id, string prefix) => id.StartsWith(prefix, StringComparison.Ordinal);

    private static T Data<T>(CashfreeEvent received, JsonTypeInfo<T> json) => received.Data.Deserialize(json) ?? throw new JsonException();

    private static DateTimeOffset? At(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
}
