using System.Collections.Concurrent;

namespace Patchbay.Sandbox.Payments;

/// <summary>What a gateway has of payments and refunds.</summary>
public sealed class GatewayBook
{
    private readonly ConcurrentDictionary<string, GatewayPayment> _payments = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, GatewayRefund> _refunds = new(StringComparer.Ordinal);

    internal void Add(GatewayPayment payment) => _payments[payment.Id] = payment;

    internal void Add(GatewayRefund refund) => _refunds[refund.Id] = refund;

    /// <summary>Null when there is no such payment.</summary>
    public GatewayPayment? Payment(string id) => _payments.GetValueOrDefault(id);

    /// <summary>Null when there is no such refund.</summary>
    public GatewayRefund? Refund(string id) => _refunds.GetValueOrDefault(id);

    /// <summary>Newest first.</summary>
    public IReadOnlyList<GatewayPayment> PaymentsOf(GatewayAccount account) =>
        [.. _payments.Values.Where(payment => payment.Account == account).OrderByDescending(payment => (payment.CreatedAt, payment.Id))];

    /// <summary>The account's payment with the merchant's reference; null when there is none.</summary>
    public GatewayPayment? PaymentBy(GatewayAccount account, string? reference) =>
        _payments.Values.FirstOrDefault(payment => payment.Account == account && payment.Order.Reference == reference);

    /// <summary>Whoever's payment has this merchant's reference; null when none has.</summary>
    public GatewayPayment? PaymentBy(string reference) =>
        _payments.Values.FirstOrDefault(payment => payment.Order.Reference == reference);

    /// <summary>The account's refund with the merchant's reference; null when there is none.</summary>
    public GatewayRefund? RefundBy(GatewayAccount account, string? reference) =>
        _refunds.Values.FirstOrDefault(refund => refund.Payment.Account == account && refund.Reference == reference);

    /// <summary>Newest first.</summary>
    public IReadOnlyList<GatewayRefund> RefundsOf(GatewayPayment payment) =>
        [.. _refunds.Values.Where(refund => refund.Payment == payment).OrderByDescending(refund => refund.Id, StringComparer.Ordinal)];
}
