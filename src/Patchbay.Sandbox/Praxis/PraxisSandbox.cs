using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Faults;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Payments;
using Patchbay.Sandbox.Vendors;

namespace Patchbay.Sandbox.Praxis;

/// <summary>Praxis's cashier: sessions, orders, refunds, signed notifications. Every request is signed as a notification is.</summary>
internal sealed class PraxisSandbox(SandboxWorld world) : GatewayVendor(world)
{
    private readonly ConcurrentDictionary<string, Secret> _secrets = new(StringComparer.Ordinal);
    private long _transactions = world.Now.ToUnixTimeSeconds() * 1000;

    public override string Name => "praxis";

    protected override string? KeyHeader => null;

    public override void Map(VendorRoutes routes)
    {
        routes.Map("POST", "/cashier/cashier", Creates, Of(OpenCashier));
        routes.Map("POST", "/agent/find-order", "orders.find", Of(FindOrder));
        routes.Map("POST", "/direct/refund", Refunds, Of(Refund));
        routes.Map("POST", "/agent/manage-withdrawal-request", "payouts.complete", Of(Manage));
        routes.MapRest(call => Failing(call, 404));
        MapPage(routes);
        new PayPage(Payouts, "withdraw", "Withdraw").Map(routes);
    }

    /// <summary>A refusal has HTTP status 200; only what is wrong before the request is read has another.</summary>
    public override Reply Failing(Call call, int status) => status switch
    {
        401 => PraxisViews.Refusal(400, 1, "Signature is not valid"),
        403 => PraxisViews.Refusal(403, 1, "IP address is not allowed"),
        404 => PraxisViews.Refusal(200, 2, "Order was not found"),
        429 or >= 500 => PraxisViews.Refusal(status, -1, "Try again later"),
        _ => PraxisViews.Refusal(200, 3, "The request cannot be carried out"),
    };

    /// <summary>A merchant who was not connected signs with a secret that is not known here, and is believed.</summary>
    protected override AccountClaim? Claim(Call call)
    {
        if (call.Text("merchant_id") is not { } merchant || call.Text("application_key") is not { } application)
            return null;
        var account = $"{merchant}/{application}";
        var given = call.Request.Headers[PraxisSigning.Header].ToString();
        var isRight = _secrets.GetValueOrDefault(account) is not { } secret || PraxisSigning.OfRequest(call, secret) == given;
        return isRight && given.Length > 0 ? new AccountClaim(account, Secret: account, Signs: false) : null;
    }

    protected override AccountClaim? Claim(IReadOnlyDictionary<string, string> credentials)
    {
        if (!credentials.TryGetValue("merchant_id", out var merchant) || !credentials.TryGetValue("application_key", out var application)
            || !credentials.TryGetValue("merchant_secret", out var secret))
            return null;
        _secrets[$"{merchant}/{application}"] = new Secret(secret);
        return new AccountClaim($"{merchant}/{application}", secret);
    }

    protected override GatewayOrder? Read(Call call) => ReadRefund(call) is not { } order ? null : order with
    {
        Label = call.Text("variable1"), ReturnUrl = call.Text("return_url"), WebhookUrl = call.Text("notification_url"),
    };

    protected override GatewayOrder? ReadRefund(Call call) => call.Json is null ? null : new GatewayOrder(
        Currency.TryParse(call.Text("currency"), out var currency) && long.TryParse(
            call.Json["amount"]?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var amount)
            ? new Money(amount, currency) : null,
        call.Text("order_id"));

    protected override string NewId(bool isRefund) =>
        Interlocked.Increment(ref _transactions).ToString(CultureInfo.InvariantCulture);

    protected override string PaymentIdOf(Call call) => call.Json?["reference_id"]?.ToString() ?? "";

    /// <summary>Until somebody has tried to pay, merchants know it by their own id.</summary>
    protected override GatewayPayment? PaymentOf(string id) => base.PaymentOf(id) ?? Book.PaymentBy(id);

    protected override Reply View(Call call, GatewayPayment payment) => Reply.Json(200, PraxisViews.Answer(
        World.Now, PraxisViews.Session(payment), PraxisViews.Transaction(payment),
        call.Operation == Creates ? new Uri(PageOf(payment)) : null));

