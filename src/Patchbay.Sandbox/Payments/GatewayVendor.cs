using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Faults;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Vendors;
using Patchbay.Sandbox.Webhooks;

namespace Patchbay.Sandbox.Payments;

/// <summary>
/// A payment gateway: payments that a customer completes on a page, captures, cancellations, refunds, idempotency keys and signed webhooks.
/// What happens is the same for all; a vendor says how it reads and writes, and which requests are which.
/// </summary>
public abstract class GatewayVendor(SandboxWorld world) : ISandboxVendor, ICustomerDesk
{
    /// <summary>The operations that move money, as <see cref="VendorRoutes.Map"/> is to call them.</summary>
    protected const string Creates = "payments.create";

    protected const string Refunds = "refunds.create";

    protected const string PaysOut = "payouts.create";

    private static readonly Secret NobodysSecret = new("nobody_has_this_secret");

    private readonly ConcurrentDictionary<string, GatewayAccount> _accounts = new(StringComparer.Ordinal);

    public abstract string Name { get; }

    protected SandboxWorld World => world;

    protected GatewayBook Book { get; } = new();

    /// <summary>How often a webhook that failed is sent again.</summary>
    protected virtual int Retries => 3;

    /// <summary>Where a request carries its idempotency key; null when the vendor has none.</summary>
    protected virtual string? KeyHeader => "Idempotency-Key";

    /// <summary>Whether customers only agree, and the money moves when the merchant completes the payment.</summary>
    protected virtual bool MerchantCompletes => false;

    /// <summary>Whether a payment that the bank declined is over, so that the customer cannot try again.</summary>
    protected virtual bool DeclineIsFinal => false;

    /// <summary>Maps the operations with <see cref="Of"/>, and the hosted page with <see cref="MapPage"/>.</summary>
    public abstract void Map(VendorRoutes routes);

    public abstract Reply Failing(Call call, int status);

    public virtual Reply? Refuse(Call call) => call.Operation != VendorRoutes.Unknown && Open(call) is null ? Failing(call, 401) : null;

    public MagicRequest? MagicOf(Call call)
    {
        var order = call.Operation switch
        {
            Creates => Read(call),
            Refunds => ReadRefund(call),
            PaysOut => ReadPayout(call),
            _ => null,
        };
        return CodeOf(order) is { } code ? new MagicRequest(code, order!.Reference ?? call.Body) : null;
    }

    public virtual Task<Reply> PerformAsync(Call call, Func<Task<Reply>> work) =>
        !HttpMethods.IsGet(call.Request.Method) && KeyOf(call) is { Length: > 0 } key
            ? Open(call)!.Keys.RunAsync(key, call.Path, call.Body, work)
            : work();

    public bool Connect(IReadOnlyDictionary<string, string> credentials, Uri webhookUrl)
    {
        if (Claim(credentials) is not { } claim)
            return false;
        var account = Account(claim.Account);
        (account.Secret, account.WebhookUrl) = (new Secret(claim.Secret), webhookUrl);
        return true;
    }

    public bool Pay(string id) => PaymentOf(id) is { } payment && GatewayCashier.Do(payment, Cashier.Approve);

    public bool Decline(string id) => PaymentOf(id) is { } payment && GatewayCashier.Do(payment, Cashier.Decline);

    public PayView? Show(string id)
    {
        if (PaymentOf(id) is not { } payment)
            return null;
        lock (payment.Gate)
            return new PayView(
                payment.Amount.ToString(), payment.Order.Reference ?? id, payment.Status == GatewayStatus.Open, ReturnUrlOf(payment));
    }

    /// <summary>The idempotency key of a request; null for none.</summary>
    protected virtual string? KeyOf(Call call) => KeyIn(call, KeyHeader);

    protected static string? KeyIn(Call call, string? header) =>
        header is not null && call.Request.Headers[header] is [{ Length: > 0 } key, ..] ? key : null;

    /// <summary>The account of a request that is well-formed; null for any other.</summary>
    protected abstract AccountClaim? Claim(Call call);

    /// <summary>The account of an integration's credentials, and what signs its webhooks; null when they are malformed.</summary>
    protected abstract AccountClaim? Claim(IReadOnlyDictionary<string, string> credentials);

    /// <summary>The payment that is asked for; null when the body cannot be read.</summary>
    protected abstract GatewayOrder? Read(Call call);

    /// <summary>The refund that is asked for; null when the body cannot be read.</summary>
    protected abstract GatewayOrder? ReadRefund(Call call);

    /// <summary>The payout that is asked for; null when the body cannot be read, or the vendor makes none.</summary>
    protected virtual GatewayOrder? ReadPayout(Call call) => null;

