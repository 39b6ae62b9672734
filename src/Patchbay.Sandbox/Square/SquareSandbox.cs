using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Payments;
using Patchbay.Sandbox.Vendors;

namespace Patchbay.Sandbox.Square;

/// <summary>Square: payment links, refunds, webhooks whose signature covers their address.</summary>
internal sealed class SquareSandbox(SandboxWorld world) : GatewayVendor(world), ISandboxVendor
{
    private const string Gets = "payments.get";

    public override string Name => "square";

    public override void Map(VendorRoutes routes)
    {
        const string links = "/v2/online-checkout/payment-links";
        const string subscriptions = "/v2/webhooks/subscriptions";
        routes.Map("GET", "/v2/locations", "locations.list", Of((_, _) => Reply.Json(200, new JsonObject { ["locations"] = Locations() })));
        routes.Map("POST", links, Creates, Of(Make));
        routes.Map("DELETE", links + "/{id}", "payments.cancel", Of((account, call) => With(account, call, payment =>
            payment.Status == GatewayStatus.Open ? Cancel(account, call) : Deleted(payment, order: null))));
        routes.Map("GET", "/v2/orders/{id}", "orders.get", Of(Get));
        routes.Map("GET", "/v2/payments/{id}", Gets, Of((account, call) => With(account, call, payment =>
            payment.Status is GatewayStatus.Paid or GatewayStatus.Processing ? View(call, payment) : Failing(call, 404))));
        routes.Map("POST", "/v2/refunds", Refunds, Of(GiveBack));
        routes.Map("GET", "/v2/refunds/{refund}", "refunds.get", Of(GetRefund));
        routes.Map("GET", subscriptions, "webhooks.list", Of((account, _) => SquareSubscriptions.List(account)));
        routes.Map("POST", subscriptions, "webhooks.create", Of(SquareSubscriptions.Make));
        routes.Map("DELETE", subscriptions + "/{hook}", "webhooks.delete", Of(SquareSubscriptions.Delete));
        routes.MapRest(call => Failing(call, 404), "/v2");
        MapPage(routes);
    }

    // The sandbox's general refusal of what cannot be done to a payment is 422; Square has 400 for it.
    public override Reply Failing(Call call, int status) => SquareErrors.Of(status == 422 ? 400 : status);

    /// <summary>The key is part of the body.</summary>
    protected override string? KeyOf(Call call) => call.Text("idempotency_key");

    protected override AccountClaim? Claim(Call call) =>
        call.Credentials is { User: { Length: > 0 } token, Password: "" } ? new(token, token) : null;

    protected override AccountClaim? Claim(IReadOnlyDictionary<string, string> credentials) =>
        credentials.TryGetValue("access_token", out var token)
            ? new(token, credentials.GetValueOrDefault("webhook_signature_key", "")) : null;

    protected override GatewayOrder? Read(Call call) => call.Json is not { } asked
        || asked["order"]?["line_items"] is not JsonArray { Count: 1 } items || asked["order"]!["location_id"] is null ? null
        : new GatewayOrder(SquareViews.Amount(items[0]?["base_price_money"]), asked["order"]!["reference_id"]?.ToString())
        {
            Asked = asked, Label = asked["order"]!["metadata"]?["merchant_reference"]?.ToString(),
            ReturnUrl = asked["checkout_options"]?["redirect_url"]?.ToString(),
        };

    /// <summary>A refund has no reference; a merchant who needs one puts it at the end of the reason.</summary>
    protected override GatewayOrder? ReadRefund(Call call) => SquareViews.Amount(call.Json?["amount_money"]) is { } amount
        ? new GatewayOrder(amount, call.Text("reason")?.Split(' ')[^1]) { Asked = call.Json } : null;

    protected override string NewId(bool isRefund) => World.Ids.Letters(isRefund ? "R" : SquareViews.Order.ToString());

    protected override string PaymentIdOf(Call call) =>
        (call.Operation == Refunds ? call.Text("payment_id") : call.Route("id")) is { Length: > 1 } id ? SquareViews.Order + id[1..] : "";

