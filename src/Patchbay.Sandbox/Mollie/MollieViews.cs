using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Payments;

namespace Patchbay.Sandbox.Mollie;

/// <summary>Mollie's objects. The caller holds the payment's gate.</summary>
internal static class MollieViews
{
    public const string ContentType = "application/hal+json";

    private const string ProfileId = "pfl_sandbox1";

    public static JsonObject Organization => new() { ["resource"] = "organization", ["id"] = "org_1", ["name"] = "Sandbox organization" };

    public static JsonObject Profile(GatewayAccount account) => new()
    {
        ["resource"] = "profile", ["id"] = ProfileId, ["mode"] = Mode(account), ["name"] = "Sandbox shop", ["status"] = "verified",
    };

    /// <param name="embed">As in the query: names with commas; null for none.</param>
    public static JsonObject Payment(GatewayPayment payment, string page, string? embed)
    {
        var (isOpen, isFailed) = (payment.Status == GatewayStatus.Open, payment.Status == GatewayStatus.Failed);
        var view = new JsonObject
        {
            ["resource"] = "payment", ["id"] = payment.Id, ["mode"] = Mode(payment.Account), ["createdAt"] = Time(payment.CreatedAt),
            ["amount"] = Amount(payment.Amount), ["description"] = payment.Order.Reference ?? payment.Id,
            ["metadata"] = Metadata(payment.Order.Reference), ["status"] = Status(payment), ["isCancelable"] = isOpen,
            ["captureMode"] = payment.Order.ManualCapture ? "manual" : "automatic", ["profileId"] = ProfileId, ["sequenceType"] = "oneoff",
            ["redirectUrl"] = payment.Order.ReturnUrl, ["webhookUrl"] = payment.Order.WebhookUrl,
        };
        if (isFailed)
            view["statusReason"] = new JsonObject { ["code"] = "declined", ["message"] = "The customer's bank declined the payment." };
        if (payment.Status == GatewayStatus.Paid)
        {
            view["amountRefunded"] = Amount(payment.Refunded);
            view["amountRemaining"] = Amount(payment.Refundable);
        }

        if (payment.Order.ManualCapture)
            view["amountCaptured"] = Amount(payment.Captured);
        if (payment.IsDisputed)
            view["amountChargedBack"] = Amount(payment.Amount);
        view["_links"] = isOpen ? new JsonObject { ["checkout"] = Link(page) } : new JsonObject();
        if (embed?.Contains("chargebacks", StringComparison.Ordinal) == true)
        {
            var chargebacks = payment.IsDisputed ? new JsonArray(Chargeback(payment)) : [];
            view["_embedded"] = new JsonObject { ["captures"] = new JsonArray(), ["chargebacks"] = chargebacks };
        }

        return view;
    }

    public static JsonObject Capture(GatewayPayment payment) => new()
    {
        ["resource"] = "capture", ["id"] = payment.Id.Replace("tr_", "cpt_", StringComparison.Ordinal), ["mode"] = Mode(payment.Account),
        ["amount"] = Amount(payment.Captured), ["status"] = "succeeded", ["paymentId"] = payment.Id,
    };

    /// <summary>Of all of the payment; one payment has one.</summary>
    public static JsonObject Chargeback(GatewayPayment payment) => new()
    {
        ["resource"] = "chargeback", ["id"] = payment.Id.Replace("tr_", "chb_", StringComparison.Ordinal),
        ["amount"] = Amount(payment.Amount), ["paymentId"] = payment.Id, ["reversedAt"] = null,
        ["reason"] = new JsonObject { ["code"] = "AC01", ["description"] = "Account identifier incorrect" },
    };

    public static JsonObject Refund(GatewayRefund refund) => new()
    {
        ["resource"] = "refund", ["id"] = refund.Id, ["mode"] = Mode(refund.Payment.Account), ["amount"] = Amount(refund.Amount),
        ["status"] = Status(refund), ["metadata"] = Metadata(refund.Reference), ["paymentId"] = refund.Payment.Id,
        ["createdAt"] = Time(refund.Payment.CreatedAt),
    };

    public static JsonObject Webhook(Uri url) =>
        new() { ["resource"] = "webhook", ["id"] = "hook_sandbox1", ["url"] = url.OriginalString, ["status"] = "enabled" };

    /// <summary>A page that begins with <c>from</c>, the object itself included.</summary>
    public static Reply Page<T>(Call call, string name, IReadOnlyList<T> all, Func<T, string> id, Func<T, JsonObject> view)
    {
        var limit = Math.Clamp(call.Number("limit", 50), 1, 250);
        var from = call.Query("from");
        var rest = all.SkipWhile(one => from is not null && id(one) != from).ToList();
        var here = $"{call.Request.Scheme}://{call.Request.Host}{call.Request.Path}";
        var page = rest.Take(limit).Select(one => (JsonNode)view(one)).ToArray();
        return Reply.Json(200, new JsonObject
        {
            ["count"] = page.Length, ["_embedded"] = new JsonObject { [name] = new JsonArray(page) },
            ["_links"] = new JsonObject
            {
                ["next"] = rest.Count > limit ? Link($"{here}?from={id(rest[limit])}&limit={limit}") : null,
            },
        }) with { ContentType = ContentType };
    }

    public static string Status(GatewayRefund refund) => refund.Status switch
    {
        GatewayRefundStatus.Pending => "pending",
        GatewayRefundStatus.Succeeded => "refunded",
        _ => "failed",
    };

    public static JsonObject Link(string href) => new() { ["href"] = href, ["type"] = "text/html" };

    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture) + "+00:00";

    private static string Status(GatewayPayment payment) => payment.Status switch
    {
        GatewayStatus.Open => "open",
        GatewayStatus.Processing => "pending",
        GatewayStatus.Authorized => "authorized",
        GatewayStatus.Paid => "paid",
        GatewayStatus.Canceled => "canceled",
        GatewayStatus.Expired => "expired",
        _ => "failed",
    };

    private static string Mode(GatewayAccount account) => account.Id.StartsWith("live_", StringComparison.Ordinal) ? "live" : "test";

    private static JsonObject Amount(Money money) => new() { ["currency"] = money.Currency.Code, ["value"] = money.ToAmountString() };

    private static JsonObject? Metadata(string? reference) => reference is null ? null : new JsonObject { ["reference"] = reference };
}
