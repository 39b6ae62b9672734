using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Mollie;

/// <summary>Gives captured money back, in part or in full. Mollie sends it to the bank a working day later: pending comes first.</summary>
/// <remarks>Source: https://docs.mollie.com/reference/refunds-api.</remarks>
[Provider("mollie")]
internal sealed class MollieRefunds(ProviderHttp http) : IProcessRefund, ILookUpRefund
{
    public async Task<Result<RefundState, ProviderFailure>> ProcessRefundAsync(
        RefundRequest request, Connection connection, CancellationToken cancellationToken)
    {
        using var message = MollieMessage.Post(
            PathOf(request.Payment), MollieOrders.Refund(request, connection), MollieJson.Default.MollieMoneyOrder,
            request.IdempotencyKey, connection);
        return await SendAsync(message, cancellationToken);
    }

    public async Task<Result<RefundState, ProviderFailure>> VerifyRefundAsync(
        RefundHandle refund, Connection connection, CancellationToken cancellationToken)
    {
        using var message = MollieMessage.Get(
            $"{PathOf(refund.Payment)}/{Uri.EscapeDataString(refund.ProviderReference)}", connection);
        return await SendAsync(message, cancellationToken);
    }

    public async Task<Result<RefundState?, ProviderFailure>> LookUpRefundAsync(
        RefundRequest request, Connection connection, CancellationToken cancellationToken)
    {
        var found = await http.FindAsync(
            PathOf(request.Payment), lists => lists.Refunds,
            refund => MollieMapping.Reference(refund.Metadata) == request.RefundId, _ => false, refund => refund.Id,
            connection, cancellationToken);
        return found.Then(refund => refund is null
            ? new Result<RefundState?, ProviderFailure>((RefundState?)null)
            : MollieMapping.FromRefund(refund).Map(state => (RefundState?)state));
    }

    private async Task<Result<RefundState, ProviderFailure>> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        var reply = await http.SendAsync(message, MollieJson.Default.MollieRefund, MollieFailures.Classify, cancellationToken);
        return reply.Then(MollieMapping.FromRefund);
    }

    private static string PathOf(PaymentHandle payment) => $"v2/payments/{Uri.EscapeDataString(payment.ProviderReference)}/refunds";
}
