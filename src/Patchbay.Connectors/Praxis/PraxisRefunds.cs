using System.Globalization;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Praxis;

/// <summary>Gives the money of an approved sale back, all of it or, where the provider behind Praxis can, a part.</summary>
/// <remarks>
/// Source: https://doc.praxiscashier.com/integration_docs/latest/direct_api/refund. There are no idempotency keys, and whether an order's
/// id is refused when it comes again is unconfirmed: each refund is looked for first.
/// </remarks>
[Provider("praxis")]
internal sealed class PraxisRefunds(ProviderHttp http) : IProcessRefund, ILookUpRefund
{
    public async Task<Result<RefundState, ProviderFailure>> ProcessRefundAsync(
        RefundRequest request, Connection connection, CancellationToken cancellationToken)
    {
        var earlier = await FindAsync(request.RefundId, connection, cancellationToken);
        if (!earlier.IsSuccess)
            return earlier.Error.BeforeActing();
        if (earlier.Value is { } done)
            return done;
        var data = request.Payment.ProviderData;
        if (!long.TryParse(request.Payment.ProviderReference, NumberStyles.None, CultureInfo.InvariantCulture, out var tid)
            || data.GetValueOrDefault(PraxisMapping.Cid) is not { } cid)
            return PraxisFailures.NotPaid(request.Payment.PaymentId);
        var amount = request.Amount;
        if (PraxisMapping.ReadCharged(data) is { } charged)
        {
            if (request.Amount != request.Payment.Amount)
                return PraxisFailures.OtherCurrency(charged);
            amount = charged;
        }

        var made = await http.SendAsync(
            "direct/refund", PraxisOrders.Refund(request, tid, amount, cid, connection, http.Now), PraxisJson.Default.PraxisRefundOrder,
            connection, cancellationToken);
        return made.Then(PraxisMapping.FromRefund);
    }

    public async Task<Result<RefundState, ProviderFailure>> VerifyRefundAsync(
        RefundHandle refund, Connection connection, CancellationToken cancellationToken)
    {
        var found = await http.FindOrderAsync(refund.RefundId, connection, cancellationToken);
        return found.Then(PraxisMapping.FromRefund);
    }

    public Task<Result<RefundState?, ProviderFailure>> LookUpRefundAsync(
        RefundRequest request, Connection connection, CancellationToken cancellationToken) =>
        FindAsync(request.RefundId, connection, cancellationToken);

    private async Task<Result<RefundState?, ProviderFailure>> FindAsync(
        string refund, Connection connection, CancellationToken cancellationToken)
    {
        var found = await http.FindOrderAsync(refund, connection, cancellationToken);
        return found.Error is { } failure && PraxisFailures.IsUnknownOrder(failure)
            ? (RefundState?)null
            : found.Then(PraxisMapping.FromRefund).Map(state => (RefundState?)state);
    }
}