    protected override Reply View(Call call, GatewayRefund refund) =>
        Reply.Json(200, PraxisViews.Answer(World.Now, PraxisViews.Session(refund), PraxisViews.Transaction(refund)));

    protected override GatewayWebhook? Write(GatewayNews news)
    {
        var (session, transaction) = news.Refund is { } refund
            ? (PraxisViews.Session(refund), PraxisViews.Transaction(refund))
            : (PraxisViews.Session(news.Payment), PraxisViews.Transaction(news.Payment));
        return Notification(news.Payment.Account, session, transaction);
    }

    protected override void Sign(HttpRequestMessage request, byte[] body, Secret secret) =>
        request.Headers.Add(PraxisSigning.Header, PraxisSigning.OfNotification(JsonNode.Parse(body)!, secret));

    protected override Reply Conflict(string key) => throw new NotSupportedException("Praxis has no idempotency keys.");

    private GatewayPayouts Payouts => field ??= new GatewayPayouts(
        Name, World, payout => TellSigned(
            payout.Account, payout.Order.WebhookUrl is { } own ? new Uri(own) : null,
            Notification(payout.Account, PraxisViews.Session(payout), PraxisViews.Transaction(payout)), payout.Code),
        receiverChooses: true);

    private GatewayWebhook Notification(GatewayAccount account, JsonObject session, JsonObject? transaction)
    {
        var body = PraxisViews.Answer(World.Now, session, transaction);
        body.Remove("status");
        body.Remove("description");
        (body["merchant_id"], body["application_key"]) = (account.Id.Split('/')[0], account.Id.Split('/')[1]);
        return new GatewayWebhook("notification", Encoding.UTF8.GetBytes(body.ToJsonString()));
    }

    /// <summary>An open session of the same order is opened again, as with payments.</summary>
    private Reply OpenWithdrawal(GatewayAccount account, Call call)
    {
        var order = Read(call);
        if (order?.Amount is not { MinorUnits: > 0 } || CodeOf(order) is MagicCodes.Invalid or MagicCodes.InsufficientFunds)
            return Failing(call, 400);
        var payout = Payouts.Begin(new GatewayPayout(NewId(isRefund: false), order.Reference ?? "", account, order, CodeOf(order)));
        var page = new Uri($"{World.PublicUrl}{Name}/withdraw/{payout.Id}");
        return payout.Status != GatewayPayoutStatus.Pending ? Failing(call, 422)
            : Reply.Json(200, PraxisViews.Answer(World.Now, PraxisViews.Session(payout), null, page));
    }

    private Reply Manage(GatewayAccount account, Call call) =>
        Payouts.Find(account, call.Json?["withdrawal_request_id"]?.ToString() ?? "") is { } payout
            && call.Text("intent") == "complete-withdrawal-request" && Payouts.Complete(payout)
            ? Reply.Json(200, PraxisViews.Answer(World.Now, PraxisViews.Session(payout), null)) : Failing(call, 422);

    /// <summary>An open session of the same order is opened again: nobody has paid.</summary>
    private Reply OpenCashier(GatewayAccount account, Call call)
    {
        if (call.Text("intent") == "withdrawal")
            return OpenWithdrawal(account, call);
        if (Book.PaymentBy(account, call.Text("order_id")) is not { } payment)
            return Create(account, call);
        lock (payment.Gate)
            return payment.Status == GatewayStatus.Open ? View(call, payment) : Failing(call, 422);
    }

    private Reply FindOrder(GatewayAccount account, Call call)
    {
        var order = call.Text("order_id");
        if (Book.PaymentBy(account, order) is { } payment)
        {
            lock (payment.Gate)
                return View(call, payment);
        }

        if (Payouts.Named(account, order ?? "") is { } payout)
            return Reply.Json(200, PraxisViews.Answer(World.Now, PraxisViews.Session(payout), PraxisViews.Transaction(payout)));
        if (Book.RefundBy(account, order) is not { } refund)
            return Failing(call, 404);
        lock (refund.Payment.Gate)
            return View(call, refund);
    }
}
