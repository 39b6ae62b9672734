using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Cashfree;

/// <summary>Gives money back, in part or in full: pending first. A refund is named by the hub's id.</summary>
/// <remarks>Source: https://www.cashfree.com/docs/api-reference/payments/latest/refunds/.</remarks>
[Provider("cashfree")]
internal sealed class CashfreeRefunds(ProviderHttp http) : IProcessRefund, ILookUpRefund
{
    public async Task<Result<RefundState, ProviderFailure>> ProcessRefundAsync(
        RefundRequest request, Connection connection, CancellationToken cancellationToken)
    {
        using var message = CashfreeMessage.Send(
            HttpMethod.Post, CashfreeMessage.Order(request.Payment.ProviderReference, "/refunds"), CashfreeRequests.Refund(request),
            CashfreeJson.Default.CashfreeRefundRequest, request.IdempotencyKey, connection);
        return await SendAsync(message, cancellationToken);
    }

    public Task<Result<RefundState, ProviderFailure>> VerifyRefundAsync(
        RefundHandle refund, Connection connection, CancellationToken cancellationToken) =>
        ReadAsync(refund.Payment, refund.ProviderReference, connection, cancellationToken);

    public async Task<Result<RefundState?, ProviderFailure>> LookUpRefundAsync(
        RefundRequest request, Connection connection, CancellationToken cancellationToken) => CashfreeFailures.OrNothing(
            await ReadAsync(request.Payment, CashfreeRequests.RefundId(request.RefundId), connection, cancellationToken));

    private async Task<Result<RefundState, ProviderFailure>> ReadAsync(
        PaymentHandle payment, string refund, Connection connection, CancellationToken cancellationToken)
    {
        using var message = CashfreeMessage.Get(
            CashfreeMessage.Order(payment.ProviderReference, "/refunds/" + Uri.EscapeDataString(refund)), connection);
        return await SendAsync(message, cancellationToken);
    }

    private async Task<Result<RefundState, ProviderFailure>> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        var refund = await http.SendAsync(message, CashfreeJson.Default.CashfreeRefund, CashfreeFailures.Classify, cancellationToken);
        return refund.Then(CashfreeMapping.FromRefund);
    }
}