    /// <summary>A new id in the vendor's shape.</summary>
    protected abstract string NewId(bool isRefund);

    /// <summary>That of a payment or a refund, where the merchant gives it.</summary>
    protected virtual string IdOf(GatewayOrder order, bool isRefund) => NewId(isRefund);

    /// <summary>The answer that shows a payment. The caller holds its gate.</summary>
    protected abstract Reply View(Call call, GatewayPayment payment);

    /// <summary>The answer that shows a refund. The caller holds its payment's gate.</summary>
    protected abstract Reply View(Call call, GatewayRefund refund);

    /// <summary>What is told; null when the vendor does not tell of such. The gate is held.</summary>
    protected abstract GatewayWebhook? Write(GatewayNews news);

    /// <summary>Adds the signature to a webhook about to be sent.</summary>
    protected abstract void Sign(HttpRequestMessage request, byte[] body, Secret secret);

    /// <summary>The answer to a capture, cancellation or refund that is not possible, or not of so much. The gate is held.</summary>
    protected virtual Reply Refused(Call call, GatewayPayment payment) => Failing(call, 422);

    /// <summary>The answer to a key that stood for another request, or whose first request is still under way.</summary>
    protected abstract Reply Conflict(string key);

    /// <summary>The latter alone, at vendors that tell them apart.</summary>
    protected virtual Reply InUse(string key) => Conflict(key);

    /// <summary>Where the customer goes on; some vendors add to it what became of the payment. The gate is held.</summary>
    protected virtual string? ReturnUrlOf(GatewayPayment payment) => payment.Order.ReturnUrl;

    /// <summary>An operation on the caller's account.</summary>
    protected Func<Call, Reply> Of(Func<GatewayAccount, Call, Reply> work) => call => work(Open(call)!, call);

    protected Reply Create(GatewayAccount account, Call call) => Create(account, call, counts: true, isLeft: false);

    /// <summary>
    /// Makes a payment, or opens its page again where the answer of the first time was lost. It counts once, and only one of its pages has
    /// a customer: nobody comes to the earlier one any more, or, where somebody did, nobody to the new one.
    /// </summary>
    protected Reply CreateAgain(GatewayAccount account, Call call)
    {
        var reference = Read(call)?.Reference;
        var earlier = Book.PaymentsOf(account).Where(payment => payment.Order.Reference == reference).ToList();
        return Create(account, call, counts: earlier.Count == 0, isLeft: earlier.Exists(payment => !Leave(payment)));
    }

    private Reply Create(GatewayAccount account, Call call, bool counts, bool isLeft)
    {
        var order = Read(call);
        if (order?.Amount is not { MinorUnits: > 0 } || CodeOf(order) == MagicCodes.Invalid)
            return Failing(call, 400) with { Kept = false };
        if (CodeOf(order) == MagicCodes.InsufficientFunds && !MerchantCompletes)
            return Failing(call, 402);
        if (counts)
            World.Ledger.CountPayment(Name, order.Reference);
        var payment = new GatewayPayment(IdOf(order, isRefund: false), account, order, CodeOf(order), World.Now);
        Book.Add(payment);
        lock (payment.Gate)
        {
            if (isLeft)
                payment.Status = GatewayStatus.Expired;
            Cashier.Expect(payment);
            return View(call, payment);
        }
    }

    /// <summary>False when somebody has been there.</summary>
    private static bool Leave(GatewayPayment payment)
    {
        lock (payment.Gate)
        {
            if (payment.Status == GatewayStatus.Open)
                payment.Status = GatewayStatus.Expired;
            return payment.Status == GatewayStatus.Expired;
        }
    }

    protected Reply Get(GatewayAccount account, Call call) => With(account, call, payment => View(call, payment));

    /// <param name="refuse">The answer when there is nothing to complete, or the bank has just declined.</param>
    protected Reply Complete(GatewayAccount account, Call call, Func<GatewayPayment, Reply> refuse) => With(account, call, payment =>
        payment.Status == GatewayStatus.Approved && Cashier.Complete(payment) ? View(call, payment) : refuse(payment));

    /// <param name="amount">What is asked for; null for all of it.</param>
    protected Reply Capture(GatewayAccount account, Call call, Money? amount) => Close(
        account, call, payment => payment.MayBeCaptured(amount), payment => Cashier.Capture(payment, amount ?? payment.Amount));

    protected Reply Cancel(GatewayAccount account, Call call) => Close(account, call, payment => payment.MayBeCanceled, Cashier.Cancel);

    private Reply Close(GatewayAccount account, Call call, Func<GatewayPayment, bool> may, Action<GatewayPayment> close) =>
        With(account, call, payment =>
        {
            if (!may(payment))
                return Refused(call, payment);
            close(payment);
            return View(call, payment);
        });

