using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Payments;

namespace Patchbay.Sandbox.BridgerPay;

/// <summary>BridgerPay's objects, in the envelope of every answer. The caller holds the payment's gate.</summary>
internal static class BridgerPayViews
{
    public const string Closed = "cashier.session.close";
    public const string Provider = "examplebank";

    private const string RefundIds = "rfd-";

    public static Reply Providers => Done(new JsonObject
    {
        ["providers"] = new JsonArray(new JsonObject
        {
            ["name"] = Provider, ["title"] = "Example bank", ["payout_method_type"] = "bank_account", ["fields"] = new JsonArray(),
        }),
    });

    public static Reply Done(JsonNode result) => Reply.Json(200, new JsonObject
    {
        ["response"] = new JsonObject { ["status"] = "OK", ["code"] = 200, ["message"] = "" }, ["result"] = result,
    });

    /// <param name="message">Null for a general one.</param>
    /// <param name="field">The field that was not taken; null: it is not about one.</param>
    public static Reply Refusal(int status, string? message = null, string? field = null)
    {
        var view = new JsonObject
        {
            ["response"] = new JsonObject
            {
                ["status"] = status switch
                {
                    400 => "BadRequest",
                    401 => "Unauthorized",
                    403 => "Forbidden",
                    404 => "NotFound",
                    _ => "Error",
                },
                ["code"] = status, ["message"] = message ?? (status == 401 ? "merchant api key is invalid" : "The request was refused"),
            },
        };
        if (field is not null)
            view["result"] = new JsonArray(new JsonObject { ["type"] = "field", ["field"] = field, ["message"] = field + " is invalid" });
        return Reply.Json(status, view);
    }

    public static Reply Entrance(string token, TimeSpan lifetime) => Done(new JsonObject
    {
        ["access_token"] = new JsonObject { ["token"] = token, ["expires_in"] = (long)lifetime.TotalSeconds }, ["refresh_token"] = "none",
    });

    public static Reply Session(string token) => Done(new JsonObject { ["cashier_token"] = token });

    /// <summary>Null when the body has no order.</summary>
    public static GatewayOrder? Order(Call call) => call.Text("order_id") is not { } order ? null : new GatewayOrder(
        Currency.TryParse(call.Text("currency"), out var currency) && call.Json?["amount"] is JsonValue value
            && value.TryGetValue(out decimal number) && Money.TryFromMajor(number, currency, out var amount) ? amount : null,
        order);

    /// <summary>Null while nobody has tried to pay.</summary>
    public static JsonObject? Deposit(GatewayPayment payment) => StatusOf(payment) is not { } status ? null : new JsonObject
    {
        ["deposit"] = new JsonObject
        {
            ["id"] = "dep-" + payment.Id, ["status"] = status, ["amount"] = payment.Amount.Amount,
            ["currency"] = payment.Amount.Currency.Code, ["merchant_order_id"] = payment.Order.Reference, ["psp_name"] = "sandbox",
            ["decline_code"] = status == "declined" ? "05" : null,
            ["decline_reason"] = status == "declined" ? "The bank declined." : null,
        },
    };

    public static Reply Refund(GatewayRefund refund) => Done(new JsonObject
    {
        ["refund_transaction_id"] = refund.Id, ["amount"] = refund.Amount.Amount, ["currency"] = refund.Amount.Currency.Code,
        ["status"] = refund.Status switch
        {
            GatewayRefundStatus.Pending => "pending",
            GatewayRefundStatus.Succeeded => "approved",
            _ => "declined",
        },
    });

    public static JsonObject Payout(GatewayPayout payout) => new()
    {
        ["id"] = payout.Id, ["transaction_id"] = "tx-" + payout.Id, ["merchant_order_id"] = payout.Order.Reference,
        ["amount"] = payout.Order.Amount!.Value.Amount, ["currency"] = payout.Order.Amount!.Value.Currency.Code, ["status"] =
            payout.Status switch
            {
                GatewayPayoutStatus.Paid => "Approved",
                GatewayPayoutStatus.Failed or GatewayPayoutStatus.Returned => "Declined",
                _ => "Pending",
            },
    };

