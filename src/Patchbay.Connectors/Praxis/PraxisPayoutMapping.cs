using System.Globalization;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Praxis;

/// <summary>Praxis's withdrawals as the hub sees them: the receiver's request, and what is paid out on it. Pure.</summary>
internal static class PraxisPayoutMapping
{
    public static Result<PayoutState, ProviderFailure> FromOrder(PraxisAnswer answer, string payout) =>
        FromSteps(PraxisMapping.Transactions(answer), answer.Session, payout);

    /// <param name="steps">The request, and the payouts that were made on it, in their order.</param>
    /// <param name="payout">Names it until there is a request.</param>
    public static Result<PayoutState, ProviderFailure> FromSteps(
        IReadOnlyList<PraxisTransaction> steps, PraxisSession? session, string payout)
    {
        if (steps.Count == 0)
            return new PayoutState(payout, PraxisMapping.IsOpen(session) ? PayoutStatus.RequiresAction : PayoutStatus.Canceled);
        var last = steps.LastOrDefault(step => step.TransactionStatus == "approved") ?? steps[^1];
        PayoutStatus? status = last.TransactionStatus switch
        {
            "approved" => PayoutStatus.Paid,
            "requested" or "split" or "split_partial" or "initialized" or "pending" or "pending_async" or "in progress" =>
                PayoutStatus.Processing,
            "cancelled" => PayoutStatus.Canceled,
            "reversed" or "refunded" => PayoutStatus.Returned,
            var word when PraxisMapping.IsRefused(word) => PayoutStatus.Failed,
            _ => null,
        };
        if (status is null)
            return PraxisMapping.Unknown(last.TransactionStatus);
        return new PayoutState(
            last.Tid.ToString(CultureInfo.InvariantCulture), status.Value,
            status == PayoutStatus.Failed ? PraxisFailures.Explain(last) : null)
        {
            ToBeCompleted = last.TransactionStatus == "requested",
        };
    }

    /// <summary>What waits to be completed; null when nothing does.</summary>
    public static PraxisTransaction? Requested(PraxisAnswer answer) =>
        PraxisMapping.Transactions(answer) is [.., { TransactionStatus: "requested" } last] ? last : null;
}
