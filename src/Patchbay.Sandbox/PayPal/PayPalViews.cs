using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Payments;

namespace Patchbay.Sandbox.PayPal;

/// <summary>How PayPal shows orders and what was moved for them. https://developer.paypal.com/docs/api/orders/v2/</summary>
internal sealed class PayPalViews
{
    public const string Order = "O";

    private const char Authorization = 'A';

    private const char Capture = 'C';

    private const string Api = "https://api-m.sandbox.paypal.com/v2/";

    private const string Orders = Api + "checkout/orders/";

    private const string Authorizations = Api + "payments/authorizations/";

    private const string Captures = Api + "payments/captures/";

    private const string Refunds = Api + "payments/refunds/";

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
        var unit = Named(payment.Order.Reference, payment.Order.Asked, new JsonObject
        {
            ["reference_id"] = payment.Order.Label ?? "default", ["amount"] = Write(payment.Amount),
        });
        if (moved.Count > 0)
            unit["payments"] = moved;
        return new JsonObject
        {
            ["id"] = payment.Id,
            ["create_time"] = payment.CreatedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            ["intent"] = payment.Order.ManualCapture ? "AUTHORIZE" : "CAPTURE",
            ["status"] = payment.Status switch
            {
                GatewayStatus.Open => payment.Order.ReturnUrl is null ? "CREATED" : "PAYER_ACTION_REQUIRED",
                GatewayStatus.Approved => "APPROVED",
                GatewayStatus.Expired => "VOIDED",
                _ => "COMPLETED",
            },
            ["purchase_units"] = new JsonArray(unit),
            ["links"] = new JsonArray(
                Link("self", Orders + payment.Id),
                Link(payment.Order.ReturnUrl is null ? "approve" : "payer-action", page)),
        };
    }

    /// <summary>What is answered unless the request prefers a representation; of a completed order, also what was moved for it.</summary>
    public static JsonObject Minimal(JsonObject view)
    {
        var minimal = new JsonObject();
        foreach (var name in (string[])["id", "status", "links"])
            minimal[name] = view[name]!.DeepClone();
        if (view["purchase_units"]?[0] is JsonObject unit && unit["payments"] is { } moved)
            minimal["purchase_units"] = new JsonArray(
                new JsonObject { ["reference_id"] = unit["reference_id"]!.DeepClone(), ["payments"] = moved.DeepClone() });
        return minimal;
    }

    /// <param name="kind">As the ids of authorizations and captures begin.</param>
    public static bool Has(GatewayPayment payment, char kind) =>
        kind == Authorization ? payment.WasAuthorized : CaptureStatus(payment) is not null;

    public JsonObject OfAuthorization(GatewayPayment payment) => Transaction(payment, Authorization, payment.Amount, payment.Status switch
    {
        GatewayStatus.Canceled => "VOIDED",
        GatewayStatus.Paid => payment.Captured < payment.Amount ? "PARTIALLY_CAPTURED" : "CAPTURED",
        _ => "CREATED",
    }, AuthorizationLinks(Authorization + payment.Id[1..], payment.Id));

    public JsonObject OfCapture(GatewayPayment payment)
    {
        var amount = payment.Captured.MinorUnits > 0 ? payment.Captured : payment.Amount;
        var id = Capture + payment.Id[1..];
        var capture = Transaction(payment, Capture, amount, CaptureStatus(payment)!, new JsonArray(
            Link("self", Captures + id), Link("refund", $"{Captures}{id}/refund", "POST"),
            Link("up", payment.WasAuthorized ? $"{Authorizations}{Authorization}{payment.Id[1..]}" : Orders + payment.Id)));
        capture["final_capture"] = true;
        if (payment.Status != GatewayStatus.Paid)
            return capture;
        var fee = amount with { MinorUnits = amount.MinorUnits * 3 / 100 };
        capture["seller_receivable_breakdown"] = new JsonObject
        {
            ["gross_amount"] = Write(amount), ["paypal_fee"] = Write(fee), ["net_amount"] = Write(amount - fee),
        };
        return capture;
    }

    public JsonObject OfRefund(GatewayRefund refund) => Named(refund.Reference, refund.Asked, new JsonObject
    {
        ["id"] = refund.Id, ["amount"] = Write(refund.Amount),
        ["status"] = refund.Status switch
        {
            GatewayRefundStatus.Pending => "PENDING",
            GatewayRefundStatus.Succeeded => "COMPLETED",
            _ => "FAILED",
        },
        ["links"] = new JsonArray(
            Link("self", Refunds + refund.Id),
            Link("up", $"{Captures}{Capture}{refund.Payment.Id[1..]}")),
    });

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

    public static JsonObject Link(string rel, string href, string method = "GET") =>
        new() { ["rel"] = rel, ["href"] = href, ["method"] = method };

    private static JsonObject Transaction(GatewayPayment payment, char kind, Money amount, string status, JsonArray links) =>
        Named(payment.Order.Reference, payment.Order.Asked, new JsonObject
        {
            ["id"] = kind + payment.Id[1..], ["status"] = status, ["amount"] = Write(amount),
            ["supplementary_data"] = new JsonObject { ["related_ids"] = new JsonObject { ["order_id"] = payment.Id } },
            ["links"] = links,
        });

    private static JsonArray AuthorizationLinks(string id, string order) => new(
        Link("self", Authorizations + id), Link("capture", $"{Authorizations}{id}/capture", "POST"),
        Link("void", $"{Authorizations}{id}/void", "POST"), Link("up", Orders + order));

    /// <summary>The merchant's names for it, where it gave any.</summary>
    private static JsonObject Named(string? custom, JsonObject? asked, JsonObject view)
    {
        if (custom is not null)
            view["custom_id"] = custom;
        if (asked?["invoice_id"] is { } invoice)
            view["invoice_id"] = invoice.DeepClone();
        return view;
    }

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
