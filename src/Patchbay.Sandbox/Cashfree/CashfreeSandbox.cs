using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Faults;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Payments;
using Patchbay.Sandbox.Vendors;

namespace Patchbay.Sandbox.Cashfree;

/// <summary>Cashfree: orders, refunds, Payouts V2 with keys of its own, signed webhooks.</summary>
internal sealed partial class CashfreeSandbox(SandboxWorld world) : GatewayVendor(world)
{
    private const string Order = "/pg/orders/{id}";

    private readonly ConcurrentDictionary<(GatewayAccount, string Order), byte> _orders = new();

    /// <summary>By the client id of Payouts: the account, and what signs webhooks about its transfers.</summary>
    private readonly ConcurrentDictionary<string, AccountClaim> _payoutKeys = new(StringComparer.Ordinal);

    public override string Name => "cashfree";

    protected override string? KeyHeader => "x-idempotency-key";

    public override void Map(VendorRoutes routes)
    {
        routes.Map("POST", "/pg/orders", Creates, Of(CreateOrder));
        routes.Map("GET", Order, "payments.get", Of(Get));
        routes.Map("PATCH", Order, "payments.cancel", Of((account, call) => With(account, call, payment =>
            call.Text("order_status") == "TERMINATED" && payment.Status == GatewayStatus.Open
                ? Cancel(account, call) : CashfreeErrors.Of(400, "order_status_invalid", "The order cannot be terminated"))));
        routes.Map("GET", Order + "/payments", "payments.list", Of((account, call) => With(account, call, payment =>
            Reply.Json(200, CashfreeViews.Payments(payment)))));
        routes.Map("POST", Order + "/refunds", Refunds, Of(CreateRefund));
        routes.Map("GET", Order + "/refunds", "refunds.list", Of((account, call) => With(account, call, payment =>
            Reply.Json(200, new JsonArray([.. Book.RefundsOf(payment).Select(CashfreeViews.Refund)])))));
        routes.Map("GET", Order + "/refunds/{refund}", "refunds.get", Of((account, call) =>
            GetRefund(account, call) is { Status: 200 } found ? found : CashfreeErrors.Of(404, "refund_not_found", "No such refund")));
        routes.Map("POST", "/payout/transfers", PaysOut, Of(PayOut));
        routes.Map("GET", "/payout/transfers", "payouts.get", Of((account, call) =>
            Payouts.Of(account).FirstOrDefault(payout => payout.Name == call.Query("transfer_id")) is { } payout
                ? Reply.Json(200, CashfreeViews.Transfer(payout))
                : CashfreeErrors.Of(404, "transfer_id_not_found", "No such transfer")));
        MapPage(routes);
    }

    public override Reply Failing(Call call, int status) => CashfreeErrors.Of(status == 402 ? 422 : status);

    /// <summary>Payouts has no idempotency key.</summary>
    protected override string? KeyOf(Call call) => call.Operation == PaysOut ? null : base.KeyOf(call);

    protected override AccountClaim? Claim(Call call)
    {
        var (id, secret) = (call.Request.Headers["x-client-id"].ToString(), call.Request.Headers["x-client-secret"].ToString());
        if (!IdShape().IsMatch(id) || call.Request.Headers["x-api-version"].Count == 0)
            return null;
        return call.Path.StartsWith("/payout/", StringComparison.Ordinal) && _payoutKeys.TryGetValue(id, out var known)
            ? known with { Secret = secret } : new AccountClaim(id, secret);
    }

    protected override AccountClaim? Claim(IReadOnlyDictionary<string, string> credentials)
    {
        if (!credentials.TryGetValue("client_id", out var id) || !credentials.TryGetValue("client_secret", out var secret))
            return null;
        if (credentials.TryGetValue("payout_client_id", out var payouts))
            _payoutKeys[payouts] = new AccountClaim(id, credentials.GetValueOrDefault("payout_client_secret", ""));
        return new AccountClaim(id, secret);
    }

