using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Payments;

namespace Patchbay.Sandbox.Razorpay;

/// <summary>Which webhooks tell what, and with which objects as they are then. https://razorpay.com/docs/webhooks/</summary>
internal static class RazorpayEvents
{
    /// <summary>What is paid is told by the payment, its order and its link; a refund when it is made, and when it has gone.</summary>
    public static IEnumerable<string> Names(GatewayNews news) => news.Event switch
    {
        GatewayEvent.Authorized => ["payment.authorized"],
        GatewayEvent.Paid => RazorpayViews.IsLink(news.Payment)
            ? ["payment.captured", "order.paid", "payment_link.paid"] : ["payment.captured", "order.paid"],
        GatewayEvent.Declined or GatewayEvent.Failed => ["payment.failed"],
        GatewayEvent.Canceled => ["payment_link.cancelled"],
        GatewayEvent.Expired when RazorpayViews.IsLink(news.Payment) => ["payment_link.expired"],
        GatewayEvent.Disputed => ["payment.dispute.created"],
        GatewayEvent.RefundCreated when news.Refund!.Status == GatewayRefundStatus.Succeeded => ["refund.created", "refund.processed"],
        GatewayEvent.RefundCreated => ["refund.created"],
        GatewayEvent.RefundSettled => [news.Refund!.Status == GatewayRefundStatus.Succeeded ? "refund.processed" : "refund.failed"],
        _ => [],   // nothing is told of an order that nobody pays, nor of money on its way
    };

    public static GatewayWebhook Write(string name, GatewayNews news, DateTimeOffset at, string page) => Write(
        name, at,
        [
            .. name.StartsWith("payment_link.", StringComparison.Ordinal)
                ? [("payment_link", RazorpayViews.OfLink(news.Payment, page))] : Array.Empty<(string, JsonObject)>(),
            .. name is "order.paid" or "payment_link.paid"
                ? [("order", RazorpayViews.OfOrder(news.Payment))] : Array.Empty<(string, JsonObject)>(),
            .. name.StartsWith("refund.", StringComparison.Ordinal)
                ? [("refund", RazorpayViews.OfRefund(news.Refund!))] : Array.Empty<(string, JsonObject)>(),
            .. name.StartsWith("payment.dispute.", StringComparison.Ordinal)
                ? [("dispute", RazorpayViews.OfDispute(news.Payment))] : Array.Empty<(string, JsonObject)>(),
            .. RazorpayViews.IsTried(news.Payment)
                ? [("payment", RazorpayViews.OfPayment(news.Payment))] : Array.Empty<(string, JsonObject)>(),
        ]);

    public static GatewayWebhook Write(string name, DateTimeOffset at, IReadOnlyList<(string Kind, JsonObject Entity)> about)
    {
        var payload = new JsonObject();
        foreach (var (kind, entity) in about)
            payload[kind] = new JsonObject { ["entity"] = entity };
        return new GatewayWebhook(name, Encoding.UTF8.GetBytes(new JsonObject
        {
            ["entity"] = "event", ["account_id"] = "acc_sandbox1", ["event"] = name,
            ["contains"] = new JsonArray([.. about.Select(one => JsonValue.Create(one.Kind))]), ["payload"] = payload,
            ["created_at"] = at.ToUnixTimeSeconds(),
        }.ToJsonString()));
    }

    /// <summary>The same each time that it is sent.</summary>
    public static string IdOf(byte[] body) => Convert.ToHexStringLower(SHA256.HashData(body))[..14];
}
