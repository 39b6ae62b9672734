using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Square;

/// <summary>Gives captured money back, in part or in full.</summary>
/// <remarks>Source: https://developer.squareup.com/reference/square/refunds-api.</remarks>
[Provider("square")]
internal sealed class SquareRefunds(ProviderHttp http) : IProcessRefund, ILookUpRefund
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
        var made = await SendAsync(message, cancellationToken);
        return made.Then(SquareMapping.FromRefund);
    }

    public async Task<Result<RefundState, ProviderFailure>> VerifyRefundAsync(
        RefundHandle refund, Connection connection, CancellationToken cancellationToken)
    {
        var read = await ReadAsync(refund.ProviderReference, connection, cancellationToken);
        return read.Then(SquareMapping.FromRefund);
    }

    /// <summary>Among those of its payment, by the reason that it was made with.</summary>
    public async Task<Result<RefundState?, ProviderFailure>> LookUpRefundAsync(
        RefundRequest request, Connection connection, CancellationToken cancellationToken)
    {
        var payment = await http.FindAsync(request.Payment, connection, cancellationToken);
        if (!payment.IsSuccess)
            return payment.Error;
        if (payment.Value is not { } id)
            return (RefundState?)null;
        var made = await http.ReadPaymentAsync(id, connection, cancellationToken);
        if (!made.IsSuccess)
            return made.Error;
        foreach (var one in made.Value.RefundIds ?? [])
        {
            var refund = await ReadAsync(one, connection, cancellationToken);
            if (!refund.IsSuccess)
                return refund.Error;
            if (refund.Value.Reason?.EndsWith(request.RefundId, StringComparison.Ordinal) == true)
                return SquareMapping.FromRefund(refund.Value).Map(state => (RefundState?)state);
        }

        return (RefundState?)null;
    }

    private async Task<Result<SquareRefund, ProviderFailure>> ReadAsync(
        string refund, Connection connection, CancellationToken cancellationToken)
    {
        using var message = SquareMessage.Get($"{Path}/{Uri.EscapeDataString(refund)}", connection);
        return await SendAsync(message, cancellationToken);
    }

    private async Task<Result<SquareRefund, ProviderFailure>> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        var reply = await http.SendAsync(message, SquareJson.Default.SquareRefundReply, SquareFailures.Classify, cancellationToken);
        return reply.Map(read => read.Refund);
    }
}
