using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Payments;

namespace Patchbay.Sandbox.Square;

/// <summary>
/// Square's objects, and its ids: a link, its order and its payment differ in the first letter. A payment of the sandbox is called as its
/// order.
/// </summary>
internal static class SquareViews
{
    public const char Order = 'O';

    public static string LinkOf(GatewayPayment payment) => 'L' + payment.Id[1..];

    public static string PaymentOf(GatewayPayment payment) => 'P' + payment.Id[1..];

    public static JsonObject Link(GatewayPayment payment, string page) => new()
    {
        ["payment_link"] = new JsonObject
        {
            ["id"] = LinkOf(payment), ["version"] = 1, ["order_id"] = payment.Id, ["url"] = page, ["long_url"] = page,
            ["payment_note"] = Note(payment), ["created_at"] = Time(payment.CreatedAt),
        },
        ["related_resources"] = new JsonObject { ["orders"] = new JsonArray(OrderOf(payment)) },
    };

    public static JsonObject OrderOf(GatewayPayment payment)
    {
        var order = new JsonObject
        {
            ["id"] = payment.Id, ["location_id"] = payment.Order.Asked!["order"]!["location_id"]!.DeepClone(),
            ["reference_id"] = payment.Order.Reference, ["total_money"] = Write(payment.Amount), ["version"] = 1,
            ["state"] = payment.Status switch
            {
                GatewayStatus.Canceled or GatewayStatus.Expired => "CANCELED",
                GatewayStatus.Paid => "COMPLETED",
                _ => "OPEN",
            },
        };
        if (payment.Status is GatewayStatus.Paid or GatewayStatus.Processing)
        {
            order["tenders"] = new JsonArray(
                new JsonObject { ["id"] = PaymentOf(payment), ["payment_id"] = PaymentOf(payment), ["type"] = "CARD" });
        }

        return order;
    }

    /// <param name="attempt">The id of a try that was declined; null for the payment itself.</param>
    public static JsonObject Payment(GatewayPayment payment, DateTimeOffset at, string? attempt = null)
    {
        var view = new JsonObject
        {
            ["id"] = attempt ?? PaymentOf(payment), ["amount_money"] = Write(payment.Amount), ["total_money"] = Write(payment.Amount),
            ["order_id"] = payment.Id, ["note"] = Note(payment), ["created_at"] = Time(payment.CreatedAt), ["updated_at"] = Time(at),
            ["status"] = attempt is not null ? "FAILED" : payment.Status == GatewayStatus.Processing ? "PENDING" : "COMPLETED",
        };
        if (attempt is not null)
        {
            view["card_details"] = new JsonObject
            {
                ["errors"] = new JsonArray(new JsonObject
                {
                    ["category"] = "PAYMENT_METHOD_ERROR", ["code"] = "GENERIC_DECLINE",
                    ["detail"] = "Authorization error: 'GENERIC_DECLINE'",
                }),
            };
        }
        else if (payment.Status == GatewayStatus.Paid)
        {
            var fee = payment.Amount with { MinorUnits = payment.Amount.MinorUnits * 3 / 100 };
            view["processing_fee"] = new JsonArray(new JsonObject { ["type"] = "INITIAL", ["amount_money"] = Write(fee) });
            view["refunded_money"] = Write(payment.Refunded);
        }

        return view;
    }

    public static JsonObject Refund(GatewayRefund refund, DateTimeOffset at) => new()
    {
        ["id"] = refund.Id, ["payment_id"] = PaymentOf(refund.Payment), ["order_id"] = refund.Payment.Id,
        ["amount_money"] = Write(refund.Amount), ["reason"] = refund.Asked?["reason"]?.DeepClone(), ["created_at"] = Time(at),
        ["updated_at"] = Time(at),
        ["status"] = refund.Status switch
        {
            GatewayRefundStatus.Pending => "PENDING",
            GatewayRefundStatus.Succeeded => "COMPLETED",
            _ => "FAILED",
        },
    };

    public static JsonObject Dispute(GatewayPayment payment, DateTimeOffset at) => new()
    {
        ["id"] = "dp_" + payment.Id[^10..], ["state"] = "EVIDENCE_REQUIRED", ["reason"] = "NOT_AS_DESCRIBED",
        ["amount_money"] = Write(payment.Captured), ["disputed_payment"] = new JsonObject { ["payment_id"] = PaymentOf(payment) },
        ["updated_at"] = Time(at),
    };

    /// <summary>Null when it is missing, or none of a currency that Square takes.</summary>
    public static Money? Amount(JsonNode? node) => node is JsonObject money
        && Currency.TryParse(money["currency"]?.ToString(), out var currency) && currency.Exponent < 3
        && money["amount"] is JsonValue value && value.TryGetValue(out long amount) ? new Money(amount, currency) : null;

    public static JsonObject Write(Money money) => new() { ["amount"] = money.MinorUnits, ["currency"] = money.Currency.Code };

    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    private static JsonNode? Note(GatewayPayment payment) => payment.Order.Asked!["payment_note"]?.DeepClone();
}
