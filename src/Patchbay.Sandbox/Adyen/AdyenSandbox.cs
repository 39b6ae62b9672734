using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Payments;
using Patchbay.Sandbox.Vendors;

namespace Patchbay.Sandbox.Adyen;

/// <summary>Adyen: payment links, modifications that are only received, signed webhooks that tell what became of them.</summary>
internal sealed class AdyenSandbox(SandboxWorld world) : GatewayVendor(world), ISandboxVendor
{
    private const string Captures = "captures.create";
    private const string Cancels = "payments.cancel";

    /// <summary>What webhooks call modifications.</summary>
    private const string Captured = "CAPTURE";

    private const string Cancellation = "CANCELLATION";
    private const string Refunded = "REFUND";

    private const string Management = "/v3";

    /// <summary>The Checkout API on its hosts for test and for live. What is used of it is the same in every version.</summary>
    private static readonly string[] Checkout = ["/v{version:int}", "/checkout/v{version:int}"];

    public override string Name => "adyen";

    /// <summary>Adyen repeats a webhook for days, until it is taken.</summary>
    protected override int Retries => 9;

    /// <summary>Adyen documents no Retry-After.</summary>
    public bool SaysRetryAfter => false;

    public override void Map(VendorRoutes routes)
    {
        foreach (var root in Checkout)
        {
            routes.Map("POST", root + "/paymentMethods", "methods.list", OfMerchant(
                (_, _) => Reply.Json(200, new JsonObject { ["paymentMethods"] = new JsonArray() })));
            routes.Map("POST", root + "/paymentLinks", Creates, OfMerchant((account, call) => Made(Create(account, call))));
            routes.Map("GET", root + "/paymentLinks/{id}", "payments.get", Of(Get));
            routes.Map("PATCH", root + "/paymentLinks/{id}", "payments.expire", Of((account, call) => With(account, call, payment =>
                payment.Status == GatewayStatus.Open && call.Text("status") == "expired" ? Cancel(account, call) : Failing(call, 422))));
            routes.Map("POST", root + "/payments/{id}/captures", Captures, OfMerchant((account, call) =>
                Received(account, call, Captured, () => Capture(account, call, AdyenViews.Amount(call.Json!["amount"])))));
            routes.Map("POST", root + "/payments/{id}/cancels", Cancels, OfMerchant((account, call) =>
                Received(account, call, Cancellation, () => Cancel(account, call))));
            routes.Map("POST", root + "/payments/{id}/refunds", Refunds, OfMerchant((account, call) =>
                Received(account, call, Refunded, () => Refund(account, call))));
            routes.MapRest(call => Failing(call, 404), root);
        }

        const string webhooks = Management + "/merchants/{merchant}/webhooks";
        routes.Map("GET", webhooks, "webhooks.list", Of((account, _) => AdyenWebhookBook.List(account)));
        routes.Map("POST", webhooks, "webhooks.create", Of(AdyenWebhookBook.Register));
        routes.Map("DELETE", webhooks + "/{hook}", "webhooks.delete", Of(AdyenWebhookBook.Remove));
        routes.Map("POST", webhooks + "/{hook}/generateHmac", "webhooks.generate_key", Of(AdyenWebhookBook.GenerateKey));
        MapPage(routes);
    }

    // The sandbox's general refusals are 400 and 402; Adyen has 422 for both.
    public override Reply Failing(Call call, int status) => call.Path.StartsWith(Management + "/", StringComparison.Ordinal)
        ? AdyenErrors.Management(status) : AdyenErrors.Checkout(status is 400 or 402 ? 422 : status, NewId(isRefund: true));

    /// <summary>The key of a request comes back with its answer, also with one that is given again.</summary>
    public void Head(Call call, IHeaderDictionary headers)
    {
        if (call.Request.Headers["Idempotency-Key"] is [{ Length: > 0 } key, ..])
            headers["Idempotency-Key"] = key;
    }

    protected override AccountClaim? Claim(Call call) =>
        call.Request.Headers["X-API-Key"] is [{ Length: > 0 } key, ..] ? new(key, key) : null;

    protected override AccountClaim? Claim(IReadOnlyDictionary<string, string> credentials) =>
        credentials.TryGetValue("api_key", out var key) && credentials.TryGetValue("hmac_key", out var signs)
            ? new(key, AdyenSigner.Secret(
                signs, credentials.GetValueOrDefault("webhook_username"), credentials.GetValueOrDefault("webhook_password")))
            : null;

