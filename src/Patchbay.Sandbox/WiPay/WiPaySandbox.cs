using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Faults;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Payments;
using Patchbay.Sandbox.Vendors;

namespace Patchbay.Sandbox.WiPay;

/// <summary>WiPay: hosted pages, the customer's return with its hash, signed webhooks, and WAPI: status and refunds.</summary>
internal sealed class WiPaySandbox(SandboxWorld world) : GatewayVendor(world)
{
    private const string SharedKey = "123";

    private readonly ConcurrentDictionary<string, string> _apiKeys = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _accounts = new(StringComparer.Ordinal);
    private int _made;

    public override string Name => "wipay";

    protected override bool DeclineIsFinal => true;

    protected override string? KeyHeader => null;

    public override void Map(VendorRoutes routes)
    {
        routes.Map("POST", "/plugins/payments/request", Creates, Of(CreateAgain));
        routes.Map("GET", "/wapi/transactions", "payments.list", Of((account, call) => Reply.Json(200, new JsonObject
        {
            ["data"] = new JsonArray([.. Book.PaymentsOf(account).Take(call.Number("page_size", 15)).Select(Show)]),
        })));
        routes.Map("GET", "/wapi/transactions/{id}", "payments.get", Of(Get));
        routes.Map("POST", "/wapi/transactions/{id}/refund", Refunds, Of((account, call) => With(account, call, payment =>
            Book.RefundsOf(payment).Count > 0 ? Failing(call, 400) : Refund(account, call))));
        MapPage(routes);
    }

    public override Reply Failing(Call call, int status) => Reply.Json(status, new JsonObject
    {
        ["message"] = status switch
        {
            401 => "Unauthorized",
            429 => "Too Many Attempts.",
            >= 500 => "Server Error",
            _ => "The request cannot be carried out.",
        },
    });

    /// <summary>Payments are asked for without a key, by the account's number alone.</summary>
    protected override AccountClaim? Claim(Call call) => call.Operation == Creates
        ? call.Form.Find("account_number") is { Length: 10 } number ? new AccountClaim(number, "none", Signs: false) : null
        : call.Request.Headers["X-WAPI-Key"] is [{ Length: > 0 } key]
            ? new AccountClaim(_accounts.GetValueOrDefault(key, key), key, Signs: false) : null;

    protected override AccountClaim? Claim(IReadOnlyDictionary<string, string> credentials)
    {
        if (!credentials.TryGetValue("account_number", out var number))
            return null;
        _apiKeys[number] = credentials.GetValueOrDefault("api_key", SharedKey);
        if (credentials.TryGetValue("wapi_key", out var key))
            _accounts[key] = number;
        return new AccountClaim(number, credentials.GetValueOrDefault("webhook_secret", ""));
    }

    protected override GatewayOrder? Read(Call call)
    {
        var isWhole = call.Form.Find("order_id") is { Length: > 0 and <= 48 } && call.Form.Find("response_url") is { Length: <= 255 }
            && call.Form.Find("email") is not null && call.Form.Find("method") == "credit_card_co";
        var (total, code) = (call.Form.Find("total"), call.Form.Find("currency"));
        return !isWhole ? null : new GatewayOrder(
            Currency.TryParse(code, out var currency) && PlainDecimal.TryParse(total, out var number)
                && Money.TryFromMajor(number, currency, out var amount) ? amount : null,
            call.Form.Find("order_id"))
        {
            Label = JsonNode.Parse(call.Form.Find("data") ?? "{}")?["reference"]?.ToString(),
            Asked = new JsonObject { ["data"] = call.Form.Find("data"), ["total"] = total }, ReturnUrl = call.Form.Find("response_url"),
        };
    }

    /// <summary>All of it, and decided a moment later.</summary>
    protected override GatewayOrder? ReadRefund(Call call) => new(null, null)
    {
        Label = "refund." + (PaymentOf(call.Route("id"))?.Code == MagicCodes.RefundFailsLater
            ? MagicCodes.RefundFailsLater : MagicCodes.RefundPending),
    };

