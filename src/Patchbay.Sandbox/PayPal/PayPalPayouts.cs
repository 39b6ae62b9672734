using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Payments;

namespace Patchbay.Sandbox.PayPal;

/// <summary>
/// Batches of one item. What keeps one from being sent twice is the batch's own name; the request id does not, as developers have seen it.
/// https://developer.paypal.com/docs/api/payments.payouts-batch/v1/
/// </summary>
internal static class PayPalPayouts
{
    public const string Path = "/v1/payments/payouts";

    private const string Currency = "currency";

    /// <summary>Null when it is no batch of one item that PayPal takes. The receiver's name may end in a magic code.</summary>
    public static GatewayOrder? Read(Call call)
    {
        if (NameOf(call) is null || call.Json!["items"] is not JsonArray { Count: 1 } items
            || items[0]?["receiver"]?.GetValue<string>() is not { } receiver)
            return null;
        var isReceiver = items[0]!["recipient_type"]?.GetValue<string>() switch
        {
            "EMAIL" => receiver.Contains('@', StringComparison.Ordinal),
            "PHONE" => receiver.StartsWith('+'),
            "PAYPAL_ID" => receiver.Length > 0,
            _ => false,
        };
        return isReceiver
            ? new GatewayOrder(PayPalViews.Amount(items[0]!["amount"], Currency), items[0]!["sender_item_id"]?.GetValue<string>())
            {
                Label = receiver.Split('@')[0],
            }
            : null;
    }

    /// <summary>Of the batch; null when it has none.</summary>
    public static string? NameOf(Call call) => call.Json?["sender_batch_header"]?["sender_batch_id"]?.GetValue<string>();

    public static Reply SentBefore(GatewayPayout earlier) => PayPalErrors.Of(400, "USER_BUSINESS_ERROR", new JsonObject
    {
        ["field"] = "SENDER_BATCH_ID", ["location"] = "body", ["issue"] = "Batch with given sender_batch_id already exists",
        ["link"] = new JsonArray(PayPalViews.Link("self", "https://api.sandbox.paypal.com" + Path + "/" + earlier.Id)),
    });

    /// <param name="withItem">The answer to the batch itself has none.</param>
    public static JsonObject View(GatewayPayout payout, bool withItem)
    {
        var view = new JsonObject
        {
            ["batch_header"] = new JsonObject
            {
                ["payout_batch_id"] = payout.Id, ["sender_batch_header"] = new JsonObject { ["sender_batch_id"] = payout.Name },
                ["batch_status"] = payout.Status == GatewayPayoutStatus.Pending ? "PENDING" : "SUCCESS",
            },
        };
        if (withItem)
            view["items"] = new JsonArray(Item(payout));
        return view;
    }

    /// <summary>Also the resource of its webhooks.</summary>
    public static JsonObject Item(GatewayPayout payout)
    {
        var amount = payout.Order.Amount!.Value;
        var item = new JsonObject
        {
            ["payout_item_id"] = "I" + payout.Id[1..], ["payout_batch_id"] = payout.Id,
            ["transaction_status"] = payout.Status switch
            {
                GatewayPayoutStatus.Paid => "SUCCESS",
                var other => other.ToString().ToUpperInvariant(),
            },
            ["payout_item_fee"] = PayPalViews.Write(amount with { MinorUnits = amount.MinorUnits / 50 }, Currency),
            ["payout_item"] = new JsonObject
            {
                ["amount"] = PayPalViews.Write(amount, Currency), ["receiver"] = payout.Order.Label,
                ["sender_item_id"] = payout.Order.Reference,
            },
        };
        if (payout.Status is GatewayPayoutStatus.Failed or GatewayPayoutStatus.Unclaimed or GatewayPayoutStatus.Returned)
            item["errors"] = payout.Status == GatewayPayoutStatus.Failed
                ? Error("RECEIVER_ACCOUNT_LOCKED", "The receiver's account is locked.")
                : Error("RECEIVER_UNREGISTERED", "The receiver has no PayPal account.");
        return item;
    }

    public static string EventOf(GatewayPayout payout) =>
        "PAYMENT.PAYOUTS-ITEM." + (payout.Status == GatewayPayoutStatus.Paid ? "SUCCEEDED" : payout.Status.ToString().ToUpperInvariant());

    private static JsonObject Error(string name, string message) =>
        new() { ["name"] = name, ["message"] = message, ["debug_id"] = "90957fca61718" };
}
