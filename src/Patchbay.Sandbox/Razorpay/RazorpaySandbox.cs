using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Faults;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Payments;
using Patchbay.Sandbox.Vendors;

namespace Patchbay.Sandbox.Razorpay;

/// <summary>Razorpay: payment links, orders, captures, refunds, RazorpayX payouts, signed webhooks and returns.</summary>
internal sealed partial class RazorpaySandbox(SandboxWorld world) : GatewayVendor(world), ISandboxVendor
{
    private const string Capturing = "payments.capture";
    private const string Cancels = "payments.cancel";
    private const string Links = "/v1/payment_links";

    private readonly ConcurrentDictionary<(string Account, string Reference), byte> _references = new();
    private readonly ConcurrentDictionary<string, Secret> _keySecrets = new(StringComparer.Ordinal);

    public override string Name => "razorpay";

    /// <summary>Razorpay documents no Retry-After.</summary>
    public bool SaysRetryAfter => false;

    public override void Map(VendorRoutes routes)
    {
        routes.Map("POST", Links, Creates, Of(CreateLink));
        routes.Map("GET", Links, "payments.list", Of((account, call) => Reply.Json(200, new JsonObject
        {
            ["payment_links"] = new JsonArray([.. Found(account, call.Query("reference_id"), links: true)
                .Select(payment => RazorpayViews.OfLink(payment, PageOf(payment)))]),
        })));
        routes.Map("GET", Links + "/{id}", "payments.get", Of(Get));
        routes.Map("POST", Links + "/{id}/cancel", Cancels, Of((account, call) => With(account, call, payment =>
            payment.Status == GatewayStatus.Open ? Cancel(account, call) : Failing(call, 422))));
        routes.Map("POST", "/v1/orders", Creates, Of(CreateOrder));
        routes.Map("GET", "/v1/orders", "orders.list", Of((account, call) => Reply.Json(200, RazorpayViews.List(
            Found(account, call.Query("receipt"), links: false).Select(RazorpayViews.OfOrder)))));
        routes.Map("GET", "/v1/orders/{id}", "orders.get", Of(Get));
        routes.Map("GET", "/v1/orders/{id}/payments", "orders.payments", Of((account, call) => With(account, call, payment =>
            Reply.Json(200, RazorpayViews.List(RazorpayViews.IsTried(payment) ? [RazorpayViews.OfPayment(payment)] : [])))));
        routes.Map("GET", "/v1/payments", "account.get", Of((account, call) => Reply.Json(200, RazorpayViews.List(
            Book.PaymentsOf(account).Where(RazorpayViews.IsTried).Take(call.Number("count", 10)).Select(RazorpayViews.OfPayment)))));
        routes.Map("GET", "/v1/payments/{id}", "payments.get", Of(Get));
        routes.Map("POST", "/v1/payments/{id}/capture", Capturing, Of(CapturePayment));
        routes.Map("POST", "/v1/payments/{id}/refund", Refunds, Of(RefundPayment));
        routes.Map("GET", "/v1/payments/{id}/refunds", "refunds.list", Of((account, call) => With(account, call, payment =>
            Reply.Json(200, RazorpayViews.List(Book.RefundsOf(payment).Skip(call.Number("skip", 0)).Take(call.Number("count", 10))
                .Select(RazorpayViews.OfRefund))))));
        routes.Map("GET", "/v1/payments/{id}/refunds/{refund}", "refunds.get", Of(GetRefund));
        routes.Map("POST", "/v1/payouts", PaysOut, Of(PayOut));
        routes.Map("GET", "/v1/payouts", "payouts.list", Of((account, call) => Reply.Json(200, RazorpayViews.List(
            Payouts.Of(account).Where(payout => payout.Order.Reference == call.Query("reference_id")).Select(RazorpayPayouts.View)))));
        routes.Map("GET", "/v1/payouts/{id}", "payouts.get", Of((account, call) =>
            Payouts.Find(account, call.Route("id")) is { } payout ? Reply.Json(200, RazorpayPayouts.View(payout)) : Failing(call, 404)));
        MapPage(routes);
    }

    public override Reply Failing(Call call, int status) => RazorpayErrors.Of(status);

