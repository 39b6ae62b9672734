using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Adyen;

/// <summary>Gives captured money back, in part or in full.</summary>
/// <remarks>Source: https://docs.adyen.com/online-payments/refund. Adyen only receives it: a webhook tells what became of it, as a rule the
/// same day, and later when the customer's bank sends the money back.</remarks>
[Provider("adyen")]
internal sealed class AdyenRefunds(ProviderHttp http) : IProcessRefund
{
    public async Task<Result<RefundState, ProviderFailure>> ProcessRefundAsync(
        RefundRequest request, Connection connection, CancellationToken cancellationToken)
    {
        if (AdyenAmounts.ToWire(request.Amount) is not { } amount)
            return AdyenFailures.NotRepresentable(request.Amount);
        var received = await http.ModifyAsync(
            request.Payment, "refunds", AdyenOrders.Refund(request, amount, connection), request.IdempotencyKey, connection,
            cancellationToken);
        return received.Map(read => new RefundState(read.PspReference, RefundStatus.Pending, request.Amount));
    }

    /// <summary>Nothing is asked, because Adyen cannot be: it stands as it was received until the webhook comes.</summary>
    public Task<Result<RefundState, ProviderFailure>> VerifyRefundAsync(
        RefundHandle refund, Connection connection, CancellationToken cancellationToken) =>
        Task.FromResult<Result<RefundState, ProviderFailure>>(new RefundState(refund.ProviderReference, RefundStatus.Pending));
}
