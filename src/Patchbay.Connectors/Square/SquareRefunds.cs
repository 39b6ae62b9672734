using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Square;

/// <summary>Gives captured money back, in part or in full.</summary>
/// <remarks>Source: https://developer.squareup.com/reference/square/refunds-api.</remarks>
[Provider("square")]
internal sealed class SquareRefunds(ProviderHttp http) : IProcessRefund
{
    private const string Path = "v2/refunds";

    public async Task<Result<RefundState, ProviderFailure>> ProcessRefundAsync(
        RefundRequest request, Connection connection, CancellationToken cancellationToken)
    {
        var payment = await http.FindAsync(request.Payment, connection, cancellationToken);
        if (!payment.IsSuccess)
            return payment.Error;
        if (payment.Value is not { } id)
            return SquareFailures.NotPaidYet(request.Payment.PaymentId);
        using var message = SquareMessage.Post(
            Path, SquareOrders.Refund(request, id), SquareJson.Default.SquareRefundOrder, connection);
        return await SendAsync(message, cancellationToken);
    }

    public async Task<Result<RefundState, ProviderFailure>> VerifyRefundAsync(
        RefundHandle refund, Connection connection, CancellationToken cancellationToken)
    {
        using var message = SquareMessage.Get($"{Path}/{Uri.EscapeDataString(refund.ProviderReference)}", connection);
        return await SendAsync(message, cancellationToken);
    }

    private async Task<Result<RefundState, ProviderFailure>> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        var reply = await http.SendAsync(message, SquareJson.Default.SquareRefundReply, SquareFailures.Classify, cancellationToken);
        return reply.Then(read => SquareMapping.FromRefund(read.Refund));
    }
}