    /// <summary>Links, orders and captures have none.</summary>
    protected override string? KeyOf(Call call) => KeyIn(call, call.Operation switch
    {
        Refunds => "X-Refund-Idempotency",
        PaysOut => "X-Payout-Idempotency",
        _ => null,
    });

    protected override AccountClaim? Claim(Call call) =>
        call.Credentials is { } given && KeyShape().IsMatch(given.User) ? new(given.User, given.Password) : null;

    protected override AccountClaim? Claim(IReadOnlyDictionary<string, string> credentials) =>
        credentials.TryGetValue("key_id", out var key) && KeyShape().IsMatch(key)
            ? new(key, credentials.GetValueOrDefault("webhook_secret", "")) : null;

    protected override GatewayOrder? Read(Call call)
    {
        if (call.Json is not { } body)
            return null;
        var isLink = call.Path == Links;
        return new RazorpayOrder(
            RazorpayViews.Amount(body["amount"], call.Text("currency") ?? "INR"), call.Text(isLink ? "reference_id" : "receipt"), isLink)
        {
            Label = (body["notes"] as JsonObject)?["merchant_reference"]?.ToString(),
            ReturnUrl = call.Text("callback_url"),
            ManualCapture = !isLink && body["payment_capture"] is JsonValue value && value.TryGetValue(out bool at) && !at,
        };
    }

    protected override GatewayOrder? ReadRefund(Call call) =>
        call.Json is null ? null : new GatewayOrder(RazorpayViews.Amount(call.Json["amount"], CurrencyOf(call)), call.Text("receipt"));

    protected override GatewayOrder? ReadPayout(Call call) => RazorpayPayouts.Read(call);

    protected override string NewId(bool isRefund) => World.Ids.Letters(isRefund ? "rfnd_" : RazorpayViews.Link);

    /// <summary>A link, its order and its payment have ids that end alike; what is not there has none.</summary>
    protected override GatewayPayment? PaymentOf(string id)
    {
        if (base.PaymentOf(RazorpayViews.Link + id.Split('_')[^1]) is not { } payment)
            return null;
        lock (payment.Gate)
        {
            var isThere = id == RazorpayViews.IdOf(payment, RazorpayViews.Order)
                || (id == RazorpayViews.IdOf(payment, RazorpayViews.Link) && RazorpayViews.IsLink(payment))
                || (id == RazorpayViews.IdOf(payment, RazorpayViews.Pay) && RazorpayViews.IsTried(payment));
            return isThere ? payment : null;
        }
    }

    protected override Reply View(Call call, GatewayPayment payment) => Reply.Json(200, call.Path.Split('/')[2] switch
    {
        "payment_links" => RazorpayViews.OfLink(payment, PageOf(payment)),
        "orders" => RazorpayViews.OfOrder(payment),
        _ => RazorpayViews.OfPayment(payment),
    });

    protected override Reply View(Call call, GatewayRefund refund) => Reply.Json(200, RazorpayViews.OfRefund(refund));

    protected override Reply Conflict(string key) => RazorpayErrors.Refused(
        "Different request with the same idempotency key has already been processed.") with { Kept = false };

    protected override Reply InUse(string key) => RazorpayErrors.Of(409) with { Kept = false };

    protected override void Tell(GatewayNews news)
    {
        var (payment, account) = (news.Payment, news.Payment.Account);
        foreach (var name in RazorpayEvents.Names(news))
            TellSigned(account, account.WebhookUrl, RazorpayEvents.Write(name, news, World.Now, PageOf(payment)), payment.Code);
    }

    protected override GatewayWebhook? Write(GatewayNews news) => null;   // several tell of one thing: see Tell

    protected override void Sign(HttpRequestMessage request, byte[] body, Secret secret)
    {
        request.Headers.Add("X-Razorpay-Signature", Convert.ToHexStringLower(Signatures.HmacSha256(secret, body)));
        request.Headers.Add("x-razorpay-event-id", RazorpayEvents.IdOf(body));
    }

