using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Payments;

namespace Patchbay.Sandbox.PhonePe;

/// <summary>PhonePe's objects. The caller holds the payment's gate.</summary>
internal static class PhonePeViews
{
    private const string Orders = "OMO";

    public static Reply Token(string token, DateTimeOffset now, TimeSpan lifetime) => Reply.Json(200, new JsonObject
    {
        ["access_token"] = token, ["encrypted_access_token"] = "", ["refresh_token"] = "", ["expires_in"] = 0,
        ["issued_at"] = now.ToUnixTimeSeconds(), ["expires_at"] = (now + lifetime).ToUnixTimeSeconds(), ["token_type"] = "O-Bearer",
    });

    /// <param name="code">Null for a general one.</param>
    public static Reply Refusal(int status, string? code = null) => Reply.Json(status, new JsonObject
    {
        ["code"] = code ?? status switch
        {
            401 => "UNAUTHORIZED",
            404 => "NOT_FOUND",
            429 => "TOO_MANY_REQUESTS",
            >= 500 => "INTERNAL_SERVER_ERROR",
            _ => "BAD_REQUEST",
        },
        ["message"] = "The request was refused.",
    });

    public static JsonObject Begun(GatewayPayment payment, string page) => new()
    {
        ["orderId"] = Orders + payment.Id, ["state"] = "PENDING", ["expireAt"] = payment.CreatedAt.AddMinutes(20).ToUnixTimeMilliseconds(),
        ["redirectUrl"] = page,
    };

    public static JsonObject Order(GatewayPayment payment) => new()
    {
        ["merchantId"] = payment.Account.Id, ["merchantOrderId"] = payment.Order.Reference, ["orderId"] = Orders + payment.Id,
        ["state"] = payment.Status switch
        {
            GatewayStatus.Paid => "COMPLETED",
            GatewayStatus.Failed or GatewayStatus.Expired or GatewayStatus.Canceled => "FAILED",
            _ => "PENDING",
        },
        ["amount"] = payment.Amount.MinorUnits, ["payableAmount"] = payment.Amount.MinorUnits, ["feeAmount"] = 0,
        ["metaInfo"] = new JsonObject { ["udf1"] = payment.Order.Label }, ["paymentDetails"] = Tries(payment),
    };

    public static JsonObject Refund(GatewayRefund refund) => new()
    {
        ["merchantId"] = refund.Payment.Account.Id, ["merchantRefundId"] = refund.Reference,
        ["originalMerchantOrderId"] = refund.Payment.Order.Reference, ["refundId"] = "OMR" + refund.Id,
        ["amount"] = refund.Amount.MinorUnits, ["state"] = refund.Status switch
        {
            GatewayRefundStatus.Pending => "PENDING",
            GatewayRefundStatus.Succeeded => "COMPLETED",
            _ => "FAILED",
        },
        ["errorCode"] = refund.Status == GatewayRefundStatus.Failed ? "TXN_AUTO_FAILED" : null,
    };

    /// <summary>The merchant's id of an order, of which PhonePe's own is made.</summary>
    public static string MerchantsOf(string id) => id.StartsWith(Orders, StringComparison.Ordinal) ? id[Orders.Length..] : id;

    /// <summary>The last one; none while nobody has tried.</summary>
    private static JsonArray Tries(GatewayPayment payment)
    {
        (string State, string? Code)? last = payment switch
        {
            { Status: GatewayStatus.Paid } => ("COMPLETED", null),
            { Status: GatewayStatus.Processing } => ("PENDING", null),
            { Status: GatewayStatus.Expired } => ("FAILED", "ORDER_EXPIRED"),
            { Status: GatewayStatus.Failed } or { IsDeclined: true } => ("FAILED", "TXN_AUTO_FAILED"),
            _ => null,
        };
        return last is not { } one ? [] : [new JsonObject
        {
            ["transactionId"] = "OM" + payment.Id, ["paymentMode"] = "UPI_INTENT", ["amount"] = payment.Amount.MinorUnits,
            ["state"] = one.State, ["errorCode"] = one.Code, ["detailedErrorCode"] = one.Code is null ? null : "U30",
        }];
    }
}