    protected override Reply View(Call call, GatewayPayment payment) => call.Operation switch
    {
        Creates => Reply.Json(200, SquareViews.Link(payment, PageOf(payment))),
        "payments.cancel" => Deleted(payment, payment.Id),
        Gets => Reply.Json(200, new JsonObject { ["payment"] = WithRefunds(payment) }),
        _ => Reply.Json(200, new JsonObject { ["order"] = SquareViews.OrderOf(payment) }),
    };

    protected override Reply View(Call call, GatewayRefund refund) =>
        Reply.Json(200, new JsonObject { ["refund"] = SquareViews.Refund(refund, World.Now) });

    protected override Reply Conflict(string key) => SquareErrors.Of(400, "IDEMPOTENCY_KEY_REUSED") with { Kept = false };

    private JsonObject WithRefunds(GatewayPayment payment)
    {
        var view = SquareViews.Payment(payment, World.Now);
        view["refund_ids"] = new JsonArray([.. Book.RefundsOf(payment).Select(refund => JsonValue.Create(refund.Id))]);
        return view;
    }

    protected override GatewayWebhook? Write(GatewayNews news)
    {
        var (payment, refund, now) = (news.Payment, news.Refund, World.Now);
        return news.Event switch
        {
            GatewayEvent.Paid => Webhook("payment.updated", "payment", SquareViews.Payment(payment, now)),
            GatewayEvent.Processing => Webhook("payment.created", "payment", SquareViews.Payment(payment, now)),
            GatewayEvent.Declined or GatewayEvent.Failed =>
                Webhook("payment.updated", "payment", SquareViews.Payment(payment, now, World.Ids.Letters("F"))),
            GatewayEvent.Disputed => Webhook("dispute.created", "dispute", SquareViews.Dispute(payment, now)),
            GatewayEvent.RefundCreated => Webhook("refund.created", "refund", SquareViews.Refund(refund!, now)),
            GatewayEvent.RefundSettled => Webhook("refund.updated", "refund", SquareViews.Refund(refund!, now)),
            _ => null,   // nothing is told of a link that ends
        };
    }

    protected override void Sign(HttpRequestMessage request, byte[] body, Secret secret) => request.Headers.Add(
        "x-square-hmacsha256-signature", Convert.ToBase64String(Signatures.HmacSha256(
            secret, [.. Encoding.UTF8.GetBytes(request.RequestUri!.OriginalString), .. body])));

    private Reply Make(GatewayAccount account, Call call) => Read(call) is { Asked: { } asked }
        && Locations().All(one => one!["id"]!.ToString() != asked["order"]!["location_id"]!.ToString())
            ? Failing(call, 404) with { Kept = false } : Create(account, call);

    private Reply GiveBack(GatewayAccount account, Call call) => KeyOf(call) is null
        ? SquareErrors.Of(400, "MISSING_REQUIRED_PARAMETER") : Refund(account, call);

    private GatewayWebhook Webhook(string type, string kind, JsonObject view) => new(type, Encoding.UTF8.GetBytes(new JsonObject
    {
        ["merchant_id"] = "MSANDBOX", ["type"] = type, ["event_id"] = World.Ids.Uuid(), ["created_at"] = SquareViews.Time(World.Now),
        ["data"] = new JsonObject
        {
            ["type"] = kind, ["id"] = view["id"]!.ToString(), ["object"] = new JsonObject { [kind] = view },
        },
    }.ToJsonString()));

    /// <param name="order">That was canceled with it; null for none.</param>
    private static Reply Deleted(GatewayPayment payment, string? order)
    {
        var view = new JsonObject { ["id"] = SquareViews.LinkOf(payment) };
        if (order is not null)
            view["cancelled_order_id"] = order;
        return Reply.Json(200, view);
    }

    private static JsonArray Locations() => new(new JsonObject
    {
        ["id"] = "L88917AVBK2S5", ["name"] = "Sandbox location", ["status"] = "ACTIVE", ["country"] = "US", ["currency"] = "USD",
        ["merchant_id"] = "MSANDBOX",
    });
}
