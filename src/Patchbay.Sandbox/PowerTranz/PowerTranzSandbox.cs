using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Payments;
using Patchbay.Sandbox.Vendors;

namespace Patchbay.Sandbox.PowerTranz;

/// <summary>PowerTranz: hosted pages whose customers' browsers bring back a form, completions by token, captures, voids, refunds.</summary>
internal sealed class PowerTranzSandbox(SandboxWorld world) : GatewayVendor(world)
{
    private const string Completes = "payments.complete";
    private const string IdHeader = "PowerTranz-PowerTranzId";
    private static readonly TimeSpan TokensLast = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, (string Payment, DateTimeOffset At)> _tokens = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Payment, string Kind), string> _names = new();

    public override string Name => "powertranz";

    protected override bool MerchantCompletes => true;

    protected override bool DeclineIsFinal => true;

    protected override string? KeyHeader => null;

    /// <summary>A customer whose browser got no answer tries again, and again.</summary>
    protected override int Retries => 9;

    public override void Map(VendorRoutes routes)
    {
        routes.Map("POST", "/api/spi/sale", Creates, Of(OpenPage));
        routes.Map("POST", "/api/spi/auth", Creates, Of(OpenPage));
        routes.Map("POST", "/api/spi/payment", Completes, Complete);
        routes.Map("POST", "/api/capture", "payments.capture", Of((account, call) =>
            Called(call, "capture", Capture(account, call, PowerTranzViews.Amount(call.Json)))));
        routes.Map("POST", "/api/void", "payments.cancel", Of(Void));
        routes.Map("POST", "/api/refund", Refunds, Of(Refund));
        routes.Map("GET", "/api/transactions/search", "payments.list", Of(Search));
        routes.Map("GET", "/api/transactions/{id}", "payments.get", Of(Get));
        MapPage(routes);
    }

    /// <summary>A completion is known by its token, and must not bring the password.</summary>
    public override Reply? Refuse(Call call) => call.Operation != Completes ? base.Refuse(call)
        : call.Request.Headers.ContainsKey(IdHeader) ? Failing(call, 400) : null;

    public override Reply Failing(Call call, int status)
    {
        var (code, text) = status switch
        {
            401 => ("89", "Authentication failure"),
            402 => ("51", "Not sufficient funds"),
            >= 500 => ("96", "System malfunction"),
            _ => ("12", "Invalid transaction"),
        };
        return status is 404 or 429 ? Reply.Json(status, new JsonObject()) : Reply.Json(
            status, new JsonObject { ["Approved"] = false, ["IsoResponseCode"] = code, ["ResponseMessage"] = text });
    }

    protected override AccountClaim? Claim(Call call)
    {
        var headers = call.Request.Headers;
        return headers[IdHeader] is [{ Length: > 0 } id] && headers["PowerTranz-PowerTranzPassword"] is [{ } password]
            ? new AccountClaim(id, password) : null;
    }

    protected override AccountClaim? Claim(IReadOnlyDictionary<string, string> credentials) =>
        credentials.TryGetValue("powertranz_id", out var id) && credentials.TryGetValue("powertranz_password", out var password)
            ? new AccountClaim(id, password) : null;

    protected override GatewayOrder? Read(Call call)
    {
        var extended = call.Json?["ExtendedData"];
        var isWhole = Guid.TryParse(call.Text("TransactionIdentifier"), out _) && extended?["HostedPage"]?["PageName"] is not null
            && call.Json?["Source"] is null;
        return !isWhole ? null : new GatewayOrder(PowerTranzViews.Amount(call.Json), call.Text("OrderIdentifier"))
        {
            Label = call.Text("ExternalIdentifier"), Asked = call.Json,
            WebhookUrl = extended?["MerchantResponseUrl"]?.GetValue<string>(),
            ManualCapture = call.Path.EndsWith("/auth", StringComparison.Ordinal),
        };
    }

    protected override GatewayOrder? ReadRefund(Call call) =>
        call.Json is null ? null : new GatewayOrder(PowerTranzViews.Amount(call.Json), call.Text("ExternalIdentifier"));

    protected override string NewId(bool isRefund) => World.Ids.Uuid();

    protected override string IdOf(GatewayOrder order, bool isRefund) =>
        order.Asked?["TransactionIdentifier"]?.GetValue<string>() ?? NewId(isRefund);

    protected override string PaymentIdOf(Call call) => call.Operation == Completes
        ? PaymentBehind(call) ?? "" : call.Text("TransactionIdentifier") ?? call.Request.RouteValues["id"] as string ?? "";

    protected override Reply View(Call call, GatewayPayment payment) => Reply.Json(200, call.Operation switch
    {
        Creates => PowerTranzViews.Opened(payment, PageOf(payment)),
        "payments.get" => PowerTranzViews.Asked(payment),
        "payments.capture" => PowerTranzViews.Of(NewId(isRefund: false), payment, payment.Captured, NameOf(payment, "capture")),
        _ => PowerTranzViews.Of(payment),
    });

    protected override Reply View(Call call, GatewayRefund refund) =>
        Reply.Json(200, PowerTranzViews.Of(refund.Id, refund.Payment, refund.Amount, refund.Reference));

    protected override Reply Conflict(string key) => throw new NotSupportedException("PowerTranz has no idempotency keys.");

    /// <summary>Told with the address of the form, as the hub signs it; the hub's answer to the form leads there.</summary>
    protected override string? ReturnUrlOf(GatewayPayment payment) =>
        payment.Order.WebhookUrl is { } form ? QueryHelpers.ParseQuery(new Uri(form).Query)["r"] : (string?)null;

    /// <summary>There are no webhooks: it is the customer's browser that brings the form, to where the payment says.</summary>
    protected override void Tell(GatewayNews news)
    {
        if (news.Event == GatewayEvent.Approved && news.Payment.Order.WebhookUrl is { } back)
            Send(new Uri(back), Write(news)!, news.Payment.Code, Forge);
    }

    protected override GatewayWebhook? Write(GatewayNews news)
    {
        var token = World.Ids.Hex("");
        _tokens[token] = (news.Payment.Id, World.Now);
        var response = PowerTranzViews.Authenticated(news.Payment, token).ToJsonString();
        return new GatewayWebhook(
            "return",
            Encoding.UTF8.GetBytes(
                $"Response={Uri.EscapeDataString(response)}&TransactionIdentifier={news.Payment.Id}&SpiToken={token}"),
            "application/x-www-form-urlencoded");
    }

    protected override void Sign(HttpRequestMessage request, byte[] body, Secret secret)
    {
    }

    /// <summary>A stranger does not know the address.</summary>
    private static void Forge(HttpRequestMessage request, bool isForged)
    {
        if (isForged)
            request.RequestUri = new Uri(request.RequestUri!.OriginalString.Replace("&s=", "&s=AAAA", StringComparison.Ordinal));
    }

    /// <summary>A GUID is taken once.</summary>
    private Reply OpenPage(GatewayAccount account, Call call) =>
        PaymentOf(call.Text("TransactionIdentifier") ?? "") is null ? CreateAgain(account, call) : Failing(call, 400);

    private Reply Complete(Call call) => PaymentBehind(call) is { } id && PaymentOf(id) is { } payment
        ? Complete(payment.Account, call, one => one.Status == GatewayStatus.Failed ? View(call, one) : Failing(call, 400))
        : Failing(call, 400);

    /// <summary>Null when the body is no token that still counts.</summary>
    private string? PaymentBehind(Call call) =>
        _tokens.TryGetValue(call.Body.Trim('"'), out var found) && call.Body.StartsWith('"') && World.Now - found.At < TokensLast
            ? found.Payment : null;

    /// <summary>Only of what is reserved, and not captured.</summary>
    private Reply Void(GatewayAccount account, Call call) => With(account, call, payment =>
        payment.Status == GatewayStatus.Authorized ? Called(call, "void", Cancel(account, call)) : Failing(call, 400));

    private Reply Search(GatewayAccount account, Call call)
    {
        var listed = new JsonArray();
        foreach (var payment in Book.PaymentsOf(account).Where(one => one.Order.Reference == call.Query("orderIdentifier")))
        {
            lock (payment.Gate)
            {
                listed.Add(PowerTranzViews.Asked(payment));
                if (payment is { WasAuthorized: true, Status: GatewayStatus.Paid })
                    Add(payment, payment.Captured, "capture");
                if (payment is { WasAuthorized: true, Status: GatewayStatus.Canceled })
                    Add(payment, payment.Amount, "void");
                foreach (var refund in Book.RefundsOf(payment))
                    listed.Add(PowerTranzViews.Asked(PowerTranzViews.Of(refund.Id, payment, refund.Amount, refund.Reference)));
            }
        }

        return Reply.Json(200, listed);

        void Add(GatewayPayment payment, Money amount, string kind) => listed.Add(PowerTranzViews.Asked(
            PowerTranzViews.Of(NewId(isRefund: false), payment, amount, NameOf(payment, kind))));
    }

    private string? NameOf(GatewayPayment payment, string kind) => _names.GetValueOrDefault((payment.Id, kind));

    private Reply Called(Call call, string kind, Reply reply)
    {
        if (reply.Status == 200 && call.Text("ExternalIdentifier") is { } name)
            _names[(PaymentIdOf(call), kind)] = name;
        return reply;
    }
}
