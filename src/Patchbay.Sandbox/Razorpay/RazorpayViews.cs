using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Payments;

namespace Patchbay.Sandbox.Razorpay;

/// <summary>Razorpay's objects. A payment is one of each: the link, its order, and the try to pay it. The caller holds its gate.</summary>
internal static class RazorpayViews
{
    public const string Link = "plink_";
    public const string Order = "order_";
    public const string Pay = "pay_";

    public static string IdOf(GatewayPayment payment, string kind) => kind + payment.Id[Link.Length..];

    public static bool IsLink(GatewayPayment payment) => ((RazorpayOrder)payment.Order).IsLink;

    /// <summary>Whether the customer has tried to pay.</summary>
    public static bool IsTried(GatewayPayment payment) =>
        payment.IsDeclined || payment.WasAuthorized
        || payment.Status is GatewayStatus.Processing or GatewayStatus.Authorized or GatewayStatus.Paid or GatewayStatus.Failed;

    public static JsonObject OfLink(GatewayPayment payment, string page) => new()
    {
        ["id"] = payment.Id, ["amount"] = payment.Amount.MinorUnits, ["amount_paid"] = payment.Captured.MinorUnits,
        ["currency"] = payment.Amount.Currency.Code, ["accept_partial"] = false, ["reference_id"] = payment.Order.Reference,
        ["order_id"] = IdOf(payment, Order), ["short_url"] = page, ["callback_url"] = payment.Order.ReturnUrl ?? "",
        ["callback_method"] = payment.Order.ReturnUrl is null ? "" : "get", ["notes"] = Notes(payment.Order.Reference),
        ["status"] = LinkStatus(payment),
        ["payments"] = payment.Status != GatewayStatus.Paid ? null : new JsonArray(new JsonObject
        {
            ["payment_id"] = IdOf(payment, Pay), ["plink_id"] = payment.Id, ["amount"] = payment.Captured.MinorUnits,
            ["status"] = "captured", ["method"] = "card",
        }),
        ["created_at"] = payment.CreatedAt.ToUnixTimeSeconds(),
    };

    public static JsonObject OfOrder(GatewayPayment payment) => new()
    {
        ["id"] = IdOf(payment, Order), ["entity"] = "order", ["amount"] = payment.Amount.MinorUnits,
        ["amount_paid"] = payment.Captured.MinorUnits, ["amount_due"] = (payment.Amount - payment.Captured).MinorUnits,
        ["currency"] = payment.Amount.Currency.Code, ["receipt"] = IsLink(payment) ? null : payment.Order.Reference,
        ["status"] = payment.Status == GatewayStatus.Paid ? "paid" : IsTried(payment) ? "attempted" : "created",
        ["attempts"] = IsTried(payment) ? 1 : 0, ["notes"] = Notes(payment.Order.Reference),
        ["created_at"] = payment.CreatedAt.ToUnixTimeSeconds(),
    };

    public static JsonObject OfPayment(GatewayPayment payment)
    {
        var (isPaid, isFailed) = (payment.Status == GatewayStatus.Paid, payment.IsDeclined || payment.Status == GatewayStatus.Failed);
        var (refunded, units) = (payment.Refunded.MinorUnits, payment.Amount.MinorUnits);
        return new JsonObject
        {
            ["id"] = IdOf(payment, Pay), ["entity"] = "payment", ["amount"] = units, ["currency"] = payment.Amount.Currency.Code,
            ["status"] = isFailed ? "failed" : payment.Status switch
            {
                GatewayStatus.Authorized => "authorized",
                GatewayStatus.Paid => refunded == units ? "refunded" : "captured",
                _ => "created",
            },
            ["order_id"] = IdOf(payment, Order), ["method"] = "card", ["captured"] = isPaid, ["amount_refunded"] = refunded,
            ["refund_status"] = refunded == 0 ? null : refunded == units ? "full" : "partial",
            ["notes"] = Notes(payment.Order.Reference), ["fee"] = isPaid ? units * 236 / 10_000 : null,
            ["tax"] = isPaid ? units * 36 / 10_000 : null, ["error_code"] = isFailed ? "BAD_REQUEST_ERROR" : null,
            ["error_description"] = isFailed ? "Your payment was declined by the bank." : null,
            ["error_source"] = isFailed ? "bank" : null, ["error_step"] = isFailed ? "payment_authorization" : null,
            ["error_reason"] = isFailed ? "payment_failed" : null, ["created_at"] = payment.CreatedAt.ToUnixTimeSeconds(),
        };
    }

    public static JsonObject OfRefund(GatewayRefund refund) => new()
    {
        ["id"] = refund.Id, ["entity"] = "refund", ["amount"] = refund.Amount.MinorUnits,
        ["currency"] = refund.Amount.Currency.Code, ["payment_id"] = IdOf(refund.Payment, Pay), ["receipt"] = refund.Reference,
        ["notes"] = Notes(refund.Reference), ["speed_requested"] = "normal", ["speed_processed"] = "normal",
        ["status"] = refund.Status switch
        {
            GatewayRefundStatus.Pending => "pending",
            GatewayRefundStatus.Succeeded => "processed",
            _ => "failed",
        },
        ["created_at"] = refund.Payment.CreatedAt.ToUnixTimeSeconds(),
    };

    /// <summary>Of all of the payment; one payment has one.</summary>
    public static JsonObject OfDispute(GatewayPayment payment) => new()
    {
        ["id"] = IdOf(payment, "disp_"), ["entity"] = "dispute", ["payment_id"] = IdOf(payment, Pay),
        ["amount"] = payment.Captured.MinorUnits, ["currency"] = payment.Amount.Currency.Code, ["reason_code"] = "fraudulent",
        ["phase"] = "chargeback", ["status"] = "open",
    };

    public static JsonObject List(IEnumerable<JsonObject> items)
    {
        var list = new JsonArray([.. items]);
        return new JsonObject { ["entity"] = "collection", ["count"] = list.Count, ["items"] = list };
    }

    public static string LinkStatus(GatewayPayment payment) => payment.Status switch
    {
        GatewayStatus.Paid => "paid",
        GatewayStatus.Canceled => "cancelled",
        GatewayStatus.Expired => "expired",
        _ => "created",
    };

    /// <summary>Null when it is none of the currency's: Razorpay wants the last of three decimals to be 0.</summary>
    public static Money? Amount(JsonNode? node, string? code) =>
        node is JsonValue value && value.TryGetValue(out long units) && Currency.TryParse(code, out var currency)
        && (currency.Exponent < 3 || units % 10 == 0) ? new Money(units, currency) : null;

    /// <summary>An empty list where there are none.</summary>
    private static JsonNode Notes(string? reference) => reference is null ? new JsonArray() : new JsonObject { ["reference"] = reference };
}
