using Patchbay.Hub.Affiliates.Leads;
using Patchbay.Hub.Affiliates.Terms;
using Patchbay.Hub.Payments;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Deposits;

/// <summary>
/// Makes deposits of the payments of customers who have come as leads, in the transaction that changes the payment. A payment makes at most
/// one deposit: its reference is the payment's id. What a customer paid before the link to a lead was known is not counted later.
/// </summary>
public sealed class PaymentDeposits(LeadDeposits deposits, IdGenerator ids) : IPaymentListener
{
    public void Need(LedgerNeeds needs, Payment? payment)
    {
        if (payment?.CustomerId is not { } customer)
            return;
        needs.Row(AffiliateSettingsTable.Instance, payment.TenantId, (more, settings) =>
        {
            if (settings is null)
                return;   // no affiliates here; the settings are there before the first lead is
            DepositRows.Need(more, KeyOf(payment), payment.Amount.Currency.Code);
            LeadRows.NeedCustomer(more, new LeadCustomerKey(payment.TenantId, customer));
        });
    }

    public void Apply(LedgerRows rows, Payment before, Payment after, DateTimeOffset now)
    {
        if (after.Taken == before.Taken && after.Returned == before.Returned || after.CustomerId is not { } customer)
            return;
        if (rows.Find(AffiliateSettingsTable.Instance, after.TenantId) is null
            || rows.Find(LeadCustomerTable.Instance, new LeadCustomerKey(after.TenantId, customer)) is not { } link)
            return;
        var deposit = rows.Find(DepositTable.Instance, KeyOf(after));
        if (deposit is null && before.Taken == 0 && after.Taken > 0)
            deposit = deposits.Record(rows, LeadOf(), NewDeposit(after, link.Lead, now), now);
        else if (deposit is not null && after.Taken > deposit.Amount.MinorUnits)
            deposit = deposits.Grow(rows, LeadOf(), deposit, after.Taken, now);
        if (deposit is null || deposit.Lead != link.Lead)
            return;
        var (was, returned) = (Of(deposit, before.Returned), Of(deposit, after.Returned));
        if (returned > deposit.Reversed)
            deposits.Reverse(rows, LeadOf(), deposit, returned, now);
        else if (returned < deposit.Reversed && was == deposit.Reversed)   // else the tenant has taken it back by hand
            deposits.Restore(rows, LeadOf(), deposit, returned, now);

        static long Of(Deposit deposit, long returned) => Math.Min(returned, deposit.Amount.MinorUnits);
        Lead LeadOf() => rows.Find(LeadTable.Instance, link.Lead)!;
    }

    private Deposit NewDeposit(Payment payment, LeadKey lead, DateTimeOffset now) => new()
    {
        Key = KeyOf(payment), Id = ids.New<DepositId>(), Lead = lead, Amount = payment.InMinorUnits(payment.Taken), OccurredAt = now,
        CreatedAt = now, UpdatedAt = now,
    };

    private static DepositKey KeyOf(Payment payment) => new(payment.TenantId, payment.Id.ToString());
}
