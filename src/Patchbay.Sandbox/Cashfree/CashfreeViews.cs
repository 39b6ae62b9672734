using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Payments;

namespace Patchbay.Sandbox.Cashfree;

/// <summary>Cashfree's objects. The caller holds the payment's gate.</summary>
internal static class CashfreeViews
{
    public static JsonObject Order(GatewayPayment payment) => new()
    {
        ["cf_order_id"] = Number(payment), ["order_id"] = payment.Id, ["entity"] = "order", ["order_currency"] = "INR",
        ["order_amount"] = payment.Amount.Amount, ["order_status"] = payment.Status switch
        {
            GatewayStatus.Paid => "PAID",
            GatewayStatus.Canceled => "TERMINATED",
            GatewayStatus.Expired => "EXPIRED",
            _ => "ACTIVE",
        },
        ["payment_session_id"] = "session_" + payment.Id, ["order_note"] = payment.Order.Label,
        ["created_at"] = Time(payment.CreatedAt),
    };

    /// <summary>One try stands for all; empty before there is one.</summary>
    public static JsonArray Payments(GatewayPayment payment) =>
        payment.Status == GatewayStatus.Open && !payment.IsDeclined ? [] : [Payment(payment)];

    public static JsonObject Payment(GatewayPayment payment)
    {
        var isFailed = payment.IsDeclined || payment.Status == GatewayStatus.Failed;
        return new JsonObject
        {
            ["cf_payment_id"] = Number(payment), ["order_id"] = payment.Id, ["payment_currency"] = "INR",
            ["payment_amount"] = payment.Amount.Amount, ["payment_group"] = "upi",
            ["payment_status"] = isFailed ? "FAILED" : payment.Status switch
            {
                GatewayStatus.Paid => "SUCCESS",
                GatewayStatus.Processing => "PENDING",
                _ => "CANCELLED",
            },
            ["is_captured"] = payment.Status == GatewayStatus.Paid,
            ["payment_message"] = isFailed ? "The bank declined the payment" : "Simulated response message",
            ["payment_time"] = Time(payment.CreatedAt),
        };
    }

    /// <summary>Why the last try failed; null when none did.</summary>
    public static JsonObject? ErrorDetails(GatewayPayment payment) => payment.IsDeclined || payment.Status == GatewayStatus.Failed
        ? new JsonObject
        {
            ["error_code"] = "TRANSACTION_DECLINED", ["error_description"] = "The bank declined the payment",
            ["error_reason"] = "auth_declined", ["error_source"] = "customer",
        } : null;

    public static JsonObject Refund(GatewayRefund refund) => new()
    {
        ["cf_payment_id"] = Number(refund.Payment), ["cf_refund_id"] = "refund_" + refund.Id, ["order_id"] = refund.Payment.Id,
        ["refund_id"] = refund.Id, ["entity"] = "refund", ["refund_amount"] = refund.Amount.Amount, ["refund_currency"] = "INR",
        ["refund_status"] = refund.Status switch
        {
            GatewayRefundStatus.Pending => "PENDING",
            GatewayRefundStatus.Succeeded => "SUCCESS",
            _ => "CANCELLED",
        },
        ["refund_type"] = "MERCHANT_INITIATED", ["refund_charge"] = 0, ["status_description"] = "Simulated",
    };

    public static JsonObject Dispute(GatewayPayment payment) => new()
    {
        ["dispute_id"] = Number(payment), ["dispute_type"] = "CHARGEBACK", ["dispute_status"] = "CHARGEBACK_CREATED",
        ["dispute_amount"] = payment.Captured.Amount, ["dispute_amount_currency"] = "INR", ["reason_code"] = "1402",
    };

    public static JsonObject Transfer(GatewayPayout payout)
    {
        var (status, code) = payout.Status switch
        {
            GatewayPayoutStatus.Paid => ("SUCCESS", "COMPLETED"),
            GatewayPayoutStatus.Failed => ("FAILED", "INVALID_BENE_ACCOUNT_OR_IFSC"),
            GatewayPayoutStatus.Returned => ("REVERSED", "BENE_BANK_DECLINED"),
            GatewayPayoutStatus.Unclaimed => ("SUCCESS", "SENT_TO_BENEFICIARY"),
            _ => ("RECEIVED", "RECEIVED"),
        };
        var isSent = status == "SUCCESS";
        return new JsonObject
        {
            ["transfer_id"] = payout.Name, ["cf_transfer_id"] = payout.Id, ["status"] = status, ["status_code"] = code,
            ["status_description"] = "Simulated", ["transfer_amount"] = payout.Order.Amount!.Value.Amount, ["transfer_mode"] = "BANK",
            ["transfer_utr"] = "", ["transfer_service_charge"] = isSent ? 5 : 0, ["transfer_service_tax"] = isSent ? 0.9m : 0,
        };
    }

    public static string EventOf(GatewayPayout payout) => payout.Status switch
    {
        GatewayPayoutStatus.Paid => "TRANSFER_ACKNOWLEDGED",
        GatewayPayoutStatus.Failed => "TRANSFER_FAILED",
        GatewayPayoutStatus.Returned => "TRANSFER_REVERSED",
        _ => "TRANSFER_SUCCESS",
    };

    /// <summary>With at most two decimals; null for anything else, and for less than a rupee.</summary>
    public static Money? Amount(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out decimal number) && number >= 1
        && Money.TryFromMajor(number, Currency.Parse("INR"), out var money) ? money : null;

    public static string Time(DateTimeOffset at) =>
        at.ToOffset(TimeSpan.FromHours(5.5)).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>Digits that stay the same for a payment.</summary>
    private static string Number(GatewayPayment payment) => Signatures.Crc32(System.Text.Encoding.UTF8.GetBytes(payment.Id))
        .ToString(CultureInfo.InvariantCulture);
}
