using Patchbay.Sandbox.Stripe.Wire;

namespace Patchbay.Sandbox.Stripe;

/// <summary>What the account's balance, which is in euro, gets and pays. The prices are chosen here.</summary>
internal static class StripeLedger
{
    private const string Settled = "eur";
    private const decimal EurosPerUnit = 0.9m;
    private const decimal Part = 0.015m;
    private const long Each = 25;
    private const long PerDispute = 2000;

    /// <summary>Null until the charge is settled.</summary>
    public static BalanceTransactionView? Of(StripePayment payment) => payment.Charge is { IsSettled: true } charge
        ? Entry(Id(charge.Id), charge.AmountCaptured, payment.Currency, "charge", charge.Id, charge.Created, paid =>
            (long)decimal.Round(paid * Part) + Each)
        : null;

    /// <summary>The fee of the payment is kept.</summary>
    public static BalanceTransactionView Of(StripeRefund refund) =>
        Entry(Id(refund.Id), -refund.Amount, refund.Payment.Currency, "refund", refund.Id, refund.Created, _ => 0);

    /// <summary>An inquiry takes nothing.</summary>
    public static IReadOnlyList<BalanceTransactionView> Of(StripeDispute dispute) =>
        dispute.Status.StartsWith("warning_", StringComparison.Ordinal)
        ? []
        : [Entry(Id(dispute.Id), -dispute.Amount, dispute.Payment.Currency, "adjustment", dispute.Id, dispute.Created, _ => PerDispute)];

    private static BalanceTransactionView Entry(
        string id, long amount, string currency, string type, string source, long created, Func<long, long> feeOf)
    {
        var isOwn = currency == Settled;
        var settled = isOwn ? amount : (long)decimal.Round(amount * EurosPerUnit);
        return new BalanceTransactionView(id, settled, feeOf(settled), Settled, type, source, created)
        {
            ExchangeRate = isOwn ? null : EurosPerUnit,
        };
    }

    private static string Id(string source) => "txn_" + source[(source.IndexOf('_', StringComparison.Ordinal) + 1)..];
}
