using System.Globalization;
using System.Text.Json;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.WiPay;

/// <summary>
/// What comes to the integration's address: WiPay's webhooks, and the customers' browsers on their way back, which are sent on to where the
/// caller wants them.
/// </summary>
/// <remarks>Source: https://docs.wipayfinancial.com (Payments API, response_url; Webhooks).</remarks>
[Provider("wipay")]
internal sealed class WiPayWebhooks : IReceiveWebhooks
{
    public bool IsGenuine(WebhookRequest request, Connection connection) =>
        IsReturn(request) ? DataOf(request, connection) is not null : WiPayHash.IsGenuine(request, connection);

    public string? EventId(WebhookRequest request) => IsReturn(request) ? null : request.Header("X-WiPay-Webhook-Id");

    public IReadOnlyList<ProviderEvent> Read(WebhookRequest request, Connection connection)
    {
        if (IsReturn(request))
            return [ReadReturn(request, connection)];
        if (Parse(request) is not { Event: { } name } told)
            return [new UnmappedEvent("The body is not an event of WiPay.")];
        if (name.StartsWith("withdrawal.", StringComparison.Ordinal))
            return [];
        return told.Data is not { OrderId: { } order, TransactionId: { Length: > 0 } transaction }
            ? [new UnmappedEvent($"{name} names no order and transaction.")]
            : !order.StartsWith("pay_", StringComparison.Ordinal)
                ? [new ForeignEvent($"The order {order} was not made by this hub.")]
                : [ReadEvent(name, told.Data, order, transaction, connection).At(told.OccurredAt)];
    }

    public WebhookAnswer Acknowledge(WebhookRequest request, Connection connection) =>
        !IsReturn(request) ? WebhookAnswer.Ok
        : Uri.TryCreate(DataOf(request, connection)?.Return, UriKind.Absolute, out var back) && back.Scheme is "https" or "http"
            ? WebhookAnswer.SeeOther(back) : WebhookAnswer.Text("You can close this page.");

    private static bool IsReturn(WebhookRequest request) => request.Method == "GET";

    /// <summary>What the hub gave along, when the address is the one that it made for it.</summary>
    private static WiPayData? DataOf(WebhookRequest request, Connection connection)
    {
        var query = request.Query();
        return WiPayProof.Read(query.Find("data"), query.Find("order_id"), connection) is { } data
            && query.Find(WiPayProof.Field) == data.Proof ? data : null;
    }

    /// <summary>
    /// WiPay signs no more of it than transaction and amount, and not with what a customer could not try on another order: where it can be
    /// asked, it is.
    /// </summary>
    private static ProviderEvent ReadReturn(WebhookRequest request, Connection connection)
    {
        var query = request.Query();
        var (order, transaction, hash) = (query.Find("order_id"), query.Find("transaction_id") ?? "", query.Find("hash") ?? "");
        if (transaction.Length == 0 || DataOf(request, connection) is not { } data)
            return new UnmappedEvent("The return names no transaction.");
        switch (query.Find("status"))
        {
            case "success" when connection.FindSecret(WiPayMessage.WapiKey) is not null:
                return new PaymentHint(order, transaction);
            case "success" when query.Find("currency") != connection.Value("currency"):
                return new UnmappedEvent($"The return of {order} is of another currency than asked for.");
            case "success" when hash.Length != WiPayHash.Length:
                return new PaymentEvent(order, new PaymentState(transaction, PaymentStatus.Processing));   // a webhook may prove it
            case "success":
                return WiPayHash.IsPaid(transaction, data.Total, hash, connection)
                    ? new PaymentEvent(order, new PaymentState(transaction, PaymentStatus.Succeeded))
                    : new UnmappedEvent($"The hash of the return of {order} is not the one of what was asked for.");
            case "failed":
                return new PaymentEvent(order, WiPayMapping.Failed(transaction, query.Find("message")));
            case "error":
                return new PaymentEvent(order, new PaymentState(transaction, PaymentStatus.Pending));
            case var status:
                return new UnmappedEvent($"The return has the unknown status '{status}'.");
        }
    }

    private static ProviderEvent ReadEvent(
        string name, WiPayTransaction told, string order, string transaction, Connection connection)
    {
        var data = WiPayProof.Read(told.Data, order, connection);
        return name switch
        {
            "payment.created" => Payment(PaymentStatus.RequiresAction),
            "payment.success" => data is null ? new PaymentHint(order, transaction)
                : IsWhole(told, data, connection) ? Payment(PaymentStatus.Succeeded)
                : new UnmappedEvent($"{told.Total} {told.Currency} was paid for {order}, which is not what was asked for."),
            "payment.failed" => new PaymentEvent(order, WiPayMapping.Failed(transaction, told.StatusDesc)),
            "payment.error" => Payment(PaymentStatus.Pending),
            "payment.refunded" when data is not null && connection.FindSecret(WiPayMessage.WapiKey) is null => Refunded(data),
            "payment.refund_requested" or "payment.refunded" or "payment.refund_rejected" => new PaymentHint(order, transaction),
            "payment.chargeback_pending" or "payment.chargeback_processed" or "payment.fraud_confirmed" => Disputed(DisputeStatus.Open),
            "payment.chargeback_released" => Disputed(DisputeStatus.Won),
            _ => new UnmappedEvent($"{name} is unknown."),
        };

        PaymentEvent Payment(PaymentStatus status) => new(order, new PaymentState(transaction, status));

        PaymentEvent Refunded(WiPayData of) => new(order, new PaymentState(transaction, PaymentStatus.Succeeded)
        {
            Refunded = Money.TryFromMajor(AmountOf(of), Currency.Parse(connection.Value("currency")), out var all) ? all : null,
        });

        PaymentEvent Disputed(DisputeStatus status) => new(order, new PaymentState(transaction, PaymentStatus.Pending)
        {
            Disputes = [new DisputeReport(transaction, DisputeKind.Chargeback, status, null, name["payment.".Length..])],
        });
    }

    /// <summary>More may be paid, where the customer bears the fees.</summary>
    private static bool IsWhole(WiPayTransaction told, WiPayData data, Connection connection) =>
        told.Currency == connection.Value("currency") && told.Total is { } total && total >= AmountOf(data);

    private static decimal AmountOf(WiPayData data) => decimal.Parse(data.Total, CultureInfo.InvariantCulture);

    private static WiPayEvent? Parse(WebhookRequest request)
    {
        try
        {
            return JsonSerializer.Deserialize(request.Body.Span, WiPayJson.Default.WiPayEvent);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
