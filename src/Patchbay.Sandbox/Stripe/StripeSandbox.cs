using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Patchbay.Sandbox.Faults;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Payments;
using Patchbay.Sandbox.Stripe.Wire;
using Patchbay.Sandbox.Vendors;

namespace Patchbay.Sandbox.Stripe;

/// <summary>Stripe: payment intents, checkout sessions, refunds, payouts and webhook endpoints.</summary>
internal sealed class StripeSandbox : ISandboxVendor, ICustomerDesk
{
    private readonly SandboxWorld _world;
    private readonly StripeBooks _books;
    private readonly StripeCustomer _customer;
    private readonly StripePayments _payments;
    private readonly StripeSessions _sessions;
    private readonly StripeRefunds _refunds;
    private readonly StripeDisputes _disputes;
    private readonly StripePayouts _payouts;
    private readonly StripeWebhookEndpoints _endpoints;

    public StripeSandbox(SandboxWorld world)
    {
        _world = world;
        _books = new StripeBooks(world.Options);
        var events = new StripeEvents(world);
        _disputes = new StripeDisputes(world, _books, events);
        var cashier = new StripeCashier(world, events, _disputes);
        _customer = new StripeCustomer(world, _books, cashier);
        _payments = new StripePayments(world, _books, cashier, _customer, events);
        _sessions = new StripeSessions(world, _books, cashier, _customer);
        _refunds = new StripeRefunds(world, _books, events);
        _payouts = new StripePayouts(world, _books, events);
        _endpoints = new StripeWebhookEndpoints(world);
    }

    public string Name => "stripe";

    /// <summary>Stripe documents no Retry-After.</summary>
    public bool SaysRetryAfter => false;

    public void Map(VendorRoutes routes)
    {
        On("GET", "/v1/balance", "balance.get", static (account, _) => Balance(account));
        On("POST", "/v1/payment_intents", "payment_intents.create", _payments.Create);
        On("GET", "/v1/payment_intents/{id}", "payment_intents.get", _payments.Get);
        On("GET", "/v1/payment_intents", "payment_intents.list", _payments.List);
        On("POST", "/v1/payment_intents/{id}", "payment_intents.update", _payments.Update);
        On("POST", "/v1/payment_intents/{id}/confirm", "payment_intents.confirm", _payments.Confirm);
        On("POST", "/v1/payment_intents/{id}/capture", "payment_intents.capture", _payments.Capture);
        On("POST", "/v1/payment_intents/{id}/cancel", "payment_intents.cancel", _payments.Cancel);
        On("POST", "/v1/checkout/sessions", "checkout.sessions.create", _sessions.Create);
        On("GET", "/v1/checkout/sessions/{id}", "checkout.sessions.get", _sessions.Get);
        On("GET", "/v1/checkout/sessions", "checkout.sessions.list", _sessions.List);
        On("POST", "/v1/checkout/sessions/{id}", "checkout.sessions.update", _sessions.Update);
        On("POST", "/v1/checkout/sessions/{id}/expire", "checkout.sessions.expire", _sessions.Expire);
        On("POST", "/v1/refunds", "refunds.create", _refunds.Create);
        On("GET", "/v1/refunds/{id}", "refunds.get", _refunds.Get);
        On("POST", "/v1/refunds/{id}", "refunds.update", _refunds.Update);
        On("GET", "/v1/refunds", "refunds.list", _refunds.List);
        On("POST", "/v1/payouts", "payouts.create", _payouts.Create);
        On("GET", "/v1/payouts/{id}", "payouts.get", _payouts.Get);
        On("GET", "/v1/payouts", "payouts.list", _payouts.List);
        On("POST", "/v1/payouts/{id}/cancel", "payouts.cancel", _payouts.Cancel);
        On("GET", "/v1/disputes", "disputes.list", _disputes.List);
        On("POST", "/v1/webhook_endpoints", "webhook_endpoints.create", _endpoints.Create);
        On("GET", "/v1/webhook_endpoints", "webhook_endpoints.list", _endpoints.List);
        On("GET", "/v1/webhook_endpoints/{id}", "webhook_endpoints.get", _endpoints.Get);
        On("DELETE", "/v1/webhook_endpoints/{id}", "webhook_endpoints.delete", _endpoints.Delete);
        routes.MapRest(static call => StripeErrors.UnknownUrl(call.Request.Method, call.Path), "/v1");
        new PayPage(this).Map(routes);

        void On(string method, string path, string operation, Func<StripeAccount, Call, Reply> work) =>
            routes.Map(method, path, operation, call => work(AccountOf(call)!, call));
    }