    protected override GatewayOrder? Read(Call call)
    {
        if (call.Json is not { } asked || call.Text("reference") is not { } reference)
            return null;
        asked[AdyenEvents.Live] = call.Path.StartsWith("/checkout/", StringComparison.Ordinal);   // which webhooks say, too
        return new GatewayOrder(AdyenViews.Amount(asked["amount"]), asked["metadata"]?["reference"]?.ToString() ?? reference)
        {
            Asked = asked, Label = asked["metadata"]?["merchant_reference"]?.ToString(), ReturnUrl = call.Text("returnUrl"),
            ManualCapture = asked["manualCapture"]?.GetValue<bool>() == true,
        };
    }

    /// <summary>A refund names its amount, always.</summary>
    protected override GatewayOrder? ReadRefund(Call call) =>
        AdyenViews.Amount(call.Json?["amount"]) is { } amount ? new GatewayOrder(amount, call.Text("reference")) : null;

    protected override string NewId(bool isRefund)
    {
        var hex = World.Ids.Hex("");
        return isRefund ? AdyenViews.Psp('R', hex) : AdyenViews.Link(hex);
    }

    protected override string PaymentIdOf(Call call) => AdyenViews.LinkOf(call.Route("id"));

    protected override Reply View(Call call, GatewayPayment payment) => Reply.Json(200, call.Operation switch
    {
        Captures => AdyenViews.Received(call.Json!, AdyenViews.PaymentOf(payment), AdyenViews.CaptureOf(payment), payment.Captured),
        Cancels => AdyenViews.Received(call.Json!, AdyenViews.PaymentOf(payment), AdyenViews.CancellationOf(payment), null),
        _ => AdyenViews.Link(payment, PageOf(payment)),
    });

    protected override Reply View(Call call, GatewayRefund refund) => Reply.Json(
        200, AdyenViews.Received(call.Json!, AdyenViews.PaymentOf(refund.Payment), refund.Id, refund.Amount));

    protected override Reply Conflict(string key) => AdyenErrors.Checkout(409, NewId(isRefund: true)) with { Kept = false };

    protected override GatewayWebhook? Write(GatewayNews news) =>
        AdyenEvents.Write(news, AdyenViews.Psp('F', World.Ids.Hex("")), World.Now);

    protected override void Sign(HttpRequestMessage request, byte[] body, Secret secret) => AdyenSigner.Sign(request, body, secret);

    /// <summary>An operation on a merchant account of the caller's.</summary>
    private Func<Call, Reply> OfMerchant(Func<GatewayAccount, Call, Reply> work) => Of((account, call) =>
        call.Text("merchantAccount") is { Length: > 0 } merchant && !Credentials.IsWrong(merchant)
            ? work(account, call)
            : AdyenErrors.Checkout(403, NewId(isRefund: true), "901", "Invalid Merchant Account") with { Kept = false });

    /// <summary>What cannot be carried out is received all the same, and a webhook tells so.</summary>
    /// <param name="code">Of the webhook.</param>
    private Reply Received(GatewayAccount account, Call call, string code, Func<Reply> modify) => With(account, call, payment =>
    {
        var amount = AdyenViews.Amount(call.Json!["amount"]);
        if (code != Cancellation && amount?.Currency != payment.Amount.Currency)
            return Failing(call, 422) with { Kept = false };
        if (IsPossible(code, payment, amount))
            return Made(modify());
        var psp = NewId(isRefund: true);
        TellSigned(
            account, account.WebhookUrl,
            AdyenEvents.Refused(payment, code, psp, call.Json["amount"], call.Text("reference"), World.Now), payment.Code);
        return Reply.Json(201, AdyenViews.Received(call.Json, AdyenViews.PaymentOf(payment), psp, amount));
    });

    private static bool IsPossible(string code, GatewayPayment payment, Money? amount) => code switch
    {
        Refunded => amount <= payment.Refundable,
        Captured => payment.Status == GatewayStatus.Authorized && amount <= payment.Amount,
        _ => payment.Status == GatewayStatus.Authorized,
    };

    private static Reply Made(Reply reply) => reply.Status == 200 ? reply with { Status = 201 } : reply;
}
