using Patchbay.Hub.Payments;
using Patchbay.Storage;

namespace Patchbay.Hub.Payouts.ClosedLoop;

/// <summary>Counts what customers pay in.</summary>
internal sealed class DepositsOfPayments : IPaymentListener
{
    public void Need(LedgerNeeds needs, Payment? payment)
    {
        if (payment is not null && KeyOf(payment) is { } key)
            needs.Row(NetDepositTable.Instance, key);
    }

    public void Apply(LedgerRows rows, Payment before, Payment after, DateTimeOffset now)
    {
        if (KeyOf(after) is { } key)
            NetDeposit.Add(rows, key, after.Taken - after.Returned - (before.Taken - before.Returned), 0);
    }

    private static NetDepositKey? KeyOf(Payment payment) => payment.CustomerId is { } customer
        ? new NetDepositKey(payment.TenantId, payment.Mode, customer, payment.Amount.Currency.Code, payment.IntegrationId) : null;
}
