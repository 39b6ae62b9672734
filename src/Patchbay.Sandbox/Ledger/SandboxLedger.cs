using Patchbay.Connectors.Contracts;

namespace Patchbay.Sandbox.Ledger;

/// <summary>What the sandbox was asked, and what it really did: the truth a hub's own books are compared with.</summary>
public sealed class SandboxLedger
{
    private static readonly string[] Providers = ["stripe", "twilio", "plivo"];

    private readonly Tally<(string Provider, string Operation)> _requests = new();
    private readonly Tally<(string Provider, string Work)> _done = new();
    private readonly Tally<string> _payments = new();
    private readonly Tally<string> _charges = new();
    private readonly Tally<string> _refunds = new();
    private readonly Tally<string> _refunded = new();
    private readonly Tally<string> _messages = new();
    private readonly Tally<(string Recipient, string Body)> _texts = new();
    private readonly Tally<(string Provider, WebhookFate Fate)> _webhooks = new();

    /// <summary>Requests to an operation such as <c>refunds.create</c>, refused and failed ones included.</summary>
    public long Requests(string provider, string operation) => _requests[(provider, operation)];

    /// <summary>Work done: <c>payments</c>, <c>charges</c>, <c>captures</c>, <c>refunds</c>, <c>cancellations</c>, <c>messages</c>.</summary>
    public long Done(string provider, string work) => _done[(provider, work)];

    /// <summary>Distinct payments (checkout sessions, and payment intents without one) with this <c>metadata[reference]</c>.</summary>
    public long PaymentsFor(string reference) => _payments[reference];

    /// <summary>How often a customer was really charged for this reference.</summary>
    public long ChargesFor(string reference) => _charges[reference];

    /// <summary>Distinct refunds with this <c>metadata[reference]</c>.</summary>
    public long RefundsFor(string reference) => _refunds[reference];

    /// <summary>Refunded of a payment intent, in minor units.</summary>
    public long RefundedOf(string paymentIntent) => _refunded[paymentIntent];

    /// <summary>Distinct messages whose callback address carries this <c>ref</c>.</summary>
    public long MessagesFor(string reference) => _messages[reference];

    /// <summary>Distinct messages with this text to this number; written with or without its plus sign.</summary>
    public long MessagesTo(string recipient, string body) => _texts[(Digits(recipient), body)];

    /// <summary>References with more than one payment: a customer may have been charged twice.</summary>
    public IReadOnlyList<string> RepeatedPayments => Repeated(_payments);

    /// <summary>Callback references with more than one message: somebody was written to twice.</summary>
    public IReadOnlyList<string> RepeatedMessages => Repeated(_messages);

    public WebhookCounts Webhooks(string provider) => new(
        _webhooks[(provider, WebhookFate.Due)], _webhooks[(provider, WebhookFate.Delivered)],
        _webhooks[(provider, WebhookFate.AttemptFailed)], _webhooks[(provider, WebhookFate.GivenUp)], _webhooks[(provider, WebhookFate.Withheld)]);

    /// <summary>Forgets everything counted so far; the objects themselves stay.</summary>
    public void Clear()
    {
        _requests.Clear();
        _done.Clear();
        _payments.Clear();
        _charges.Clear();
        _refunds.Clear();
        _refunded.Clear();
        _messages.Clear();
        _texts.Clear();
        _webhooks.Clear();
    }

    internal void CountRequest(string provider, string operation) => _requests.Add((provider, operation));

    internal void CountDone(string provider, string work) => _done.Add((provider, work));

    internal void CountPayment(string? reference) => Count("payments", _payments, reference);

    internal void CountCharge(string? reference) => Count("charges", _charges, reference);

    internal void CountRefund(string paymentIntent, string? reference, long amount)
    {
        Count("refunds", _refunds, reference);
        _refunded.Add(paymentIntent, amount);
    }

    /// <summary>A refund that failed after all gives the money back to the merchant.</summary>
    internal void CountFailedRefund(string paymentIntent, long amount) => _refunded.Add(paymentIntent, -amount);

    internal void CountMessage(string provider, string recipient, string body, Uri? callback)
    {
        CountDone(provider, "messages");
        _texts.Add((Digits(recipient), body));
        if (callback is not null && FormFields.Parse(callback.Query.TrimStart('?')).Find("ref") is { } reference)
            _messages.Add(reference);
    }

    internal void CountWebhook(string provider, WebhookFate fate) => _webhooks.Add((provider, fate));

    internal LedgerView View(int limit) => new(
        Nested(_requests.Entries().Select(entry => (entry.Key.Provider, entry.Key.Operation, entry.Value))),
        Nested(_done.Entries().Select(entry => (entry.Key.Provider, entry.Key.Work, entry.Value))),
        LedgerPage.Of(_payments, limit),
        LedgerPage.Of(_charges, limit),
        LedgerPage.Of(_refunds, limit),
        LedgerPage.Of(_refunded, limit),
        LedgerPage.Of(_messages, limit),
        _texts.Keys,
        Providers.ToDictionary(provider => provider, Webhooks));

    private void Count(string work, Tally<string> tally, string? reference)
    {
        CountDone("stripe", work);
        if (reference is not null)
            tally.Add(reference);
    }

    private static string Digits(string recipient) => recipient[(recipient.LastIndexOfAny([':', '+']) + 1)..];

    private static string[] Repeated(Tally<string> tally) => [.. tally.Entries().Where(entry => entry.Value > 1).Select(entry => entry.Key)];

    private static Dictionary<string, Dictionary<string, long>> Nested(IEnumerable<(string Outer, string Inner, long Count)> counts) =>
        counts.GroupBy(count => count.Outer).ToDictionary(group => group.Key, group => group.ToDictionary(count => count.Inner, count => count.Count));
}
