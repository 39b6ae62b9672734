using Patchbay.Hub.Affiliates.Terms;
using Patchbay.Platform.Features;
using Patchbay.Platform.Operations;

namespace Patchbay.Hub.Affiliates.Deposits;

/// <summary>Deposits over HTTP.</summary>
internal static class DepositEndpoints
{
    public static void MapDeposits(this FeatureRoutes hub)
    {
        hub.Action<DepositHandlers, RecordDepositRequest>(
                "affiliates.deposits.record", "POST /affiliates/deposits/", deposits => deposits.RecordAsync)
            .Answers<DepositView>(201, 200).Says("Record a deposit of a lead; the same reference counts once")
            .Refuses(AffiliateErrors.LeadUnknown, AffiliateErrors.DepositExists);
        hub.ActionOn<DepositHandlers, DepositId, ReverseDepositRequest>(
                "affiliates.deposits.reverse", "POST /affiliates/deposits/{id}/reverse", deposits => deposits.ReverseAsync)
            .Answers<DepositView>().Says("Take a deposit back, in whole or in part: it was refunded or charged back")
            .Refuses(AffiliateErrors.ReversalExceedsDeposit);
        hub.List(
                "GET /affiliates/deposits/", DepositTable.Instance, DepositView.From,
                by => by.Text("affiliate_id").Text("affiliate_lead_id").Word<DepositStatus>(
                    "status", (status, where) => where.And(status == DepositStatus.WaitingForRate ? "rate IS NULL" : "rate IS NOT NULL")))
            .Says("Deposits, newest first");
        hub.One<DepositHandlers, DepositId, Deposit, DepositView>(
                "GET /affiliates/deposits/{id}", "deposit", deposits => deposits.FindAsync, DepositView.From)
            .Says("A deposit");
    }
}
