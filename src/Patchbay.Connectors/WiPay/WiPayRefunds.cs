using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.WiPay;

/// <summary>Requests that all of a payment is given back, once, where there is a WAPI key. WiPay decides later.</summary>
/// <remarks>Source: https://docs.wipayfinancial.com (WAPI 2.0.2, refund).</remarks>
[Provider("wipay")]
internal sealed class WiPayRefunds(ProviderHttp http) : IProcessRefund, ILookUpRefund
{
    public async Task<Result<RefundState, ProviderFailure>> ProcessRefundAsync(
        RefundRequest request, Connection connection, CancellationToken cancellationToken)
    {
        var (payment, transaction) = (request.Payment, request.Payment.ProviderReference);
        if (request.Amount != payment.Amount)
            return WiPayFailures.OnlyWhole(request.Amount);
        var before = await LookUpRefundAsync(request, connection, cancellationToken);
        if (!before.IsSuccess || before.Value is not null)
            return before.Error?.BeforeActing() ?? new Result<RefundState, ProviderFailure>(before.Value!);
        using var message = WiPayMessage.Wapi(
            HttpMethod.Post, $"transactions/{Uri.EscapeDataString(transaction)}/refund", connection);
        var answer = await http.SendAsync(message!, WiPayJson.Default.WiPayRequested, WiPayFailures.Classify, cancellationToken);
        return answer.Map(_ => new RefundState(transaction, RefundStatus.Pending, request.Amount));
    }

    public async Task<Result<RefundState, ProviderFailure>> VerifyRefundAsync(
        RefundHandle refund, Connection connection, CancellationToken cancellationToken)
    {
        var (payment, transaction) = (refund.Payment, refund.Payment.ProviderReference);
        var found = await http.FindAsync(transaction, connection, cancellationToken);
        return found.Then(told => WiPayMapping.FromRefund(told, transaction, payment.Amount))
            .Map(state => state ?? new RefundState(transaction, RefundStatus.Pending, payment.Amount));   // requested, and not shown yet
    }

    public async Task<Result<RefundState?, ProviderFailure>> LookUpRefundAsync(
        RefundRequest request, Connection connection, CancellationToken cancellationToken)
    {
        var transaction = request.Payment.ProviderReference;
        var found = await http.FindAsync(transaction, connection, cancellationToken);
        return found.Then(told => WiPayMapping.FromRefund(told, transaction, request.Amount));
    }
}