    protected override GatewayOrder? Read(Call call) => call.Json is not { } body ? null
        : new GatewayOrder(CashfreeViews.Amount(body["order_amount"]), call.Text("order_id"))
        {
            Label = (body["order_tags"] as JsonObject)?["merchant_reference"]?.ToString(),
            ReturnUrl = (body["order_meta"] as JsonObject)?["return_url"]?.ToString(),
            WebhookUrl = (body["order_meta"] as JsonObject)?["notify_url"]?.ToString(),
        };

    /// <summary>Magic codes and the ledger go by the merchant's own id, which stands in the note.</summary>
    protected override GatewayOrder? ReadRefund(Call call)
    {
        if (CashfreeViews.Amount(call.Json?["refund_amount"]) is not { } amount)
            return null;
        var (id, hubs) = (call.Text("refund_id"), HubsId().Match(call.Text("refund_note") ?? ""));
        return new GatewayOrder(amount, hubs.Success ? hubs.Value : id) { Label = id };
    }

    protected override GatewayOrder? ReadPayout(Call call)
    {
        var who = call.Json?["beneficiary_details"];
        var instrument = who?["beneficiary_instrument_details"];
        var address = instrument?["vpa"]?.ToString();
        var isReceiver = who?["beneficiary_id"] is not null || address?.Contains('@', StringComparison.Ordinal) == true
            || (instrument?["bank_account_number"] is not null && instrument["bank_ifsc"]?.ToString().Length == 11);
        return !isReceiver || call.Text("transfer_id") is not { } id || !TransferShape().IsMatch(id) ? null
            : new GatewayOrder(CashfreeViews.Amount(call.Json!["transfer_amount"]), id) { Label = address?.Split('@')[0] };
    }

    protected override string NewId(bool isRefund) => World.Ids.Letters(isRefund ? "refund" : "order_");

    protected override string IdOf(GatewayOrder order, bool isRefund) => (isRefund ? order.Label : order.Reference) ?? NewId(isRefund);

    protected override Reply View(Call call, GatewayPayment payment) => Reply.Json(200, CashfreeViews.Order(payment));

    protected override Reply View(Call call, GatewayRefund refund) => Reply.Json(200, CashfreeViews.Refund(refund));

    protected override Reply Conflict(string key) => CashfreeErrors.Of(
        422, "idempotency_key_invalid", "The key was used with another body", "idempotency_error") with { Kept = false };

    protected override Reply InUse(string key) =>
        CashfreeErrors.Of(409, "request_in_progress", "The first request is under way") with { Kept = false };

    protected override GatewayWebhook? Write(GatewayNews news)
    {
        var payment = news.Payment;
        return news.Event switch
        {
            GatewayEvent.Paid => OfPayment("PAYMENT_SUCCESS_WEBHOOK", payment),
            GatewayEvent.Declined or GatewayEvent.Failed => OfPayment("PAYMENT_FAILED_WEBHOOK", payment),
            GatewayEvent.RefundCreated or GatewayEvent.RefundSettled =>
                Webhook("REFUND_STATUS_WEBHOOK", new JsonObject { ["refund"] = CashfreeViews.Refund(news.Refund!) }),
            GatewayEvent.Disputed => Webhook("DISPUTE_CREATED", new JsonObject
            {
                ["dispute"] = CashfreeViews.Dispute(payment), ["order_details"] = new JsonObject { ["order_id"] = payment.Id },
            }),
            _ => null,   // nothing is told of what ended unpaid, nor of money on its way
        };
    }

    protected override void Sign(HttpRequestMessage request, byte[] body, Secret secret)
    {
        var at = World.Now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        request.Headers.Add("x-webhook-timestamp", at);
        request.Headers.Add(
            "x-webhook-signature", Convert.ToBase64String(Signatures.HmacSha256(secret, [.. Encoding.ASCII.GetBytes(at), .. body])));
    }

    private GatewayPayouts Payouts => field ??= new GatewayPayouts(Name, World, TellOf);

