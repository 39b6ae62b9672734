using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Payments;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Hub.Payouts.ClosedLoop;

/// <summary>Counts what customers pay in, and minds that what was paid out to them is not refunded as well.</summary>
internal sealed class DepositsOfPayments : IPaymentListener
{
    public void Need(LedgerNeeds needs, Payment? payment)
    {
        if (payment is not null && KeyOf(payment) is { } key)
            needs.Row(NetDepositTable.Instance, key);
    }

    public void NeedRefund(LedgerNeeds needs, Payment payment) => needs.Row(PayoutSettingsTable.Instance, payment.TenantId);

    public Error? RefuseRefund(LedgerRows rows, Payment payment, Money amount)
    {
        if (rows.Find(PayoutSettingsTable.Instance, payment.TenantId) is not { IsClosedLoop: true }
            || KeyOf(payment) is not { } key || rows.Find(NetDepositTable.Instance, key) is not { } deposit
            || deposit.Open >= amount.MinorUnits)
            return null;
        return PayoutErrors.ClosedLoop.With(
            $"At most {payment.InMinorUnits(Math.Max(0, deposit.Open))} can be given back by {payment.IntegrationId}: the rest of what the "
                + "customer paid in by it was paid out, or is on its way. Cancel a payout that has not left, or refund less.");
    }

    public void Apply(LedgerRows rows, Payment before, Payment after, DateTimeOffset now)
    {
        if (KeyOf(after) is { } key)
            NetDeposit.Add(rows, key, after.Taken - after.GivenBack - (before.Taken - before.GivenBack), 0);
    }

    private static NetDepositKey? KeyOf(Payment payment) => payment.CustomerId is { } customer
        ? new NetDepositKey(payment.TenantId, payment.Mode, customer, payment.Amount.Currency.Code, payment.IntegrationId) : null;
}