    protected override string NewId(bool isRefund) => World.Ids.Uuid();

    protected override string IdOf(GatewayOrder order, bool isRefund) => isRefund ? NewId(isRefund) : string.Create(
        CultureInfo.InvariantCulture,
        $"SB-{Interlocked.Increment(ref _made)}-1-{order.Reference}-{World.Now.UtcDateTime:yyyyMMddHHmmss}");

    protected override Reply View(Call call, GatewayPayment payment) => Reply.Json(200, call.Operation == Creates
        ? new JsonObject { ["url"] = PageOf(payment), ["message"] = "OK", ["transaction_id"] = payment.Id }
        : new JsonObject { ["data"] = Show(payment) });

    protected override Reply View(Call call, GatewayRefund refund) =>
        Reply.Json(201, new JsonObject { ["message"] = "Refund request successfully created." });

    protected override Reply Conflict(string key) => throw new NotSupportedException("WiPay has no idempotency keys.");

    protected override GatewayWebhook? Write(GatewayNews news)
    {
        if (WiPayViews.EventOf(news) is not { } name)
            return null;
        var data = Show(news.Payment);
        data["data"] = news.Payment.Order.Asked!["data"]!.DeepClone();
        return new GatewayWebhook(name, Encoding.UTF8.GetBytes(new JsonObject
        {
            ["id"] = World.Ids.Uuid(), ["api_family"] = "payments_api", ["event"] = name,
            ["occurred_at"] = World.Now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture), ["data"] = data,
            ["meta"] = new JsonObject(),
        }.ToJsonString()));
    }

    /// <summary>The kind of the vendor's page: over the body.</summary>
    protected override void Sign(HttpRequestMessage request, byte[] body, Secret secret)
    {
        var told = JsonNode.Parse(body)!;
        request.Headers.Add("X-WiPay-Webhook-Event", told["event"]!.ToString());
        request.Headers.Add("X-WiPay-Webhook-Id", told["id"]!.ToString());
        request.Headers.Add("X-WiPay-Webhook-Version", "v1");
        request.Headers.Add(
            "X-WiPay-Webhook-Timestamp", World.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("X-WiPay-Webhook-Signature", "sha256=" + Convert.ToHexStringLower(Signatures.HmacSha256(secret, body)));
    }

    /// <summary>The browser takes along what became of it.</summary>
    protected override string? ReturnUrlOf(GatewayPayment payment)
    {
        var (asked, isPaid) = (payment.Order.Asked!, payment.Status == GatewayStatus.Paid);
        var fields = new FormBody
        {
            { "status", isPaid ? "success" : "failed" }, { "transaction_id", payment.Id }, { "order_id", payment.Order.Reference },
            { "total", payment.Amount.ToAmountString() }, { "currency", payment.Amount.Currency.Code },
            { "data", asked["data"]?.ToString() }, { "message", isPaid ? "[1-R1]: Approved" : "[1-D]: Declined" },
        };
        if (isPaid)
            fields.Add("hash", HashOf(payment, asked["total"]!.ToString()));
        var query = string.Join('&', fields.Select(field => $"{field.Key}={Uri.EscapeDataString(field.Value)}"));
        return $"{payment.Order.ReturnUrl}&{query}";
    }

    [SuppressMessage("Security", "CA5351", Justification = "WiPay has no other hash.")]
    private string HashOf(GatewayPayment payment, string total) => Convert.ToHexStringLower(MD5.HashData(
        Encoding.UTF8.GetBytes(payment.Id + total + _apiKeys.GetValueOrDefault(payment.Account.Id, SharedKey))));

    private JsonObject Show(GatewayPayment payment) => WiPayViews.Of(payment, Book.RefundsOf(payment) is [var refund, ..] ? refund : null);
}