    private Reply CreateOrder(GatewayAccount account, Call call)
    {
        var order = Read(call);
        if ((call.Json?["customer_details"] as JsonObject)?["customer_phone"]?.ToString() is not { Length: 10 })
            return CashfreeErrors.Of(400, "customer_details.customer_phone_invalid", "customer_phone is invalid");
        if (call.Text("order_currency") != "INR" || order is { Reference: { } odd } && !OrderShape().IsMatch(odd))
            return CashfreeErrors.Of(400, "order_invalid", "The order's id or currency is invalid");
        if (order?.Reference is not { } id)
            return Create(account, call);
        if (!_orders.TryAdd((account, id), 0))
            return CashfreeErrors.Of(409, "order_already_exists", "order with same id is already present");
        var made = Create(account, call);
        if (made.Status != 200)
            _orders.TryRemove((account, id), out _);
        return made;
    }

    private Reply CreateRefund(GatewayAccount account, Call call) => With(account, call, payment =>
        call.Text("refund_id") is not { } id || !RefundShape().IsMatch(id)
            ? CashfreeErrors.Of(400, "refund_id_invalid", "refund_id should be alphanumeric")
        : Book.RefundsOf(payment).Any(refund => refund.Id == id)
            ? CashfreeErrors.Of(409, "refund_already_exists", "refund with same id is already present")
        : Refund(account, call));

    private Reply PayOut(GatewayAccount account, Call call)
    {
        var order = ReadPayout(call);
        var code = CodeOf(order);
        if (order?.Amount is null || code == MagicCodes.Invalid)
            return CashfreeErrors.Of(400, "transfer_invalid", "The transfer is invalid");
        if (code == MagicCodes.InsufficientFunds)
            return CashfreeErrors.Of(422, "INSUFFICIENT_BALANCE", "Not enough balance");
        var wanted = new GatewayPayout(World.Ids.Letters("cf"), order.Reference!, account, order, code);
        return Payouts.Begin(wanted) == wanted ? Reply.Json(200, CashfreeViews.Transfer(wanted))
            : CashfreeErrors.Of(409, "transfer_id_already_exists", "transfer with same id is already present");
    }

    /// <summary>Signed with the secret of Payouts.</summary>
    private void TellOf(GatewayPayout payout)
    {
        if (payout.Account.WebhookUrl is not { } url
            || _payoutKeys.Values.FirstOrDefault(known => known.Account == payout.Account.Id) is not { } keys)
            return;
        var webhook = Webhook(CashfreeViews.EventOf(payout), CashfreeViews.Transfer(payout));
        Send(url, webhook, payout.Code, (request, isForged) => Sign(request, webhook.Body, new Secret(isForged ? "nobody" : keys.Secret)));
    }

    private GatewayWebhook OfPayment(string name, GatewayPayment payment)
    {
        var data = new JsonObject
        {
            ["order"] = new JsonObject
            {
                ["order_id"] = payment.Id, ["order_amount"] = payment.Amount.Amount, ["order_currency"] = "INR", ["order_tags"] = null,
            },
            ["payment"] = CashfreeViews.Payment(payment),
        };
        if (CashfreeViews.ErrorDetails(payment) is { } why)
            data["error_details"] = why;
        return Webhook(name, data);
    }

    private GatewayWebhook Webhook(string name, JsonObject data) => new(name, Encoding.UTF8.GetBytes(new JsonObject
    {
        ["data"] = data, ["event_time"] = CashfreeViews.Time(World.Now), ["type"] = name,
    }.ToJsonString()));

    [GeneratedRegex("^[!-~]{5,}$")]
    private static partial Regex IdShape();

    [GeneratedRegex("^[A-Za-z0-9_-]{3,45}$")]
    private static partial Regex OrderShape();

    [GeneratedRegex("^[A-Za-z0-9]{3,40}$")]
    private static partial Regex RefundShape();

    [GeneratedRegex("^[A-Za-z0-9_]{1,40}$")]
    private static partial Regex TransferShape();

    [GeneratedRegex("ref_[a-z0-9]+")]
    private static partial Regex HubsId();
}