    /// <summary>A customer who has paid brings back what became of the link, signed with the key's secret.</summary>
    protected override string? ReturnUrlOf(GatewayPayment payment)
    {
        if (payment is not { Status: GatewayStatus.Paid, Order.ReturnUrl: { } back })
            return payment.Order.ReturnUrl;
        var (id, reference, status) = (RazorpayViews.IdOf(payment, RazorpayViews.Pay), payment.Order.Reference, "paid");
        var signature = RazorpaySignature.OfReturn(payment.Id, reference, status, id, _keySecrets[payment.Account.Id]);
        return back + (back.Contains('?', StringComparison.Ordinal) ? '&' : '?')
            + $"razorpay_payment_id={id}&razorpay_payment_link_id={payment.Id}"
            + $"&razorpay_payment_link_reference_id={Uri.EscapeDataString(reference ?? "")}"
            + $"&razorpay_payment_link_status={status}&razorpay_signature={signature}";
    }

    private GatewayPayouts Payouts => field ??= new GatewayPayouts(Name, World, TellOf);

    /// <summary>A reference is taken once.</summary>
    private Reply CreateLink(GatewayAccount account, Call call)
    {
        var order = Read(call);
        if (order?.ReturnUrl is not null && call.Text("callback_method") != "get")
            return RazorpayErrors.Refused("The callback method must be get", "callback_method");
        if (Unfit(order) is { } unfit)
            return unfit;
        _keySecrets[account.Id] = new Secret(call.Credentials!.Password);
        if (order!.Reference is not { } reference)
            return Create(account, call);
        if (!_references.TryAdd((account.Id, reference), 0))
            return RazorpayErrors.Refused("payment link creation with reference ID already attempted", "reference_id");
        var made = Create(account, call);
        if (made.Status != 200)
            _references.TryRemove((account.Id, reference), out _);
        return made;
    }

    private Reply CreateOrder(GatewayAccount account, Call call) => Unfit(Read(call)) ?? Create(account, call);

    private static Reply? Unfit(GatewayOrder? order) => order switch
    {
        { Amount: not { MinorUnits: >= 100 } } => RazorpayErrors.Refused("The amount must be at least INR 1.00", "amount"),
        { Reference.Length: > 40 } => RazorpayErrors.Refused("The reference may not be greater than 40 characters."),
        _ => null,
    };

    private Reply CapturePayment(GatewayAccount account, Call call) => With(account, call, payment => payment switch
    {
        { Status: GatewayStatus.Paid } => RazorpayErrors.Refused("This payment has already been captured"),
        _ when RazorpayViews.Amount(call.Json?["amount"], call.Text("currency")) != payment.Amount =>
            RazorpayErrors.Refused("Capture amount must be equal to the amount authorized", "amount"),
        _ => Capture(account, call, payment.Amount),
    });

    private Reply RefundPayment(GatewayAccount account, Call call) =>
        call.Json?.FirstOrDefault(field => field.Key is not ("amount" or "speed" or "receipt" or "notes")).Key is { } extra
            ? RazorpayErrors.Refused($"{extra} is/are not required and should not be sent") : Refund(account, call);

    private Reply PayOut(GatewayAccount account, Call call)
    {
        if (call.Request.Headers["X-Payout-Idempotency"].Count == 0)
            return RazorpayErrors.Refused("Idempotency key is missing. Include idempotency header and key in the request.");
        var order = ReadPayout(call);
        var code = CodeOf(order);
        if (order?.Amount is not { MinorUnits: >= 100 } || code == MagicCodes.Invalid)
            return RazorpayErrors.Refused("The payout is invalid");
        if (code == MagicCodes.InsufficientFunds)
            return RazorpayErrors.Refused("Your account does not have enough balance to carry out the payout operation.", reason: "NA");
        var id = World.Ids.Letters("pout_");
        var payout = Payouts.Begin(new GatewayPayout(id, id, account, order, code));
        TellOf(payout);
        return Reply.Json(200, RazorpayPayouts.View(payout));
    }

    private void TellOf(GatewayPayout payout) => TellSigned(
        payout.Account, payout.Account.WebhookUrl,
        RazorpayEvents.Write(RazorpayPayouts.EventOf(payout), World.Now, [("payout", RazorpayPayouts.View(payout))]), payout.Code);

    /// <summary>All where no reference is asked for.</summary>
    private IEnumerable<GatewayPayment> Found(GatewayAccount account, string? reference, bool links) => Book.PaymentsOf(account).Where(
        payment => RazorpayViews.IsLink(payment) == links && (reference is null || payment.Order.Reference == reference));

    [GeneratedRegex("^rzp_(test|live)_[A-Za-z0-9]+$")]
    private static partial Regex KeyShape();
}
