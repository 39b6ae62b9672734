using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.BridgerPay;

/// <summary>Gives money back, by an id that only a notification tells. A refund carries no name of the hub's.</summary>
/// <remarks>
/// Source: https://developers.bridgerpay.com/docs/refunds. There are no idempotency keys, and no list of refunds: all that can be read is
/// whether the deposit was refunded, in part or whole. What that leaves open is left to a person.
/// </remarks>
[Provider("bridgerpay")]
internal sealed class BridgerPayRefunds(ProviderHttp http) : IProcessRefund, ILookUpRefund
{
    public async Task<Result<RefundState, ProviderFailure>> ProcessRefundAsync(
        RefundRequest request, Connection connection, CancellationToken cancellationToken)
    {
        var payment = request.Payment;
        if (payment.ProviderData.GetValueOrDefault(BridgerPayMapping.RefundId) is not { } id)
            return BridgerPayFailures.NoRefundId(payment.PaymentId);
        var found = await http.FindDepositAsync(payment.PaymentId, connection, cancellationToken);
        if (found.Error is { } error)
            return error.BeforeActing();
        var isWhole = BridgerPayMapping.IsPaid(found.Value);
        if (!isWhole && !BridgerPayMapping.IsPartlyRefunded(found.Value))
            return BridgerPayFailures.NotPaid(payment.PaymentId);
        var part = isWhole && request.Amount == payment.Amount ? "" : "/" + request.Amount.ToAmountString();
        var made = await http.AskAsync(
            new HttpRequestMessage(
                HttpMethod.Post, $"v2/{connection.Key()}/transactions/{Uri.EscapeDataString(id)}/refund{part}"),
            BridgerPayJson.Default.BridgerPayRefund, cancellationToken);
        return made.Then(refund => BridgerPayMapping.FromRefund(refund, request));
    }

    /// <summary>Of one that BridgerPay took on. That it failed cannot be read.</summary>
    public async Task<Result<RefundState, ProviderFailure>> VerifyRefundAsync(
        RefundHandle refund, Connection connection, CancellationToken cancellationToken)
    {
        var found = await http.FindDepositAsync(refund.Payment.PaymentId, connection, cancellationToken);
        return found.Map(deposit => new RefundState(
            refund.ProviderReference, BridgerPayMapping.IsRefunded(deposit) ? RefundStatus.Succeeded : RefundStatus.Pending));
    }

    /// <summary>Nothing was given back: it was not made. All was: it was. A part: that may be another one's.</summary>
    public async Task<Result<RefundState?, ProviderFailure>> LookUpRefundAsync(
        RefundRequest request, Connection connection, CancellationToken cancellationToken)
    {
        var found = await http.FindDepositAsync(request.Payment.PaymentId, connection, cancellationToken);
        return found.Then(deposit =>
            BridgerPayMapping.IsPaid(deposit) ? new Result<RefundState?, ProviderFailure>((RefundState?)null)
            : BridgerPayMapping.IsRefunded(deposit) ? new RefundState(request.RefundId, RefundStatus.Succeeded, request.Amount)
            : BridgerPayFailures.RefundInDoubt(request.RefundId));
    }
}