    public static Reply List(IEnumerable<GatewayPayout> payouts) => Done(new JsonArray([.. payouts.Select(Payout)]));

    /// <summary>The payment that an id in a path is of: its own, or that of its refunds.</summary>
    public static string PaymentOf(string id) => id.StartsWith(RefundIds, StringComparison.Ordinal) ? id[RefundIds.Length..] : id;

    /// <summary>Null where nothing is told.</summary>
    public static string? TypeOf(GatewayNews news) => news switch
    {
        { Event: GatewayEvent.Paid } => "approved",
        { Event: GatewayEvent.Declined or GatewayEvent.Failed } => "declined",
        { Event: GatewayEvent.Expired } => Closed,
        { Refund.Status: GatewayRefundStatus.Succeeded, Payment: var payment } =>
            payment.Refunded == payment.Captured ? "refunded" : "partly_refunded",
        _ => null,
    };

    /// <summary>Null where nothing is told.</summary>
    public static string? TypeOf(GatewayPayout payout) => payout.Status switch
    {
        GatewayPayoutStatus.Paid => "approved",
        GatewayPayoutStatus.Failed or GatewayPayoutStatus.Returned => "declined",
        _ => null,
    };

    public static byte[] Notice(string type, GatewayNews news)
    {
        var payment = news.Payment;
        var charge = Charge(news.Refund is null ? "deposit" : "refund", StatusOf(payment), news.Refund?.Amount ?? payment.Amount);
        charge["is_refundable"] = payment.Status == GatewayStatus.Paid;
        charge["refund_id"] = payment.Status == GatewayStatus.Paid ? RefundIds + payment.Id : null;
        return Notice(type, payment.Order.Reference, charge, payment.Order.Asked?["payload"]?.ToString());
    }

    /// <summary>What begins a payout has no payload to hand back.</summary>
    public static byte[] Notice(string type, GatewayPayout payout) =>
        Notice(type, payout.Order.Reference, Charge("payout", type, payout.Order.Amount!.Value), null);

    /// <summary>As somebody would write it who does not know how the payload was made.</summary>
    public static string Forged(string notice)
    {
        var view = JsonNode.Parse(notice)!;
        view["meta"]!["payload"] = "v1|" + view["data"]!["order_id"] + "|1.00|EUR|" + new string('A', 43);
        return view.ToJsonString();
    }

    private static byte[] Notice(string type, string? order, JsonObject charge, string? payload) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["webhook"] = new JsonObject { ["type"] = type },
        ["data"] = new JsonObject { ["order_id"] = order, ["psp_name"] = "sandbox", ["charge"] = charge },
        ["meta"] = new JsonObject { ["server_time"] = 0, ["payload"] = payload },
    }.ToJsonString());

    private static JsonObject Charge(string operation, string? status, Money amount) => new()
    {
        ["type"] = "charge", ["operation_type"] = operation, ["attributes"] = new JsonObject
        {
            ["status"] = status, ["amount"] = amount.Amount, ["currency"] = amount.Currency.Code, ["live_mode"] = false,
        },
    };

    private static string? StatusOf(GatewayPayment payment) => payment switch
    {
        { Status: GatewayStatus.Paid } when payment.Refunded.MinorUnits > 0 =>
            payment.Refunded == payment.Captured ? "refunded" : "partly_refunded",
        { Status: GatewayStatus.Paid } => "approved",
        { Status: GatewayStatus.Processing } => "pending",
        { Status: GatewayStatus.Failed } or { Status: GatewayStatus.Open, IsDeclined: true } => "declined",
        { Status: GatewayStatus.Canceled } => "voided",
        _ => null,
    };
}
