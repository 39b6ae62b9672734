namespace Patchbay.Sandbox.Ledger;

/// <summary>What the sandbox was asked, and what it really did: the truth a hub's own books are compared with.</summary>
public sealed class SandboxLedger
{
    private readonly Tally<(string Provider, string Operation)> _requests = new();
    private readonly Tally<(string Provider, string Work)> _done = new();
    private readonly Tally<string> _payments = new();
    private readonly Tally<string> _charges = new();
    private readonly Tally<string> _refunds = new();
    private readonly Tally<string> _refunded = new();
    private readonly Tally<string> _payouts = new();
    private readonly Tally<string> _messages = new();
    private readonly Tally<(string Recipient, string Body)> _texts = new();
    private readonly Tally<(string Provider, WebhookFate Fate)> _webhooks = new();

    /// <summary>Requests to an operation such as <c>refunds.create</c>, refused and failed ones included.</summary>
    public long Requests(string provider, string operation) => _requests[(provider, operation)];

    /// <summary>
    /// Work done: <c>payments</c>, <c>charges</c>, <c>captures</c>, <c>refunds</c>, <c>cancellations</c>, <c>payouts</c>, <c>messages</c>.
    /// </summary>
    public long Done(string provider, string work) => _done[(provider, work)];

    /// <summary>
    /// Distinct payments with this reference of the merchant's (at Stripe: <c>metadata[reference]</c>; a session and its intent count
    /// once).
    /// </summary>
    public long PaymentsFor(string reference) => _payments[reference];

    /// <summary>How often a customer was really charged for this reference.</summary>
    public long ChargesFor(string reference) => _charges[reference];

    /// <summary>Distinct refunds with this reference of the merchant's.</summary>
    public long RefundsFor(string reference) => _refunds[reference];

    /// <summary>Refunded of a payment, by the vendor's id, in minor units.</summary>
    public long RefundedOf(string payment) => _refunded[payment];

    /// <summary>Distinct payouts with this reference of the merchant's.</summary>
    public long PayoutsFor(string reference) => _payouts[reference];

    /// <summary>Distinct messages with this reference of the caller's.</summary>
    public long MessagesFor(string reference) => _messages[reference];

    /// <summary>Distinct messages with this text to this number; written with or without its plus sign.</summary>
    public long MessagesTo(string recipient, string body) => _texts[(Digits(recipient), body)];

    /// <summary>References with more than one payment: a customer may have been charged twice.</summary>
    public IReadOnlyList<string> RepeatedPayments => Repeated(_payments);

    /// <summary>References with more than one message: somebody was written to twice.</summary>
    public IReadOnlyList<string> RepeatedMessages => Repeated(_messages);

    public WebhookCounts Webhooks(string provider) => new(
        _webhooks[(provider, WebhookFate.Due)], _webhooks[(provider, WebhookFate.Delivered)],
        _webhooks[(provider, WebhookFate.AttemptFailed)], _webhooks[(provider, WebhookFate.GivenUp)],
        _webhooks[(provider, WebhookFate.Withheld)]);

    /// <summary>Forgets everything counted so far; the objects themselves stay.</summary>
    public void Clear()
    {
        _requests.Clear();
        _done.Clear();
        _payments.Clear();
        _charges.Clear();
        _refunds.Clear();
        _refunded.Clear();
        _payouts.Clear();
        _messages.Clear();
        _texts.Clear();
        _webhooks.Clear();
    }

    public void CountRequest(string provider, string operation) => _requests.Add((provider, operation));

    public void CountDone(string provider, string work) => _done.Add((provider, work));

    public void CountPayment(string provider, string? reference) => Count(provider, "payments", _payments, reference);

    public void CountCharge(string provider, string? reference) => Count(provider, "charges", _charges, reference);

    public void CountRefund(string provider, string payment, string? reference, long amount)
    {
        Count(provider, "refunds", _refunds, reference);
        _refunded.Add(payment, amount);
    }

    /// <summary>A refund that failed after all gives the money back to the merchant.</summary>
    public void CountFailedRefund(string payment, long amount) => _refunded.Add(payment, -amount);

    public void CountPayout(string provider, string? reference) => Count(provider, "payouts", _payouts, reference);

    /// <param name="reference">The caller's own; null for none.</param>
    public void CountMessage(string provider, string recipient, string body, string? reference)
    {
        CountDone(provider, "messages");
        _texts.Add((Digits(recipient), body));
        if (reference is not null)
            _messages.Add(reference);
    }

    public void CountWebhook(string provider, WebhookFate fate) => _webhooks.Add((provider, fate));

    /// <param name="providers">Whose webhooks are shown.</param>
    internal LedgerView View(int limit, IEnumerable<string> providers) => new(
        Nested(_requests.Entries().Select(entry => (entry.Key.Provider, entry.Key.Operation, entry.Value))),
        Nested(_done.Entries().Select(entry => (entry.Key.Provider, entry.Key.Work, entry.Value))),
        LedgerPage.Of(_payments, limit),
        LedgerPage.Of(_charges, limit),
        LedgerPage.Of(_refunds, limit),
        LedgerPage.Of(_refunded, limit),
        LedgerPage.Of(_payouts, limit),
        LedgerPage.Of(_messages, limit),
        _texts.Keys,
        providers.ToDictionary(provider => provider, Webhooks));

    private void Count(string provider, string work, Tally<string> tally, string? reference)
    {
        CountDone(provider, work);
        if (reference is not null)
            tally.Add(reference);
    }

    private static string Digits(string recipient) => recipient[(recipient.LastIndexOfAny([':', '+']) + 1)..];

    private static string[] Repeated(Tally<string> tally) =>
        [.. tally.Entries().Where(entry => entry.Value > 1).Select(entry => entry.Key)];

    private static Dictionary<string, Dictionary<string, long>> Nested(IEnumerable<(string Outer, string Inner, long Count)> counts) =>
        counts.GroupBy(count => count.Outer)
            .ToDictionary(group => group.Key, group => group.ToDictionary(count => count.Inner, count => count.Count));
}