    /// <summary>Never more than was captured and not yet refunded.</summary>
    protected Reply Refund(GatewayAccount account, Call call) => With(account, call, payment =>
    {
        var order = ReadRefund(call);
        if (order is null || CodeOf(order) == MagicCodes.Invalid)
            return Failing(call, 400) with { Kept = false };
        var amount = order.Amount ?? payment.Refundable;
        if (amount.MinorUnits <= 0 || amount.Currency != payment.Amount.Currency || amount > payment.Refundable)
            return Refused(call, payment);
        var refund = new GatewayRefund(IdOf(order, isRefund: true), payment, amount, order.Reference) { Asked = order.Asked };
        Book.Add(refund);
        Cashier.Refund(refund, CodeOf(order));
        return View(call, refund);
    });

    protected Reply GetRefund(GatewayAccount account, Call call)
    {
        if (Book.Refund(call.Route("refund")) is not { } refund || refund.Payment.Account != account)
            return Failing(call, 404);
        lock (refund.Payment.Gate)
            return View(call, refund);
    }

    /// <summary>The currency of the payment that an operation is on; null when there is no such payment.</summary>
    protected string? CurrencyOf(Call call) =>
        call.Request.RouteValues["id"] is string ? PaymentOf(PaymentIdOf(call))?.Amount.Currency.Code : null;

    /// <summary>The payment that an operation is on; what its path names may be another object's id.</summary>
    protected virtual string PaymentIdOf(Call call) => call.Route("id");

    /// <summary>By any of the ids that the vendor has for it; null when there is no such payment.</summary>
    protected virtual GatewayPayment? PaymentOf(string id) => Book.Payment(id);

    /// <summary>The page on which customers pay, at <see cref="PageOf"/>.</summary>
    protected void MapPage(VendorRoutes routes) => new PayPage(this).Map(routes);

    protected string PageOf(GatewayPayment payment) => $"{World.PublicUrl}{Name}/pay/{payment.Id}";

    protected Reply With(GatewayAccount account, Call call, Func<GatewayPayment, Reply> work)
    {
        if (PaymentOf(PaymentIdOf(call)) is not { } payment || payment.Account != account)
            return Failing(call, 404);
        lock (payment.Gate)
            return work(payment);
    }

    private GatewayCashier Cashier => field ??= new GatewayCashier(Name, world, MerchantCompletes, DeclineIsFinal, Tell);

    private GatewayAccount? Open(Call call) =>
        Claim(call) is { } claim && !Credentials.IsWrong(claim.Secret) ? Account(claim.Account) : null;

    private GatewayAccount Account(string id) => _accounts.GetOrAdd(id, id => new GatewayAccount(
        id, new IdempotencyKeys(World.Options.IdempotencyKeysKept, Conflict, InUse)));

    /// <summary>The magic code of what is asked for; null for none.</summary>
    protected string? CodeOf(GatewayOrder? order) => !World.Options.MagicValues || order is null ? null
        : MagicCodes.OfReference(order.Label) ?? MagicCodes.OfReference(order.Reference)
        ?? (order.Amount is { } amount ? MagicCodes.OfAmount(amount.MinorUnits) : null);

    /// <summary>Tells what happened; the payment's own address where it has one, else the account's.</summary>
    protected virtual void Tell(GatewayNews news)
    {
        var (payment, account) = (news.Payment, news.Payment.Account);
        TellSigned(account, payment.Order.WebhookUrl is { } own ? new Uri(own) : account.WebhookUrl, Write(news), payment.Code);
    }

    /// <param name="url">Null: nobody is told.</param>
    /// <param name="webhook">Null: nothing is told.</param>
    /// <param name="code">The magic code of what it tells of; null for none.</param>
    protected void TellSigned(GatewayAccount account, Uri? url, GatewayWebhook? webhook, string? code)
    {
        if (url is not null && webhook is not null && account.Secret is { } secret)
            Send(url, webhook, code, (request, isForged) => Sign(request, webhook.Body, isForged ? NobodysSecret : secret));
    }

    /// <summary>
    /// Sends what was written, because later things have moved on; finished for every attempt, because signatures may carry the time.
    /// </summary>
    /// <param name="finish">True asks for a request as somebody would make it who knows no secret.</param>
    protected void Send(Uri url, GatewayWebhook webhook, string? code, Action<HttpRequestMessage, bool> finish)
    {
        World.Webhooks.Send(new WebhookRun(Name, [new Webhook(webhook.Name, World.Options.WebhookGap, Compose)], Retries, code));

        HttpRequestMessage Compose(bool isForged)
        {
            var request = webhook.To(url);
            finish(request, isForged);
            return request;
        }
    }
}
