using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Payments;
using Patchbay.Sandbox.Running;
using Patchbay.Sandbox.Vendors;

namespace Patchbay.Sandbox.Mollie;

/// <summary>Mollie: payments, captures, refunds, both kinds of webhooks.</summary>
internal sealed partial class MollieSandbox(SandboxWorld world) : GatewayVendor(world), ISandboxVendor
{
    private const string Captures = "captures.create";
    private const string Token = "access_";

    public override string Name => "mollie";

    /// <summary>Mollie documents no Retry-After.</summary>
    public bool SaysRetryAfter => false;

    /// <summary>At Mollie a payment fails for good; the shop makes another one.</summary>
    protected override bool DeclineIsFinal => true;

    public override void Map(VendorRoutes routes)
    {
        routes.Map("GET", "/v2/profiles/me", "profiles.get", Of((account, call) => IsOrganization(account)
            ? Failing(call, 403) : Reply.Json(200, MollieViews.Profile(account))));
        routes.Map("GET", "/v2/organizations/me", "organizations.get", Of((account, call) => IsOrganization(account)
            ? Reply.Json(200, MollieViews.Organization) : Failing(call, 403)));
        routes.Map("POST", "/v2/payments", Creates, Of(CreatePayment));
        routes.Map("GET", "/v2/payments", "payments.list", Of((account, call) => MollieViews.Page(
            call, "payments", Book.PaymentsOf(account), payment => payment.Id,
            payment => Locked(payment, () => PaymentView(call, payment)))));
        routes.Map("GET", "/v2/payments/{id}", "payments.get", Of(Get));
        routes.Map("DELETE", "/v2/payments/{id}", "payments.cancel", Of((account, call) => With(account, call, payment =>
            payment.Status == GatewayStatus.Open ? Cancel(account, call) : Failing(call, 422))));
        routes.Map("POST", "/v2/payments/{id}/captures", Captures, Of((account, call) => Capture(account, call, Amount(call))));
        routes.Map("POST", "/v2/payments/{id}/release-authorization", "payments.release", Of(Release));
        routes.Map("POST", "/v2/payments/{id}/refunds", Refunds, Of(RefundPayment));
        routes.Map("GET", "/v2/payments/{id}/refunds", "refunds.list", Of((account, call) => With(account, call, payment =>
            MollieViews.Page(call, "refunds", Book.RefundsOf(payment), refund => refund.Id, MollieViews.Refund))));
        routes.Map("GET", "/v2/payments/{id}/refunds/{refund}", "refunds.get", Of(GetRefund));
        routes.Map("POST", "/v2/webhooks", "webhooks.create", Of(Subscribe));
        routes.Map("GET", "/v2/webhooks", "webhooks.list", Of((account, call) => IsOrganization(account)
            ? MollieViews.Page(call, "webhooks", Subscriptions(account), url => url.OriginalString, MollieViews.Webhook)
            : Failing(call, 403)));
        routes.Map("DELETE", "/v2/webhooks/{hook}", "webhooks.delete", Of((account, call) =>
        {
            account.WebhookUrl = null;
            return new Reply(StatusCodes.Status204NoContent, default);
        }));
        routes.MapRest(call => Failing(call, 404), "/v2");
        MapPage(routes);
    }

    // The sandbox's general refusals are 400 and 402; Mollie has 422 for both.
    public override Reply Failing(Call call, int status) => MollieErrors.Of(status is 400 or 402 ? 422 : status);

    protected override AccountClaim? Claim(Call call) =>
        call.Credentials is { User: var key } && KeyShape().IsMatch(key) ? new(key, key) : null;

    protected override AccountClaim? Claim(IReadOnlyDictionary<string, string> credentials) =>
        credentials.TryGetValue("api_key", out var key) && KeyShape().IsMatch(key)
            ? new(key, credentials.GetValueOrDefault("webhook_secret", "")) : null;

    protected override GatewayOrder? Read(Call call) => ReadRefund(call) is { } order ? order with
    {
        Label = Metadata(call, "merchant_reference"), ReturnUrl = call.Text("redirectUrl"), WebhookUrl = call.Text("webhookUrl"),
        ManualCapture = call.Text("captureMode") == "manual",
    } : null;

    protected override GatewayOrder? ReadRefund(Call call) =>
        call.Json is null ? null : new GatewayOrder(Amount(call), Metadata(call, "reference"));

    protected override string NewId(bool isRefund) => World.Ids.Letters(isRefund ? "re_" : "tr_");

