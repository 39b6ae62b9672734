using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Faults;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.OAuth;
using Patchbay.Sandbox.Payments;
using Patchbay.Sandbox.Vendors;

namespace Patchbay.Sandbox.PayPal;

/// <summary>PayPal played back: tokens, orders that customers approve and merchants complete, captures, refunds, payouts.</summary>
internal sealed class PayPalSandbox(SandboxWorld world) : GatewayVendor(world)
{
    private const string MakesTokens = "tokens.create";

    private readonly ConcurrentDictionary<string, TokenDesk> _desks = new(StringComparer.Ordinal);
    private readonly PayPalViews _views = new();
    private readonly PayPalSigner _signer = new(world);

    public override string Name => "paypal";

    protected override bool MerchantCompletes => true;

    protected override string? KeyHeader => "PayPal-Request-Id";

    public override void Map(VendorRoutes routes)
    {
        const string authorization = "/v2/payments/authorizations/{id}";
        const string capture = "/v2/payments/captures/{id}";
        const string webhooks = "/v1/notifications/webhooks";
        routes.Map("POST", "/v1/oauth2/token", MakesTokens, call => DeskOf(WebUtility.UrlDecode(call.Credentials!.User)).Answer(call));
        routes.Map("POST", "/v2/checkout/orders", Creates, Of((account, call) => Made(Create(account, call))));
        routes.Map("GET", "/v2/checkout/orders/{id}", "payments.get", Of(Get));
        routes.Map("POST", "/v2/checkout/orders/{id}/capture", "payments.complete", OnOrder("CAPTURE"));
        routes.Map("POST", "/v2/checkout/orders/{id}/authorize", "payments.complete", OnOrder("AUTHORIZE"));
        routes.Map("GET", authorization, "authorizations.get", OnMoved(Get));
        routes.Map("POST", authorization + "/capture", "payments.capture", OnMoved((account, call) =>
            IsReadable(call) ? Made(Capture(account, call, Amount(call))) : Failing(call, 400)));
        routes.Map("POST", authorization + "/void", "payments.cancel", OnMoved(Cancel));
        routes.Map("GET", capture, "captures.get", OnMoved(Get));
        routes.Map("POST", capture + "/refund", Refunds, OnMoved((account, call) => Made(Refund(account, call))));
        routes.Map("GET", "/v2/payments/refunds/{refund}", "refunds.get", Of(GetRefund));
        routes.Map("POST", PayPalPayouts.Path, PaysOut, Of(PayOut));
        routes.Map("GET", PayPalPayouts.Path + "/{id}", "payouts.get", Of((account, call) =>
            Payouts.Find(account, call.Route("id")) is { } payout
                ? Reply.Json(200, PayPalPayouts.View(payout, withItem: true)) : Failing(call, 404)));
        routes.Map("GET", webhooks, "webhooks.list", Of((account, _) => PayPalWebhookBook.List(account)));
        routes.Map("POST", webhooks, "webhooks.create", Of((account, call) => PayPalWebhookBook.Register(account, call, World.Ids)));
        routes.Map("DELETE", webhooks + "/{id}", "webhooks.delete", Of((account, call) =>
            PayPalWebhookBook.Remove(account, call.Route("id")) ? new Reply(204, default) : Failing(call, 404)));
        routes.MapPage("GET", PayPalSigner.CertificatePath, _signer.ShowAsync);
        MapPage(routes);
    }

    public override Reply? Refuse(Call call) => call.Operation == MakesTokens && call.Credentials is not null ? null : base.Refuse(call);

    public override Reply Failing(Call call, int status) => PayPalErrors.Of(status, status switch
    {
        404 when call.Path.StartsWith("/v2/", StringComparison.Ordinal) => "INVALID_RESOURCE_ID",
        422 => "UNPROCESSABLE",
        _ => null,
    });

    /// <summary>A request id gives the latest status again, with 200, where it gave 201 at first; but for payouts.</summary>
    public override async Task<Reply> PerformAsync(Call call, Func<Task<Reply>> work)
    {
        if (call.Operation == PaysOut)
            return await work();
        var reply = await base.PerformAsync(call, work);
        if (reply is not { Replayed: true, Status: 201 })
            return reply;
        if (PaymentOf(JsonNode.Parse(reply.Body.Span)?["id"]?.GetValue<string>() ?? "") is not { } order)
            return reply with { Status = 200 };
        lock (order.Gate)
            return View(call, order);
    }

