using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Running;

namespace Patchbay.Sandbox.Stripe;

/// <summary>Every account and object Stripe knows. An object is found only by the account it belongs to.</summary>
internal sealed partial class StripeBooks(SandboxOptions options)
{
    private readonly ConcurrentDictionary<string, StripeAccount> _accounts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, StripePayment> _payments = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, StripeSession> _sessions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, StripeRefund> _refunds = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, StripePayout> _payouts = new(StringComparer.Ordinal);

    /// <summary>The account of a key; null when the key is malformed or says that it is wrong.</summary>
    public StripeAccount? AccountOf(string key)
    {
        if (_accounts.TryGetValue(key, out var account))
            return account;
        return KeyShape().IsMatch(key) && !Credentials.IsWrong(key)
            ? _accounts.GetOrAdd(key, static (key, kept) => new StripeAccount(key, kept), options.IdempotencyKeysKept)
            : null;
    }

    public void Add(StripePayment payment) => _payments[payment.Id] = payment;

    public void Add(StripeSession session) => _sessions[session.Id] = session;

    public void Add(StripeRefund refund) => _refunds[refund.Id] = refund;

    public void Add(StripePayout payout) => _payouts[payout.Id] = payout;

    public StripePayment? Payment(StripeAccount account, string id) =>
        Payment(id) is { } payment && payment.Account == account ? payment : null;

    public StripePayment? PaymentOfCharge(StripeAccount account, string chargeId) =>
        Payment(account, chargeId.Replace("ch_", "pi_", StringComparison.Ordinal));

    public StripeSession? Session(StripeAccount account, string id) =>
        Session(id) is { } session && session.Account == account ? session : null;

    public StripeRefund? Refund(StripeAccount account, string id) =>
        _refunds.GetValueOrDefault(id) is { } refund && refund.Payment.Account == account ? refund : null;

    public StripePayout? Payout(StripeAccount account, string id) =>
        _payouts.GetValueOrDefault(id) is { } payout && payout.Account == account ? payout : null;

    public IEnumerable<StripePayment> Payments(StripeAccount account) => _payments.Values.Where(payment => payment.Account == account);

    public IEnumerable<StripeSession> Sessions(StripeAccount account) => _sessions.Values.Where(session => session.Account == account);

    public IEnumerable<StripeRefund> Refunds(StripeAccount account) => _refunds.Values.Where(refund => refund.Payment.Account == account);

    public IEnumerable<StripePayout> Payouts(StripeAccount account) => _payouts.Values.Where(payout => payout.Account == account);

    public IEnumerable<StripeRefund> Refunds(StripePayment payment) => _refunds.Values.Where(refund => refund.Payment == payment);

    /// <summary>Regardless of the account: for the customer, who has no key.</summary>
    public StripePayment? Payment(string id) => _payments.GetValueOrDefault(id);

    public StripeRefund? Refund(string id) => _refunds.GetValueOrDefault(id);

    public StripeSession? Session(string id) => _sessions.GetValueOrDefault(id);

    [GeneratedRegex("^(sk|rk)_(test|live)_[A-Za-z0-9]+$")]
    private static partial Regex KeyShape();
}
