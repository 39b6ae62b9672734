using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Payments;
using Patchbay.Sandbox.Vendors;

namespace Patchbay.Connectors.Tests.Providers;

/// <summary>A gateway's double that nothing outside this folder knows of.</summary>
internal sealed class PiggySandbox(SandboxWorld world) : GatewayVendor(world)
{
    public override string Name => "piggy";

    public override void Map(VendorRoutes routes)
    {
        routes.Map("GET", "/shelf", "account.get", Of((_, _) => Reply.Json(200, new JsonObject { ["name"] = "Top shelf" })));
        routes.Map("POST", "/banks", Creates, Of(Create));
        routes.Map("GET", "/banks/{id}", "payments.get", Of(Get));
        routes.Map("POST", "/banks/{id}/capture", "payments.capture", Of((account, call) => Capture(account, call, Amount(call))));
        routes.Map("POST", "/banks/{id}/cancel", "payments.cancel", Of(Cancel));
        routes.Map("POST", "/banks/{id}/coins", Refunds, Of(Refund));
        routes.Map("GET", "/coins/{refund}", "refunds.get", Of(GetRefund));
        MapPage(routes);
    }

    public override Reply Failing(Call call, int status) => Reply.Json(status, new JsonObject { ["why"] = "oink" });

    protected override AccountClaim? Claim(Call call) => call.Credentials is { } given ? new(given.User, given.User) : null;

    protected override AccountClaim? Claim(IReadOnlyDictionary<string, string> credentials) =>
        new(credentials["api_key"], credentials["webhook_key"]);

    protected override GatewayOrder? Read(Call call) => call.Json is null ? null : new GatewayOrder(Amount(call), call.Text("order"))
    {
        ReturnUrl = call.Text("back"), ManualCapture = call.Json["hold"]?.GetValue<bool>() == true,
    };

    protected override GatewayOrder? ReadRefund(Call call) => call.Json is null ? null : new GatewayOrder(Amount(call), call.Text("order"));

    protected override string NewId(bool isRefund) => World.Ids.Letters(isRefund ? "coin_" : "bank_");

    protected override Reply View(Call call, GatewayPayment payment) => Reply.Json(200, Bank(payment));

    protected override Reply View(Call call, GatewayRefund refund) => Reply.Json(200, Coin(refund));

    protected override Reply Conflict(string key) => Reply.Json(409, new JsonObject { ["why"] = "oink" }) with { Kept = false };

    protected override GatewayWebhook? Write(GatewayNews news)
    {
        var body = new JsonObject { ["id"] = World.Ids.Letters("news_") };
        if (news.Refund is null)
            body["bank"] = Bank(news.Payment);
        else
            body["coin"] = Coin(news.Refund);
        return new GatewayWebhook(news.Refund is null ? "bank.changed" : "coin.returned", Encoding.UTF8.GetBytes(body.ToJsonString()));
    }

    protected override void Sign(HttpRequestMessage request, byte[] body, Secret secret) =>
        request.Headers.Add("X-Piggy", Convert.ToHexStringLower(Signatures.HmacSha256(secret, body)));

    /// <summary>A refund and a capture name no currency: it is that of the payment.</summary>
    private Money? Amount(Call call) => Currency.TryParse(call.Text("currency") ?? CurrencyOf(call), out var currency)
        && PlainDecimal.TryParse(call.Text("amount"), out var number) && Money.TryFromMajor(number, currency, out var money) ? money : null;

    private JsonObject Bank(GatewayPayment payment) => new()
    {
        ["id"] = payment.Id, ["order"] = payment.Order.Reference, ["currency"] = payment.Amount.Currency.Code,
        ["taken"] = payment.Captured.ToAmountString(), ["returned"] = payment.Refunded.ToAmountString(), ["page"] = PageOf(payment),
        ["state"] = payment.Status switch
        {
            GatewayStatus.Open => payment.IsDeclined ? "refused" : "empty",
            GatewayStatus.Processing => "shaking",
            GatewayStatus.Authorized => "held",
            GatewayStatus.Paid => "full",
            GatewayStatus.Canceled => "smashed",
            GatewayStatus.Expired => "expired",
            _ => "failed",
        },
    };

    private static JsonObject Coin(GatewayRefund refund) => new()
    {
        ["id"] = refund.Id, ["order"] = refund.Reference, ["amount"] = refund.Amount.ToAmountString(),
        ["currency"] = refund.Amount.Currency.Code, ["state"] = refund.Status.ToString().ToLowerInvariant(),
    };
}
