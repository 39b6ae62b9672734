using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Affiliates.Leads;
using Patchbay.Hub.Affiliates.Terms;
using Patchbay.Platform.Api;
using Patchbay.Platform.Audit;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Deposits;

/// <summary>Records a deposit that the tenant tells of; the same reference once.</summary>
internal sealed class RecordDeposit(Deposit deposit, LeadDeposits deposits, string actor, DateTimeOffset now)
    : LedgerWork<Result<Reply, Error>>
{
    public override void Need(LedgerNeeds needs) => AffiliateLock.Need(needs, deposit.Key.Tenant, more =>
    {
        DepositRows.Need(more, deposit.Key, deposit.Amount.Currency.Code);
        LeadRows.NeedLead(more, deposit.Lead, null);
    });

    public override Result<Reply, Error> Decide(LedgerRows rows)
    {
        if (rows.Find(LeadTable.Instance, deposit.Lead) is not { } lead)
            return Error.NotFound("lead");
        if (rows.Find(DepositTable.Instance, deposit.Key) is { } present)
        {
            return present.Lead == deposit.Lead && present.Amount == deposit.Amount
                ? Reply.Ok(DepositView.From(present))
                : AffiliateErrors.DepositExists.With($"There is another deposit with this reference: {present.Id}.");
        }

        var recorded = deposits.Record(rows, lead, deposit, now);
        AuditLog.Write(
            rows, deposit.Key.Tenant, actor, "affiliate_deposit.record", deposit.Id.ToString(),
            new
            {
                lead = lead.Id, amount = deposit.Amount.ToAmountString(), currency = deposit.Amount.Currency.Code,
                rate = recorded.Rate?.ToString()
            },
            now);
        return Reply.Created(DepositView.From(recorded), $"/api/v1/affiliates/deposits/{deposit.Id}");
    }
}

/// <summary>Takes back what is left of a deposit, or a part of it.</summary>
/// <param name="amount">Null: all that is left.</param>
internal sealed class ReverseDeposit(Deposit seen, Money? amount, LeadDeposits deposits, string actor, DateTimeOffset now)
    : LedgerWork<Result<Reply, Error>>
{
    public override void Need(LedgerNeeds needs) => AffiliateLock.Need(needs, seen.Key.Tenant, more =>
    {
        DepositRows.Need(more, seen.Key, seen.Amount.Currency.Code);
        LeadRows.NeedLead(more, seen.Lead, null);
    });

    public override Result<Reply, Error> Decide(LedgerRows rows)
    {
        var deposit = rows.Find(DepositTable.Instance, seen.Key)!;
        var back = amount?.MinorUnits ?? deposit.Net.MinorUnits;
        if (back == 0 || back > deposit.Net.MinorUnits)
            return AffiliateErrors.ReversalExceedsDeposit.With($"At most {deposit.Net} can still be taken back.");
        var after = deposits.Reverse(rows, rows.Find(LeadTable.Instance, deposit.Lead)!, deposit, deposit.Reversed + back, now);
        AuditLog.Write(
            rows, seen.Key.Tenant, actor, "affiliate_deposit.reverse", seen.Id.ToString(),
            new { amount = (deposit.Amount with { MinorUnits = back }).ToAmountString() }, now);
        return Reply.Ok(DepositView.From(after));
    }
}

/// <summary>Counts a deposit that waited for a rate. True when it counts now.</summary>
internal sealed class CountDeposit(Deposit seen, LeadDeposits deposits, DateTimeOffset now) : LedgerWork<bool>
{
    public override void Need(LedgerNeeds needs) => AffiliateLock.Need(needs, seen.Key.Tenant, more =>
    {
        DepositRows.Need(more, seen.Key, seen.Amount.Currency.Code);
        LeadRows.NeedLead(more, seen.Lead, null);
    });

    public override bool Decide(LedgerRows rows) =>
        rows.Find(DepositTable.Instance, seen.Key) is { } deposit
            && deposits.Count(rows, rows.Find(LeadTable.Instance, deposit.Lead)!, deposit, now);
}
