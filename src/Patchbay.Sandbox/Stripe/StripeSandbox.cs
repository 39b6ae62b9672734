using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Stripe.Wire;

namespace Patchbay.Sandbox.Stripe;

/// <summary>Stripe under <c>/stripe</c>: which request is which operation.</summary>
internal sealed class StripeSandbox
{
    private readonly StripeManners _manners;
    private readonly VendorDoor _door;
    private readonly StripePayments _payments;
    private readonly StripeSessions _sessions;
    private readonly StripeRefunds _refunds;
    private readonly StripeWebhookEndpoints _endpoints;
    private readonly StripePayPage _page;

    public StripeSandbox(SandboxWorld world)
    {
        Books = new StripeBooks(world.Options);
        var events = new StripeEvents(world);
        var cashier = new StripeCashier(world, events);
        Customer = new StripeCustomer(world, Books, cashier);
        _manners = new StripeManners(Books);
        _door = world.DoorFor(_manners);
        _payments = new StripePayments(world, Books, cashier, Customer, events);
        _sessions = new StripeSessions(world, Books, cashier, Customer);
        _refunds = new StripeRefunds(world, Books, events);
        _endpoints = new StripeWebhookEndpoints(world);
        _page = new StripePayPage(Books, Customer);
    }

    public StripeBooks Books { get; }

    public StripeCustomer Customer { get; }

    /// <summary>False when the key is malformed.</summary>
    public bool Register(string secretKey, Uri url, string secret)
    {
        if (Books.AccountOf(secretKey) is not { } account)
            return false;
        _endpoints.Register(account, url, secret, ["*"]);
        return true;
    }

    public void Map(IEndpointRouteBuilder app)
    {
        On(app, "GET", "/v1/balance", "balance.get", static (account, _) => Balance(account));
        On(app, "POST", "/v1/payment_intents", "payment_intents.create", _payments.Create);
        On(app, "GET", "/v1/payment_intents/{id}", "payment_intents.get", _payments.Get);
        On(app, "POST", "/v1/payment_intents/{id}/confirm", "payment_intents.confirm", _payments.Confirm);
        On(app, "POST", "/v1/payment_intents/{id}/capture", "payment_intents.capture", _payments.Capture);
        On(app, "POST", "/v1/payment_intents/{id}/cancel", "payment_intents.cancel", _payments.Cancel);
        On(app, "POST", "/v1/checkout/sessions", "checkout.sessions.create", _sessions.Create);
        On(app, "GET", "/v1/checkout/sessions/{id}", "checkout.sessions.get", _sessions.Get);
        On(app, "POST", "/v1/checkout/sessions/{id}/expire", "checkout.sessions.expire", _sessions.Expire);
        On(app, "POST", "/v1/refunds", "refunds.create", _refunds.Create);
        On(app, "GET", "/v1/refunds/{id}", "refunds.get", _refunds.Get);
        On(app, "POST", "/v1/webhook_endpoints", "webhook_endpoints.create", _endpoints.Create);
        On(app, "GET", "/v1/webhook_endpoints", "webhook_endpoints.list", _endpoints.List);
        On(app, "GET", "/v1/webhook_endpoints/{id}", "webhook_endpoints.get", _endpoints.Get);
        On(app, "DELETE", "/v1/webhook_endpoints/{id}", "webhook_endpoints.delete", _endpoints.Delete);
        app.Map("/stripe/v1/{**rest}", http => _door.HandleAsync(http, "unknown",
            static call => StripeErrors.UnknownUrl(call.Request.Method, call.Request.Path.Value!["/stripe".Length..])));
        _page.Map(app);
    }

    private void On(IEndpointRouteBuilder app, string method, string path, string operation, Func<StripeAccount, Call, Reply> work) =>
        _door.Map(app, method, path, operation, call => work(_manners.AccountOf(call)!, call));

    private static Reply Balance(StripeAccount account) =>
        Reply.Json(200, new BalanceView(account.Livemode, [new(0, "eur")], [new(0, "eur")]), StripeJson.Wire.BalanceView);
}
