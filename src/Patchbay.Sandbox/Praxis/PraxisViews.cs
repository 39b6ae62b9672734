using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Payments;

namespace Patchbay.Sandbox.Praxis;

/// <summary>Praxis's objects. The caller holds the payment's gate.</summary>
internal static class PraxisViews
{
    /// <param name="page">Only of a session that is being opened.</param>
    public static JsonObject Answer(DateTimeOffset now, JsonObject session, JsonObject? transaction, Uri? page = null)
    {
        var view = new JsonObject
        {
            ["status"] = 0, ["description"] = "Ok",
            ["customer"] = new JsonObject { ["customer_token"] = "87cfb23a8f1e68e162c276b754d9c061" },
            ["session"] = session, ["transaction"] = transaction, ["version"] = "1.3", ["timestamp"] = now.ToUnixTimeSeconds(),
        };
        if (page is not null)
        {
            view["redirect_url"] = page.OriginalString;
            session["auth_token"] = "sandbox-token-" + page.Segments[^1];
        }

        return view;
    }

    public static Reply Refusal(int http, int status, string description) =>
        Reply.Json(http, new JsonObject { ["status"] = status, ["description"] = description, ["version"] = "1.3" });

    public static JsonObject Session(GatewayPayment payment) => Session(
        payment.Order.Reference, "payment", payment.Amount, payment.Status switch
        {
            GatewayStatus.Paid => "successful",
            GatewayStatus.Expired => "expired",
            GatewayStatus.Failed or GatewayStatus.Canceled => "failed",
            _ => "open",
        });

    public static JsonObject Session(GatewayRefund refund) => Session(refund.Reference, "refund", refund.Amount, "successful");

    public static JsonObject Session(GatewayPayout payout) => Session(
        payout.Order.Reference, "withdrawal", payout.Order.Amount!.Value, payout.Status switch
        {
            GatewayPayoutStatus.Pending => "open",
            GatewayPayoutStatus.Canceled => "expired",
            _ => "successful",
        });

    /// <summary>The request, or the payout on it; null while the receiver has not chosen.</summary>
    public static JsonObject? Transaction(GatewayPayout payout)
    {
        var isRequest = payout.Status == GatewayPayoutStatus.Requested;
        return payout.Status is GatewayPayoutStatus.Pending or GatewayPayoutStatus.Canceled ? null : Transaction(
            isRequest ? payout.Id : payout.Id + "1", "payout", payout.Status switch
            {
                GatewayPayoutStatus.Requested => "requested",
                GatewayPayoutStatus.Paid => "approved",
                GatewayPayoutStatus.Failed => "declined",
                _ => "pending",
            }, payout.Order.Amount!.Value);
    }

    /// <summary>Null while nobody has tried to pay.</summary>
    public static JsonObject? Transaction(GatewayPayment payment)
    {
        var status = payment switch
        {
            { IsDisputed: true } => "chargeback",
            { Status: GatewayStatus.Paid } => "approved",
            { Status: GatewayStatus.Processing } => "pending",
            { Status: GatewayStatus.Failed } or { Status: GatewayStatus.Open, IsDeclined: true } => "declined",
            _ => null,
        };
        return status is null ? null : Transaction(payment.Id, "sale", status, payment.Amount);
    }

    public static JsonObject Transaction(GatewayRefund refund)
    {
        var view = Transaction(refund.Id, "refund", refund.Status switch
        {
            GatewayRefundStatus.Pending => "pending",
            GatewayRefundStatus.Succeeded => "approved",
            _ => "declined",
        }, refund.Amount);
        view["reference_id"] = Number(refund.Payment.Id);
        return view;
    }

    private static JsonObject Session(string? order, string intent, Money amount, string status) => new()
    {
        ["intent"] = intent, ["session_status"] = status, ["order_id"] = order, ["currency"] = amount.Currency.Code,
        ["amount"] = amount.MinorUnits, ["cid"] = "sandbox-customer",
    };

    private static JsonObject Transaction(string id, string type, string status, Money amount) => new()
    {
        ["tid"] = Number(id), ["transaction_type"] = type, ["transaction_status"] = status, ["currency"] = amount.Currency.Code,
        ["amount"] = amount.MinorUnits, ["conversion_rate"] = "1.000000", ["processed_currency"] = amount.Currency.Code,
        ["processed_amount"] = amount.MinorUnits, ["payment_method"] = "Credit Card", ["payment_processor"] = "Sandbox",
        ["status_code"] = status == "declined" ? "SC-002" : "SC-000",
        ["status_details"] = status == "declined" ? "The bank declined." : null,
    };

    private static long Number(string id) => long.Parse(id, CultureInfo.InvariantCulture);
}