    protected override AccountClaim? Claim(Call call) => call.Credentials switch
    {
        { Password: "" } bearer when _desks.FirstOrDefault(desk => desk.Value.Takes(bearer.User)).Key is { } client =>
            new AccountClaim(client, "of a token"),
        _ => null,
    };

    protected override AccountClaim? Claim(IReadOnlyDictionary<string, string> credentials) =>
        credentials.TryGetValue("webhook_id", out var webhook) ? new AccountClaim(credentials["client_id"], webhook) : null;

    protected override GatewayOrder? Read(Call call) => call.Text("intent") is not ("CAPTURE" or "AUTHORIZE")
        || call.Json!["purchase_units"] is not JsonArray { Count: 1 } units
        ? null
        : new GatewayOrder(PayPalViews.Amount(units[0]?["amount"]), units[0]?["custom_id"]?.GetValue<string>())
        {
            Label = units[0]?["reference_id"]?.GetValue<string>(),
            Asked = units[0] as JsonObject,
            ManualCapture = call.Text("intent") == "AUTHORIZE",
            ReturnUrl = call.Json["payment_source"]?["paypal"]?["experience_context"]?["return_url"]?.GetValue<string>(),
        };

    protected override GatewayOrder? ReadRefund(Call call) =>
        call.Json is null || !IsReadable(call)
            ? null : new GatewayOrder(Amount(call), call.Text("custom_id")) { Asked = call.Json };

    protected override GatewayOrder? ReadPayout(Call call) => PayPalPayouts.Read(call);

    /// <summary>17 capital letters and digits. An order, its authorization and its capture differ in the first.</summary>
    protected override string NewId(bool isRefund)
    {
        var hex = World.Ids.Hex("").ToUpperInvariant();
        return $"{(isRefund ? 'R' : PayPalViews.Order)}{hex[..6]}{hex[^10..]}";
    }

    /// <summary>An id begins as its kind does in the path; another kind's is nobody's.</summary>
    protected override string PaymentIdOf(Call call)
    {
        var (kind, id) = (char.ToUpperInvariant(call.Path.Split('/')[3][0]), call.Route("id"));
        return id[0] == kind ? PayPalViews.Order + id[1..] : "";
    }

    /// <summary>As the path asks for it: the order, or what was moved for it.</summary>
    protected override Reply View(Call call, GatewayPayment payment) => call.Operation switch
    {
        "payments.capture" or "captures.get" => Shown(call, _views.OfCapture(payment)),
        "payments.cancel" when !IsWhole(call) => new Reply(204, default),
        "payments.cancel" or "authorizations.get" => Shown(call, _views.OfAuthorization(payment)),
        _ => Shown(call, _views.OfOrder(payment, Book.RefundsOf(payment), PageOf(payment))),
    };

    protected override Reply View(Call call, GatewayRefund refund) => Shown(call, _views.OfRefund(refund));

    protected override Reply Refused(Call call, GatewayPayment payment) => PayPalErrors.Of(422, call.Operation switch
    {
        "payments.capture" => PayPalRefusals.OfCapture(payment, Amount(call)),
        "payments.cancel" => PayPalRefusals.OfVoid(payment),
        _ => PayPalRefusals.OfRefund(payment, Amount(call)),
    });

    /// <summary>The order and who approved it.</summary>
    protected override string? ReturnUrlOf(GatewayPayment payment) =>
        payment is { Status: not GatewayStatus.Open, Order.ReturnUrl: { } back }
            ? QueryHelpers.AddQueryString(back, new Dictionary<string, string?> { ["token"] = payment.Id, ["PayerID"] = payment.Id[^13..] })
            : payment.Order.ReturnUrl;

    protected override Reply Conflict(string key) => PayPalErrors.Of(409, "PREVIOUS_REQUEST_IN_PROGRESS") with { Kept = false };

