using System.Text.Json.Nodes;
using Patchbay.Sandbox.Payments;

namespace Patchbay.Sandbox.WiPay;

/// <summary>WiPay's transactions. The caller holds the gate.</summary>
internal static class WiPayViews
{
    /// <param name="refund">The request to give it back; null when there is none.</param>
    public static JsonObject Of(GatewayPayment payment, GatewayRefund? refund) => new()
    {
        ["transaction_id"] = payment.Id, ["order_id"] = payment.Order.Reference, ["status"] = StatusOf(payment, refund),
        ["status_desc"] = payment.Status == GatewayStatus.Failed ? "[1-D]: Declined" : "", ["total"] = payment.Amount.ToAmountString(),
        ["currency"] = payment.Amount.Currency.Code,
    };

    /// <summary>Null where nothing is told.</summary>
    public static string? EventOf(GatewayNews news) => news.Event switch
    {
        GatewayEvent.Paid => "payment.success",
        GatewayEvent.Declined or GatewayEvent.Failed => "payment.failed",
        GatewayEvent.Disputed => "payment.chargeback_pending",
        GatewayEvent.RefundCreated => "payment.refund_requested",
        GatewayEvent.RefundSettled => news.Refund!.Status == GatewayRefundStatus.Succeeded ? "payment.refunded" : "payment.refund_rejected",
        _ => null,
    };

    private static string StatusOf(GatewayPayment payment, GatewayRefund? refund) => (payment.Status, refund?.Status) switch
    {
        (GatewayStatus.Paid, GatewayRefundStatus.Pending) => "refund_requested",
        (GatewayStatus.Paid, GatewayRefundStatus.Succeeded) => "refunded",
        (GatewayStatus.Paid, GatewayRefundStatus.Failed) => "refund_rejected",
        (GatewayStatus.Paid, _) => "success",
        (GatewayStatus.Failed, _) => "failed",
        _ => "incomplete",
    };
}