    protected override Reply View(Call call, GatewayPayment payment) => call.Operation == Captures
        ? Reply.Json(201, MollieViews.Capture(payment))
        : Reply.Json(call.Operation == Creates ? 201 : 200, PaymentView(call, payment));

    protected override Reply View(Call call, GatewayRefund refund) =>
        Reply.Json(call.Operation == Refunds ? 201 : 200, MollieViews.Refund(refund));

    protected override Reply Conflict(string key) => MollieErrors.Of(409) with { Kept = false };

    /// <summary>A hint for the address that came with the payment, the event for the account's subscription.</summary>
    protected override void Tell(GatewayNews news)
    {
        if (news.Payment.Order.WebhookUrl is { } own && MollieEvents.AreHinted(news))
        {
            var hint = new GatewayWebhook("hint", Encoding.UTF8.GetBytes("id=" + news.Payment.Id), "application/x-www-form-urlencoded");
            Send(new Uri(own), hint, news.Payment.Code, (request, isForged) =>
            {
                if (isForged)   // it is not signed: who forges it does not know the whole address
                    request.RequestUri = new Uri(own.Split('?')[0]);
            });
        }

        TellSigned(news.Payment.Account, news.Payment.Account.WebhookUrl, Write(news), news.Payment.Code);
    }

    protected override GatewayWebhook? Write(GatewayNews news) => news.Payment.Account.Secret is { } secret && secret.Reveal().Length > 0
        ? MollieEvents.Write(news, World.Ids.Letters("event_"), World.Now, PageOf(news.Payment)) : null;

    protected override void Sign(HttpRequestMessage request, byte[] body, Secret secret) => request.Headers.Add(
        "X-Mollie-Signature", "sha256=" + Convert.ToHexStringLower(Signatures.HmacSha256(secret, body)));

    private Reply CreatePayment(GatewayAccount account, Call call)
    {
        foreach (var field in new[] { "description", "redirectUrl" })
        {
            if (call.Text(field) is not { Length: > 0 })
                return MollieErrors.Of(422, $"The '{field}' field is missing", field) with { Kept = false };
        }

        return Read(call)!.Amount is null
            ? MollieErrors.Of(422, "The amount is invalid", "amount") with { Kept = false } : Create(account, call);
    }

    private Reply RefundPayment(GatewayAccount account, Call call) => Amount(call) is null
        ? MollieErrors.Of(422, "The amount is missing", "amount") with { Kept = false } : Refund(account, call);

    /// <summary>Accepted, whatever comes of it; done at once here.</summary>
    private Reply Release(GatewayAccount account, Call call) => With(account, call, payment =>
    {
        var accepted = new Reply(StatusCodes.Status202Accepted, default);
        return payment.Status != GatewayStatus.Authorized ? accepted
            : Cancel(account, call) is { Status: 200 } ? accepted : Failing(call, 422);
    });

    private Reply Subscribe(GatewayAccount account, Call call)
    {
        if (!IsOrganization(account))
            return Failing(call, 403);
        if (!Uri.TryCreate(call.Text("url"), UriKind.Absolute, out var url))
            return MollieErrors.Of(422, "The webhook url is invalid", "url");
        var secret = SandboxIds.Secret("");
        (account.WebhookUrl, account.Secret) = (url, new Secret(secret));
        var view = MollieViews.Webhook(url);
        view["webhookSecret"] = secret;
        return Reply.Json(201, view);
    }

    private JsonObject PaymentView(Call call, GatewayPayment payment) =>
        MollieViews.Payment(payment, PageOf(payment), call.Query("embed"));

    private static JsonObject Locked(GatewayPayment payment, Func<JsonObject> view)
    {
        lock (payment.Gate)
            return view();
    }

    private static bool IsOrganization(GatewayAccount account) => account.Id.StartsWith(Token, StringComparison.Ordinal);

    private static IReadOnlyList<Uri> Subscriptions(GatewayAccount account) => account.WebhookUrl is { } url ? [url] : [];

    private static string? Metadata(Call call, string name) => (call.Json?["metadata"] as JsonObject)?[name]?.ToString();

    /// <summary>With exactly the decimals of the currency; null for anything else.</summary>
    private static Money? Amount(Call call) => call.Json?["amount"] is JsonObject amount
        && Currency.TryParse(amount["currency"]?.ToString(), out var currency) && amount["value"] is JsonValue value
        && value.TryGetValue(out string? text) && PlainDecimal.TryParse(text, out var number)
        && Money.TryFromMajor(number, currency, out var money) && money.ToAmountString() == text
        ? money : null;

    [GeneratedRegex("^(test|live|access)_[A-Za-z0-9]+$")]
    private static partial Regex KeyShape();
}
