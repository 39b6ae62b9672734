using System.Text;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Faults;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.OAuth;
using Patchbay.Sandbox.Payments;
using Patchbay.Sandbox.Vendors;

namespace Patchbay.Sandbox.BridgerPay;

/// <summary>BridgerPay: logins, cashier sessions, deposits, refunds and payouts that nothing keeps from being made twice.</summary>
internal sealed class BridgerPaySandbox(SandboxWorld world) : GatewayVendor(world)
{
    private const string MakesTokens = "tokens.create";
    private const string Refunding = "/v2/{key}/transactions/{id}/refund";

    private readonly TokenDesk _desk = new(world) { Lifetime = TimeSpan.FromHours(2) };

    public override string Name => "bridgerpay";

    protected override string? KeyHeader => null;

    public override void Map(VendorRoutes routes)
    {
        routes.Map("POST", "/v2/auth/login", MakesTokens, LogIn);
        routes.Map("POST", "/v2/cashier/session/create/{key}", Creates, Of(OpenSession));
        routes.Map("GET", "/v2/merchant/{key}/deposits/{id}", "payments.get", Of(Get));
        routes.Map("POST", Refunding, Refunds, Of(Refund));
        routes.Map("POST", Refunding + "/{amount}", Refunds, Of(Refund));
        routes.Map("GET", "/v2/{key}/payouts/metadata", "payouts.metadata", Of((_, _) => BridgerPayViews.Providers));
        routes.Map("POST", "/v2/{key}/payouts", PaysOut, Of(PayOut));
        routes.Map("GET", "/v2/{key}/payouts", "payouts.list", Of((account, call) => BridgerPayViews.List(
            Payouts.Of(account).Where(payout => payout.Order.Reference == call.Query("merchantOrderId")))));
        routes.Map("GET", "/v2/{key}/payouts/{id}/check-status", "payouts.get", Of((account, call) =>
            Payouts.Find(account, call.Route("id")) is { } payout
                ? BridgerPayViews.Done(BridgerPayViews.Payout(payout)) : Failing(call, 404)));
    }

    public override Reply? Refuse(Call call) => call.Operation == MakesTokens ? null : base.Refuse(call);

    /// <summary>The sandbox's lack of funds is BridgerPay's lack of a provider that fits.</summary>
    public override Reply Failing(Call call, int status) => BridgerPayViews.Refusal(status == 402 ? 403 : status);

    protected override AccountClaim? Claim(Call call) =>
        call.Credentials is { Password: "" } bearer && _desk.Takes(bearer.User) && call.Request.RouteValues["key"] is string key
            ? new AccountClaim(key, key) : null;

    protected override AccountClaim? Claim(IReadOnlyDictionary<string, string> credentials) =>
        credentials.TryGetValue("api_key", out var key) ? new AccountClaim(key, key) : null;

    protected override GatewayOrder? Read(Call call) => BridgerPayViews.Order(call) is not { } order ? null : order with
    {
        Label = call.Text("tracking_id"), Asked = call.Json,
    };

    /// <summary>It has no name of the merchant's, and its amount in the path, or none for all that is left.</summary>
    protected override GatewayOrder? ReadRefund(Call call)
    {
        if (call.Request.RouteValues["amount"] is not string text)
            return new GatewayOrder(null, null);
        return PlainDecimal.TryParse(text, out var number) && Currency.TryParse(CurrencyOf(call), out var currency)
            && Money.TryFromMajor(number, currency, out var amount) ? new GatewayOrder(amount, null) : null;
    }

    protected override GatewayOrder? ReadPayout(Call call) =>
        call.Text("provider") == BridgerPayViews.Provider && call.Text("country") is not null && call.Json?["metadata"] is not null
            ? BridgerPayViews.Order(call) : null;

    protected override string NewId(bool isRefund) => World.Ids.Uuid();

    protected override string IdOf(GatewayOrder order, bool isRefund) => isRefund ? NewId(isRefund) : order.Reference ?? NewId(isRefund);

    protected override string PaymentIdOf(Call call) => BridgerPayViews.PaymentOf(call.Route("id"));

    protected override Reply View(Call call, GatewayPayment payment) => call.Operation == Creates
        ? BridgerPayViews.Session(World.Ids.Uuid())
        : BridgerPayViews.Deposit(payment) is { } deposit ? BridgerPayViews.Done(deposit) : Failing(call, 404);

    protected override Reply View(Call call, GatewayRefund refund) => BridgerPayViews.Refund(refund);

    protected override Reply Conflict(string key) => throw new NotSupportedException("BridgerPay has no idempotency keys.");

    protected override GatewayWebhook? Write(GatewayNews news) => BridgerPayViews.TypeOf(news) is { } type
        ? new GatewayWebhook(type, BridgerPayViews.Notice(type, news)) : null;

    /// <summary>Nothing is signed: what proves them is the payload that is handed back.</summary>
    protected override void Sign(HttpRequestMessage request, byte[] body, Secret secret)
    {
    }

    /// <summary>A session is closed once it was paid.</summary>
    protected override void Tell(GatewayNews news)
    {
        Send(news, Write(news));
        if (news.Event == GatewayEvent.Paid)
            Send(news, new GatewayWebhook(BridgerPayViews.Closed, BridgerPayViews.Notice(BridgerPayViews.Closed, news)));
    }

    private GatewayPayouts Payouts => field ??= new GatewayPayouts(Name, World, payout =>
    {
        if (payout.Account.WebhookUrl is { } url && BridgerPayViews.TypeOf(payout) is { } type)
            Send(url, new GatewayWebhook(type, BridgerPayViews.Notice(type, payout)), payout.Code, (_, _) => { });
    });

    private void Send(GatewayNews news, GatewayWebhook? webhook)
    {
        if (news.Payment.Account.WebhookUrl is not { } url || webhook is null)
            return;
        Send(url, webhook, news.Payment.Code, (request, isForged) =>
        {
            if (isForged)
                request.Content = new StringContent(
                    BridgerPayViews.Forged(Encoding.UTF8.GetString(webhook.Body)), Encoding.UTF8, "application/json");
        });
    }

    private Reply LogIn(Call call) => call.Text("user_name") is { Length: > 0 } && !Credentials.IsWrong(call.Text("password") ?? "")
        ? BridgerPayViews.Entrance(_desk.Give(), _desk.Lifetime) : BridgerPayViews.Refusal(403, "login_failue");

    /// <summary>Another session of the same order is opened, as long as nobody has paid.</summary>
    private Reply OpenSession(GatewayAccount account, Call call)
    {
        foreach (var field in new[] { "cashier_key", "order_id", "currency", "country" })
        {
            if (call.Text(field) is not { Length: > 0 })
                return BridgerPayViews.Refusal(400, "validation_error", field);
        }

        if (Book.PaymentBy(account, call.Text("order_id")) is not { } payment)
            return Create(account, call);
        lock (payment.Gate)
            return payment.Status == GatewayStatus.Open ? View(call, payment) : Failing(call, 400);
    }

    private Reply PayOut(GatewayAccount account, Call call)
    {
        var order = ReadPayout(call);
        if (order?.Amount is not { MinorUnits: > 0 } || CodeOf(order) == MagicCodes.Invalid)
            return BridgerPayViews.Refusal(400, "validation_error", "metadata");
        if (CodeOf(order) == MagicCodes.InsufficientFunds)
            return Failing(call, 402);
        var id = World.Ids.Uuid();
        return BridgerPayViews.Done(BridgerPayViews.Payout(Payouts.Begin(new GatewayPayout(id, id, account, order, CodeOf(order)))));
    }
}
