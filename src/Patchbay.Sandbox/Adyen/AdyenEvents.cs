using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Payments;

namespace Patchbay.Sandbox.Adyen;

/// <summary>Standard webhooks, before they are signed.</summary>
internal static class AdyenEvents
{
    /// <summary>Of a webhook, and of what a payment was asked for with: whether it is in live mode.</summary>
    public const string Live = "live";

    /// <summary>Null when Adyen tells nothing of it: neither of a link that ends, nor of what is only pending.</summary>
    /// <param name="attempt">The id of a try that is declined.</param>
    public static GatewayWebhook? Write(GatewayNews news, string attempt, DateTimeOffset at)
    {
        var (payment, refund) = (news.Payment, news.Refund);
        return news.Event switch
        {
            GatewayEvent.Authorized => Authorisation(payment, at),
            GatewayEvent.Paid => payment.WasAuthorized
                ? Item(payment, "CAPTURE", AdyenViews.CaptureOf(payment), true, at, AdyenViews.Write(payment.Captured))
                : Authorisation(payment, at),
            GatewayEvent.Declined or GatewayEvent.Failed => Item(payment, "AUTHORISATION", attempt, false, at, reason: "Refused"),
            GatewayEvent.Canceled when payment.WasAuthorized =>
                Item(payment, "CANCELLATION", AdyenViews.CancellationOf(payment), true, at),
            GatewayEvent.Disputed => Item(payment, "CHARGEBACK", 'D' + payment.Id[3..], true, at, reason: "Fraudulent transaction"),
            GatewayEvent.RefundCreated or GatewayEvent.RefundSettled when refund!.Status != GatewayRefundStatus.Pending => Item(
                payment, "REFUND", refund.Id, refund.Status == GatewayRefundStatus.Succeeded, at, AdyenViews.Write(refund.Amount),
                refund.Reference, refund.Status == GatewayRefundStatus.Succeeded ? "" : "Refund failed"),
            _ => null,
        };
    }

    /// <summary>A modification that was received, and could not be carried out.</summary>
    public static GatewayWebhook Refused(
        GatewayPayment payment, string code, string psp, JsonNode? amount, string? reference, DateTimeOffset at) =>
        Item(payment, code, psp, false, at, amount, reference, "Insufficient balance on payment");

    private static GatewayWebhook Authorisation(GatewayPayment payment, DateTimeOffset at) =>
        Item(payment, "AUTHORISATION", AdyenViews.PaymentOf(payment), true, at, reason: "033899:1111:03/2030");

    /// <param name="amount">Null: the payment's.</param>
    /// <param name="reference">Null: the payment's.</param>
    private static GatewayWebhook Item(
        GatewayPayment payment, string code, string psp, bool success, DateTimeOffset at, JsonNode? amount = null, string? reference = null,
        string reason = "")
    {
        var asked = payment.Order.Asked!;
        var item = new JsonObject
        {
            ["additionalData"] = new JsonObject(), ["amount"] = amount?.DeepClone() ?? AdyenViews.Write(payment.Amount),
            ["eventCode"] = code, ["eventDate"] = at.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture),
            ["merchantAccountCode"] = asked["merchantAccount"]?.DeepClone(),
            ["merchantReference"] = reference ?? asked["reference"]?.ToString(), ["paymentMethod"] = "visa", ["pspReference"] = psp,
            ["reason"] = reason, ["success"] = success ? "true" : "false",
        };
        if (code == "AUTHORISATION")
            item["additionalData"]!["paymentLinkId"] = payment.Id;
        else
            item["originalReference"] = AdyenViews.PaymentOf(payment);
        if (code == "AUTHORISATION" && success)
            item["operations"] = new JsonArray("CANCEL", "CAPTURE", "REFUND");
        var body = new JsonObject
        {
            [Live] = asked[Live]!.GetValue<bool>() ? "true" : "false",
            ["notificationItems"] = new JsonArray(new JsonObject { ["NotificationRequestItem"] = item }),
        };
        return new GatewayWebhook(code, Encoding.UTF8.GetBytes(body.ToJsonString()));
    }
}
