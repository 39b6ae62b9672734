using System.Text.Json;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.BridgerPay;

/// <summary>BridgerPay's notifications, which it does not sign: BridgerPay is asked how the order stands, and that moves it.</summary>
/// <remarks>Source: https://docs.bridgerpay.com (API v2, webhooks).</remarks>
[Provider("bridgerpay")]
internal sealed class BridgerPayWebhooks : IReceiveWebhooks
{
    private const string Payments = "pay_";
    private const string Payouts = "pyo_";

    /// <summary>Whether a payout's notification hands anything back is unconfirmed: it comes to an address that nobody can guess.</summary>
    public bool IsGenuine(WebhookRequest request, Connection connection)
    {
        if (!IsJson(request) || Parse(request) is not { Data.OrderId: { } order } notice)
            return false;
        return notice.Meta?.Payload is { Length: > 0 } payload
            ? BridgerPayPayload.Holds(payload, order, connection.LiveSecrets("password").Select(BridgerPayPayload.KeyOf))
            : order.StartsWith(Payouts, StringComparison.Ordinal);
    }

    /// <summary>Two refunds of one payment may look alike: what is asked once more does no harm, what is not asked is missed.</summary>
    public string? EventId(WebhookRequest request) => null;

    public IReadOnlyList<ProviderEvent> Read(WebhookRequest request, Connection connection)
    {
        if (Parse(request) is not { Data.OrderId: { Length: > 0 } order, Webhook.Type: { } type } notice)
            return [new UnmappedEvent("The body is no notification of BridgerPay about an order.")];
        if (type is "cashier.session.init" or "payment_card_token")
            return [];
        return order.StartsWith(Payouts, StringComparison.Ordinal) ? [new PayoutHint(order, null)]
            : order.StartsWith(Payments, StringComparison.Ordinal) ? OfPayment(order, type, notice.Data.Charge)
            : [new ForeignEvent($"The order {order} was not made by this hub.")];
    }

    /// <summary>What no answer tells is kept. Pending moves nothing.</summary>
    private static IReadOnlyList<ProviderEvent> OfPayment(string order, string type, BridgerPayCharge? charge)
    {
        var kept = ProviderData.Of(
            (BridgerPayMapping.RefundId, charge is { IsRefundable: true, OperationType: null or "deposit" }
                ? BridgerPayMapping.Text(charge.RefundId) : null),
            (BridgerPayMapping.Session, type == "cashier.session.close" ? BridgerPayMapping.Closed : null));
        var hint = new PaymentHint(order, null);
        return kept.Count == 0 ? [hint]
            : [new PaymentEvent(order, new PaymentState(order, PaymentStatus.Pending) { ProviderData = kept }), hint];
    }

    private static bool IsJson(WebhookRequest request) =>
        request.Header("Content-Type")?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) == true;

    private static BridgerPayNotice? Parse(WebhookRequest request)
    {
        try
        {
            return JsonSerializer.Deserialize(request.Body.Span, BridgerPayJson.Default.BridgerPayNotice);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