    public void Control(ControlRoutes routes)
    {
        routes.Map("POST", "/sessions/{id}/pay", call => ControlRoutes.OrNotFound(Pay(call.Route("id"))));
        routes.Map("POST", "/sessions/{id}/decline", call => ControlRoutes.OrNotFound(Decline(call.Route("id"))));
        routes.Map("POST", "/refunds/{id}/return", call => ControlRoutes.OrNotFound(_refunds.Return(call.Route("id"))));
        routes.Map("POST", "/payments/{id}/disputes", call =>
            _disputes.Move(
                call.Route("id"), call.Text("id"), StripeMagic.Number(call.Text("amount")), call.Text("status") ?? "needs_response")
                is { } dispute
                ? Reply.Json(200, new JsonObject { ["id"] = dispute })
                : ControlRoutes.OrNotFound(false));
        routes.Map("POST", "/webhooks", call =>
            call.Text("secret") is { } secret && call.Text("secret_key") is { } key
            && Uri.TryCreate(call.Text("url"), UriKind.Absolute, out var url) && Register(key, url, secret)
                ? ControlRoutes.Done
                : ControlRoutes.Refused("A Stripe webhook needs url, secret and a well-formed secret_key."));
    }

    public Reply? Refuse(Call call) => AccountOf(call) is null ? StripeErrors.Unauthorized(call.Credentials?.User) : null;

    public Reply Failing(Call call, int status) => StripeErrors.Failing(status);

    public void Head(Call call, IHeaderDictionary headers)
    {
        headers["Request-Id"] = _world.Ids.Letters("req_");
        headers["Stripe-Version"] = call.Request.Headers["Stripe-Version"] is [{ Length: > 0 } asked, ..] ? asked : EventView.Version;
        if (call.Request.Headers["Idempotency-Key"] is [{ Length: > 0 } key, ..])
            headers["Idempotency-Key"] = key;
    }

    public MagicRequest? MagicOf(Call call) => StripeMagic.Of(call);

    public Task<Reply> PerformAsync(Call call, Func<Task<Reply>> work)
    {
        if (!HttpMethods.IsPost(call.Request.Method) || call.Request.Headers["Idempotency-Key"] is not [{ Length: > 0 } key, ..])
            return work();
        if (key.Length > 255)
            return Task.FromResult(StripeErrors.Invalid("Idempotency keys can be at most 255 characters long."));
        return AccountOf(call)!.Idempotency.RunAsync(key, call.Request.Path, call.Body, work);
    }

    /// <summary>All events of the key's account go to the address, signed with the secret. False for a malformed key.</summary>
    public bool Connect(IReadOnlyDictionary<string, string> credentials, Uri webhookUrl) =>
        credentials.TryGetValue("webhook_secret", out var secret)
            && Register(credentials.GetValueOrDefault("secret_key", ""), webhookUrl, secret);

    public bool Pay(string id) => _customer.Pay(id);

    public bool Decline(string id) => _customer.Decline(id);

    public PayView? Show(string id) => _customer.Show(id);

    private bool Register(string secretKey, Uri url, string secret)
    {
        if (_books.AccountOf(secretKey) is not { } account)
            return false;
        _endpoints.Register(account, url, secret, ["*"]);
        return true;
    }

    private StripeAccount? AccountOf(Call call) => call.Credentials is { } credentials ? _books.AccountOf(credentials.User) : null;

    private static Reply Balance(StripeAccount account) =>
        Reply.Json(200, new BalanceView(account.Livemode, [new(0, "eur")], [new(0, "eur")]), StripeJson.Wire.BalanceView);
}
