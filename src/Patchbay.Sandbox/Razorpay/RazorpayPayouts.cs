using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Payments;

namespace Patchbay.Sandbox.Razorpay;

/// <summary>RazorpayX: payouts to bank accounts, UPI addresses and known fund accounts. https://razorpay.com/docs/api/x/payouts/</summary>
internal static class RazorpayPayouts
{
    /// <summary>Null when it is no payout that RazorpayX takes. A UPI address may end in a magic code before the @.</summary>
    public static GatewayOrder? Read(Call call)
    {
        var fund = call.Json?["fund_account"];
        var (bank, address) = (fund?["bank_account"], fund?["vpa"]?["address"]?.GetValue<string>());
        var isBank = bank?["ifsc"]?.GetValue<string>().Length == 11 && bank["account_number"] is not null;
        var isReceiver = call.Text("mode") == "UPI"
            ? address?.Contains('@', StringComparison.Ordinal) == true : isBank || call.Text("fund_account_id") is not null;
        var isWhole = call.Text("account_number") is not null && call.Text("purpose") is not null && call.Text("currency") == "INR"
            && (fund is null || fund["contact"]?["name"] is not null);
        return !isReceiver || !isWhole ? null
            : new GatewayOrder(RazorpayViews.Amount(call.Json!["amount"], "INR"), call.Text("reference_id"))
            {
                Label = address?.Split('@')[0],
            };
    }

    public static JsonObject View(GatewayPayout payout) => new()
    {
        ["id"] = payout.Id, ["entity"] = "payout", ["amount"] = payout.Order.Amount!.Value.MinorUnits, ["currency"] = "INR",
        ["fees"] = payout.Status == GatewayPayoutStatus.Paid ? 590 : 0, ["tax"] = payout.Status == GatewayPayoutStatus.Paid ? 90 : 0,
        ["purpose"] = "payout", ["reference_id"] = payout.Order.Reference, ["notes"] = new JsonArray(),
        ["status"] = payout.Status switch
        {
            GatewayPayoutStatus.Pending => "processing",
            GatewayPayoutStatus.Unclaimed => "queued",
            GatewayPayoutStatus.Paid => "processed",
            GatewayPayoutStatus.Failed => "failed",
            _ => "reversed",
        },
        ["status_details"] = payout.Status switch
        {
            GatewayPayoutStatus.Failed => Details("bank_account_closed", "The receiver's account is closed."),
            GatewayPayoutStatus.Returned => Details("beneficiary_bank_offline", "The receiver's bank did not take it."),
            _ => null,
        },
    };

    public static string EventOf(GatewayPayout payout) => payout.Status switch
    {
        GatewayPayoutStatus.Pending => "payout.initiated",
        _ => "payout." + View(payout)["status"],
    };

    private static JsonObject Details(string reason, string description) =>
        new() { ["reason"] = reason, ["description"] = description, ["source"] = "beneficiary_bank" };
}
