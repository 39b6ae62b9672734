using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.OAuth;
using Patchbay.Sandbox.Payments;
using Patchbay.Sandbox.Vendors;

namespace Patchbay.Sandbox.PhonePe;

/// <summary>PhonePe's Standard Checkout (v2): tokens, orders, refunds, webhooks proved by a name and a password.</summary>
internal sealed class PhonePeSandbox(SandboxWorld world) : GatewayVendor(world)
{
    private const string MakesTokens = "tokens.create";
    private const string Scheme = "O-Bearer ";

    private readonly TokenDesk _desk = new(world);
    private readonly ConcurrentDictionary<string, string> _clients = new(StringComparer.Ordinal);   // by access token
    private readonly ConcurrentDictionary<(GatewayAccount, string Id), byte> _taken = new();

    public override string Name => "phonepe";

    protected override string? KeyHeader => null;

    public override void Map(VendorRoutes routes)
    {
        routes.Map("POST", "/apis/identity-manager/v1/oauth/token", MakesTokens, GiveToken);
        routes.Map("POST", "/apis/pg-sandbox/v1/oauth/token", MakesTokens, GiveToken);
        routes.Map("POST", "/checkout/v2/pay", Creates, Of((account, call) => Once(account, call, "merchantOrderId", Create)));
        routes.Map("GET", "/checkout/v2/order/{id}/status", "payments.get", Of(Get));
        routes.Map("POST", "/payments/v2/refund", Refunds, Of((account, call) => Once(account, call, "merchantRefundId", Refund)));
        routes.Map("GET", "/payments/v2/refund/{refund}/status", "refunds.get", Of(GetRefund));
        MapPage(routes);
    }

    public override Reply? Refuse(Call call) => call.Operation == MakesTokens ? null : base.Refuse(call);

    public override Reply Failing(Call call, int status) => PhonePeViews.Refusal(status == 402 ? 422 : status);

    protected override AccountClaim? Claim(Call call)
    {
        var header = call.Request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.Ordinal) && header[Scheme.Length..] is var token && _desk.Takes(token)
            ? new AccountClaim(_clients[token], "of a token", Signs: false) : null;
    }

    protected override AccountClaim? Claim(IReadOnlyDictionary<string, string> credentials) =>
        credentials.TryGetValue("client_id", out var client) && credentials.TryGetValue("webhook_username", out var user)
            ? new AccountClaim(client, $"{user}:{credentials.GetValueOrDefault("webhook_password")}") : null;

    protected override GatewayOrder? Read(Call call) => call.Json is not { } body ? null
        : new GatewayOrder(Amount(body), call.Text("merchantOrderId"))
        {
            Label = body["metaInfo"]?["udf1"]?.ToString(), ReturnUrl = body["paymentFlow"]?["merchantUrls"]?["redirectUrl"]?.ToString(),
        };

    protected override GatewayOrder? ReadRefund(Call call) =>
        call.Json is { } body && Amount(body) is { } amount ? new GatewayOrder(amount, call.Text("merchantRefundId")) : null;

    protected override string NewId(bool isRefund) => World.Ids.Letters(isRefund ? "refund" : "order");

    /// <summary>The merchant's own ids; PhonePe's are made of them.</summary>
    protected override string IdOf(GatewayOrder order, bool isRefund) => order.Reference ?? NewId(isRefund);

    protected override string PaymentIdOf(Call call) => call.Text("originalMerchantOrderId") ?? base.PaymentIdOf(call);

    protected override GatewayPayment? PaymentOf(string id) => base.PaymentOf(PhonePeViews.MerchantsOf(id));

    protected override Reply View(Call call, GatewayPayment payment) => Reply.Json(200, call.Operation == Creates
        ? PhonePeViews.Begun(payment, PageOf(payment)) : PhonePeViews.Order(payment));

    protected override Reply View(Call call, GatewayRefund refund) => Reply.Json(200, PhonePeViews.Refund(refund));

    protected override Reply Conflict(string key) => throw new NotSupportedException("PhonePe has no idempotency keys.");

    protected override GatewayWebhook? Write(GatewayNews news)
    {
        (string Event, JsonObject Payload)? told = news switch
        {
            { Refund: { Status: GatewayRefundStatus.Pending } refund } => ("pg.refund.accepted", PhonePeViews.Refund(refund)),
            { Refund: { Status: GatewayRefundStatus.Succeeded } refund } => ("pg.refund.completed", PhonePeViews.Refund(refund)),
            { Refund: { } refund } => ("pg.refund.failed", PhonePeViews.Refund(refund)),
            { Event: GatewayEvent.Paid } => ("checkout.order.completed", PhonePeViews.Order(news.Payment)),
            { Event: GatewayEvent.Declined } => ("checkout.transaction.attempt.failed", PhonePeViews.Order(news.Payment)),
            { Event: GatewayEvent.Failed or GatewayEvent.Expired } => ("checkout.order.failed", PhonePeViews.Order(news.Payment)),
            _ => null,
        };
        return told is not { } one ? null : new GatewayWebhook(one.Event, Encoding.UTF8.GetBytes(new JsonObject
        {
            ["event"] = one.Event, ["type"] = one.Event.ToUpperInvariant().Replace('.', '_'), ["payload"] = one.Payload,
        }.ToJsonString()));
    }

    protected override void Sign(HttpRequestMessage request, byte[] body, Secret secret) => request.Headers.TryAddWithoutValidation(
        "Authorization", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret.Reveal()))));

    private Reply GiveToken(Call call)
    {
        if (call.Form.Find("client_id") is not { } client || call.Form.Find("client_version") is null
            || Credentials.IsWrong(call.Form.Find("client_secret") ?? ""))
            return PhonePeViews.Refusal(400, "INVALID_CLIENT");
        var token = _desk.Give();
        _clients[token] = client;
        return PhonePeViews.Token(token, World.Now, _desk.Lifetime);
    }

    /// <summary>An id is taken once.</summary>
    private Reply Once(GatewayAccount account, Call call, string field, Func<GatewayAccount, Call, Reply> work)
    {
        if (call.Text(field) is not { Length: > 0 and < 64 } id)
            return Failing(call, 400);
        if (!_taken.TryAdd((account, id), 0))
            return PhonePeViews.Refusal(400, "DUPLICATE_ID");
        var made = work(account, call);
        if (made.Status != 200)
            _taken.TryRemove((account, id), out _);
        return made;
    }

    private static Money? Amount(JsonObject body) => long.TryParse(
        body["amount"]?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var paisa) && paisa >= 100
        ? new Money(paisa, Currency.Parse("INR")) : null;
}
