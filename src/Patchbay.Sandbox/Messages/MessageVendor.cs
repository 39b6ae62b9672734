using System.Collections.Concurrent;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Faults;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Vendors;
using Patchbay.Sandbox.Webhooks;

namespace Patchbay.Sandbox.Messages;

/// <summary>
/// A vendor of messages. Who gets in, what is kept, the receipts that follow and the callbacks that tell of them are the same for all;
/// a vendor says how it reads and writes. Any well-formed credentials open an account of their own.
/// </summary>
public abstract class MessageVendor(SandboxWorld world) : ISandboxVendor
{
    /// <summary>The operation that sends, as <see cref="VendorRoutes.Map"/> is to call it.</summary>
    protected const string Creates = "messages.create";

    private static readonly Secret NobodysSecret = new("nobody_has_this_secret");

    private readonly ConcurrentDictionary<string, MessageAccount> _accounts = new(StringComparer.OrdinalIgnoreCase);

    public abstract string Name { get; }

    protected SandboxWorld World => world;

    /// <summary>How often a callback that failed is sent again.</summary>
    protected abstract int Retries { get; }

    public abstract void Map(VendorRoutes routes);

    public virtual void Control(ControlRoutes routes)
    {
    }

    public virtual bool Connect(IReadOnlyDictionary<string, string> credentials, Uri webhookUrl) => true;

    public abstract Reply Failing(Call call, int status);

    public virtual Reply? Refuse(Call call) => call.Operation != VendorRoutes.Unknown && Open(call) is null ? Failing(call, 401) : null;

    public MagicRequest? MagicOf(Call call) => call.Operation == Creates && MagicCodes.OfNumber(Read(call)?.To ?? "") is { } code
        ? new MagicRequest(code, call.Body)
        : null;

    /// <summary>The account of a request that is well-formed; null for any other.</summary>
    protected abstract AccountClaim? Claim(Call call);

    /// <summary>What is to be sent; null when the body cannot be read.</summary>
    protected abstract MessageOrder? Read(Call call);

    /// <summary>Why it is not; null when it is taken.</summary>
    /// <param name="order">Null when the body could not be read.</param>
    protected abstract Reply? Refuse(Call call, MessageOrder? order);

    /// <summary>A new id in the vendor's shape.</summary>
    protected abstract string NewId(MessageOrder order);

    /// <summary>The answer to a request that was taken.</summary>
    protected abstract Reply Taken(Call call, IReadOnlyList<SentMessage> messages);

    /// <summary>The request that tells of a receipt.</summary>
    /// <param name="sequence">From 1.</param>
    /// <param name="secret">What signs it; null when the vendor does not know it.</param>
    protected abstract HttpRequestMessage Tell(SentMessage message, Receipt receipt, int sequence, Secret? secret);

    /// <summary>Everybody an order is for.</summary>
    protected virtual IEnumerable<string> Recipients(MessageOrder order) => [order.To!];

    /// <summary>What becomes of a message; null for one that arrives.</summary>
    protected virtual IReadOnlyList<Receipt>? Fate(string? code, MessageOrder order, TimeSpan step) => null;

    protected string? CodeOf(string? recipient) => world.Options.MagicValues ? MagicCodes.OfNumber(recipient ?? "") : null;

    /// <summary>An operation on the caller's account.</summary>
    protected Func<Call, Reply> Of(Func<MessageAccount, Call, Reply> work) => call => work(Open(call)!, call);

    protected MessageAccount Account(string id) => _accounts.GetOrAdd(id, static id => new MessageAccount(id));

    protected Reply Create(MessageAccount account, Call call)
    {
        var order = Read(call);
        return Refuse(call, order) ?? Taken(call, [.. Recipients(order!).Select(recipient => Accept(account, order!, recipient))]);
    }

    private MessageAccount? Open(Call call)
    {
        if (Claim(call) is not { } claim || Credentials.IsWrong(claim.Secret))
            return null;
        var account = Account(claim.Account);
        if (claim.Signs && account.Secret?.Reveal() != claim.Secret)
            account.Secret = new Secret(claim.Secret);
        return account;
    }

    private SentMessage Accept(MessageAccount account, MessageOrder order, string recipient)
    {
        var code = CodeOf(recipient);
        var step = world.Options.ReceiptDelay;
        var message = new SentMessage(NewId(order), account.Id, recipient, order, world.Now)
        {
            Plan = Fate(code, order, step)
                ?? (code == MagicCodes.StaysSent ? MessagePlans.StaysSent(step) : MessagePlans.Arrives(step, isRead: order.IsWhatsApp)),
            Segments = SmsText.Of(order.Body).Segments,
        };
        account.Messages.Add(message);
        if (message.StartsAt > world.Now)
            world.Agenda.After(message.StartsAt - world.Now, () => Start(account, message, code));
        else
            Start(account, message, code);
        return message;
    }

    private void Start(MessageAccount account, SentMessage message, string? code)
    {
        if (account.Messages.Find(message.Id) is not { CanceledAt: null })
            return;
        var callback = message.Order.Callback;
        world.Ledger.CountMessage(
            Name, message.To, message.Body, callback is null ? null : new Uri(callback), message.Order.Reference);
        if (callback is not null)
            world.Webhooks.Send(new WebhookRun(Name, Callbacks(account, message), Retries, code));
    }

    private List<Webhook> Callbacks(MessageAccount account, SentMessage message)
    {
        var before = TimeSpan.Zero;
        var webhooks = new List<Webhook>(message.Plan.Count);
        foreach (var (index, receipt) in message.Plan.Index())
        {
            webhooks.Add(new Webhook(receipt.Status, receipt.After - before, badSignature =>
                Tell(message, receipt, index + 1, badSignature ? NobodysSecret : account.Secret)));
            before = receipt.After;
        }

        return webhooks;
    }
}