    protected override GatewayWebhook? Write(GatewayNews news)
    {
        var (payment, refund) = (news.Payment, news.Refund);
        (string Name, JsonObject Resource)? told = news.Event switch
        {
            GatewayEvent.Approved => ("CHECKOUT.ORDER.APPROVED", _views.OfOrder(payment, [], PageOf(payment))),
            GatewayEvent.Authorized => ("PAYMENT.AUTHORIZATION.CREATED", _views.OfAuthorization(payment)),
            GatewayEvent.Canceled when payment.WasAuthorized => ("PAYMENT.AUTHORIZATION.VOIDED", _views.OfAuthorization(payment)),
            GatewayEvent.Paid => ("PAYMENT.CAPTURE.COMPLETED", _views.OfCapture(payment)),
            GatewayEvent.Processing => ("PAYMENT.CAPTURE.PENDING", _views.OfCapture(payment)),
            GatewayEvent.Failed => ("PAYMENT.CAPTURE.DENIED", _views.OfCapture(payment)),
            GatewayEvent.Disputed => ("CUSTOMER.DISPUTE.CREATED", _views.OfDispute(payment)),
            GatewayEvent.RefundCreated or GatewayEvent.RefundSettled when refund!.Status == GatewayRefundStatus.Succeeded =>
                ("PAYMENT.CAPTURE.REFUNDED", _views.OfRefund(refund)),
            _ => null,   // nothing is told of an order that nobody approved, nor of a refund that is pending or failed
        };
        return told is { } one ? Webhook(one.Name, one.Resource) : null;
    }

    protected override void Sign(HttpRequestMessage request, byte[] body, Secret secret) => _signer.Sign(request, body, secret.Reveal());

    private GatewayPayouts Payouts => field ??= new GatewayPayouts(Name, World, payout => TellSigned(
        payout.Account, payout.Account.WebhookUrl, Webhook(PayPalPayouts.EventOf(payout), PayPalPayouts.Item(payout)), payout.Code));

    private Reply PayOut(GatewayAccount account, Call call)
    {
        var order = ReadPayout(call);
        var code = CodeOf(order);
        if (order?.Amount is not { MinorUnits: > 0 } || code == MagicCodes.Invalid)
            return PayPalErrors.Of(400, "VALIDATION_ERROR", new JsonObject { ["field"] = "items[0]", ["issue"] = "Item is invalid" });
        if (code == MagicCodes.InsufficientFunds)
            return PayPalErrors.Of(422, "INSUFFICIENT_FUNDS", detail: null);
        var wanted = new GatewayPayout(NewId(isRefund: false), PayPalPayouts.NameOf(call)!, account, order, code);
        var payout = Payouts.Begin(wanted);
        return payout == wanted ? Reply.Json(201, PayPalPayouts.View(payout, withItem: false)) : PayPalPayouts.SentBefore(payout);
    }

    private GatewayWebhook Webhook(string name, JsonObject resource) => new(name, JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["id"] = "WH-" + World.Ids.Hex("").ToUpperInvariant(), ["event_type"] = name,
        ["create_time"] = World.Now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
        ["resource_type"] = name.Split('.')[1].ToLowerInvariant(), ["resource"] = resource,
    }));

    private static Reply Made(Reply reply) => reply.Status == 200 ? reply with { Status = 201 } : reply;

    private static Reply Shown(Call call, JsonObject view) => Reply.Json(200, IsWhole(call) ? view : PayPalViews.Minimal(view));

    private static bool IsWhole(Call call) => HttpMethods.IsGet(call.Request.Method)
        || call.Request.Headers["Prefer"].ToString().Contains("return=representation", StringComparison.OrdinalIgnoreCase);

    private Func<Call, Reply> OnOrder(string intent) => Of((account, call) => With(account, call, payment =>
        payment.Order.ManualCapture == (intent == "AUTHORIZE")
            ? Made(Complete(account, call, order => PayPalErrors.Of(422, PayPalRefusals.OfCompletion(order))))
            : PayPalErrors.Of(422, "ACTION_DOES_NOT_MATCH_INTENT")));

    /// <summary>On an authorization or a capture, once there is one.</summary>
    private Func<Call, Reply> OnMoved(Func<GatewayAccount, Call, Reply> work) => Of((account, call) => With(account, call, payment =>
        PayPalViews.Has(payment, call.Route("id")[0]) ? work(account, call) : Failing(call, 404)));

    private TokenDesk DeskOf(string client) =>
        _desks.GetOrAdd(client, _ => new TokenDesk(World) { Lifetime = TimeSpan.FromSeconds(32_400) });

    /// <summary>No amount means all of it; one that cannot be read does not.</summary>
    private static bool IsReadable(Call call) => call.Json?["amount"] is null || Amount(call) is not null;

    private static Money? Amount(Call call) => PayPalViews.Amount(call.Json?["amount"]);
}
