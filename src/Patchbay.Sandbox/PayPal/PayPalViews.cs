using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Payments;

namespace Patchbay.Sandbox.PayPal;

/// <summary>How PayPal shows orders and what was moved for them. https://developer.paypal.com/docs/api/orders/v2/</summary>
internal sealed class PayPalViews
{
    public const string Order = "O";

    /// <summary>Without decimals at PayPal; the yen has none anyway.</summary>
    private static readonly string[] WholeUnitsOnly = ["HUF", "TWD"];

    /// <summary>Null when it is missing, or none that PayPal takes.</summary>
    /// <param name="code">What the currency is called there.</param>
    public static Money? Amount(JsonNode? node, string code = "currency_code") =>
        Currency.TryParse(node?[code]?.GetValue<string>(), out var currency)
        && node!["value"]?.GetValue<string>() is { } text && PlainDecimal.TryParse(text, out var number)
        && !(WholeUnitsOnly.Contains(currency.Code) && text.Contains('.', StringComparison.Ordinal)) && currency.Exponent < 3
        && Money.TryFromMajor(number, currency, out var money)
            ? money : null;

    public JsonObject OfOrder(GatewayPayment payment, IEnumerable<GatewayRefund> refunds, string page)
    {
        var moved = new JsonObject();
        if (payment.WasAuthorized)
            moved["authorizations"] = new JsonArray(OfAuthorization(payment));
        if (CaptureStatus(payment) is not null)
            moved["captures"] = new JsonArray(OfCapture(payment));
        if (refunds.Select(OfRefund).ToArray<JsonNode>() is { Length: > 0 } returned)
            moved["refunds"] = new JsonArray(returned);
        return new JsonObject
        {
            ["id"] = payment.Id, ["intent"] = payment.Order.ManualCapture ? "AUTHORIZE" : "CAPTURE",
            ["status"] = payment.Status switch
            {
                GatewayStatus.Open => payment.Order.ReturnUrl is null ? "CREATED" : "PAYER_ACTION_REQUIRED",
                GatewayStatus.Approved => "APPROVED",
                GatewayStatus.Expired => "VOIDED",
                _ => "COMPLETED",
            },
            ["purchase_units"] = new JsonArray(new JsonObject
            {
                ["reference_id"] = payment.Order.Label, ["custom_id"] = payment.Order.Reference,
                ["invoice_id"] = payment.Order.Reference, ["amount"] = Write(payment.Amount), ["payments"] = moved,
            }),
            ["links"] = new JsonArray(
                Link("self", "https://api-m.sandbox.paypal.com/v2/checkout/orders/" + payment.Id),
                Link(payment.Order.ReturnUrl is null ? "approve" : "payer-action", page)),
        };
    }

    public JsonObject OfAuthorization(GatewayPayment payment) => Transaction(payment, 'A', payment.Amount, payment.Status switch
    {
        GatewayStatus.Canceled => "VOIDED",
        GatewayStatus.Paid => payment.Captured < payment.Amount ? "PARTIALLY_CAPTURED" : "CAPTURED",
        _ => "CREATED",
    });

    public JsonObject OfCapture(GatewayPayment payment)
    {
        var amount = payment.Captured.MinorUnits > 0 ? payment.Captured : payment.Amount;
        var capture = Transaction(payment, 'C', amount, CaptureStatus(payment)!);
        if (payment.Status != GatewayStatus.Paid)
            return capture;
        var fee = amount with { MinorUnits = amount.MinorUnits * 3 / 100 };
        capture["seller_receivable_breakdown"] = new JsonObject
        {
            ["gross_amount"] = Write(amount), ["paypal_fee"] = Write(fee), ["net_amount"] = Write(amount - fee),
        };
        return capture;
    }

    public JsonObject OfRefund(GatewayRefund refund) => new()
    {
        ["id"] = refund.Id, ["amount"] = Write(refund.Amount), ["custom_id"] = refund.Reference, ["invoice_id"] = refund.Reference,
        ["status"] = refund.Status switch
        {
            GatewayRefundStatus.Pending => "PENDING",
            GatewayRefundStatus.Succeeded => "COMPLETED",
            _ => "FAILED",
        },
        ["links"] = new JsonArray(
            Link("up", $"https://api-m.sandbox.paypal.com/v2/payments/captures/C{refund.Payment.Id[1..]}")),
    };

    public JsonObject OfDispute(GatewayPayment payment) => new()
    {
        ["dispute_id"] = "PP-D-" + payment.Id[^5..], ["status"] = "OPEN", ["reason"] = "UNAUTHORISED",
        ["dispute_amount"] = Write(payment.Captured),
        ["disputed_transactions"] = new JsonArray(new JsonObject
        {
            ["seller_transaction_id"] = "C" + payment.Id[1..], ["custom"] = payment.Order.Reference,
        }),
    };

    public static JsonObject Write(Money money, string code = "currency_code") => new()
    {
        [code] = money.Currency.Code,
        ["value"] = WholeUnitsOnly.Contains(money.Currency.Code)
            ? (money.MinorUnits / 100).ToString(CultureInfo.InvariantCulture) : money.ToAmountString(),
    };

    public static JsonObject Link(string rel, string href) => new() { ["rel"] = rel, ["href"] = href, ["method"] = "GET" };

    private static JsonObject Transaction(GatewayPayment payment, char kind, Money amount, string status) => new()
    {
        ["id"] = kind + payment.Id[1..], ["status"] = status, ["amount"] = Write(amount), ["custom_id"] = payment.Order.Reference,
        ["invoice_id"] = payment.Order.Reference,
        ["supplementary_data"] = new JsonObject { ["related_ids"] = new JsonObject { ["order_id"] = payment.Id } },
    };

    /// <summary>Null: there is no capture.</summary>
    private static string? CaptureStatus(GatewayPayment payment) => payment.Status switch
    {
        GatewayStatus.Processing => "PENDING",
        GatewayStatus.Failed => "DECLINED",
        GatewayStatus.Paid when payment.Refunded.MinorUnits == 0 => "COMPLETED",
        GatewayStatus.Paid => payment.Refundable.MinorUnits == 0 ? "REFUNDED" : "PARTIALLY_REFUNDED",
        _ => null,
    };
}
