using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.PhonePe;

/// <summary>Gives money back, in part or in full: pending first. A refund is named by the hub's id, which is taken once.</summary>
/// <remarks>Source: https://developer.phonepe.com/payment-gateway (refund, refund status).</remarks>
[Provider("phonepe")]
internal sealed class PhonePeRefunds(ProviderHttp http) : IProcessRefund, ILookUpRefund
{
    /// <summary>How an id that is taken is refused is unconfirmed: after any refusal the refund is asked for by its id.</summary>
    public async Task<Result<RefundState, ProviderFailure>> ProcessRefundAsync(
        RefundRequest request, Connection connection, CancellationToken cancellationToken)
    {
        if (PhonePeFailures.Refuse(request.Amount) is { } refusal)
            return refusal;
        using var message = PhonePeMessage.Post(
            "payments/v2/refund",
            new PhonePeRefundOrder(request.RefundId, request.Payment.PaymentId, request.Amount.MinorUnits),
            PhonePeJson.Default.PhonePeRefundOrder, connection);
        var made = await SendAsync(message, cancellationToken);
        if (made.Error is not { Outcome: FailureOutcome.Rejected, Cause: FailureCause.Request })
            return made;
        var earlier = await ReadAsync(request.RefundId, connection, cancellationToken);
        return earlier.IsSuccess ? earlier : made;
    }

    public Task<Result<RefundState, ProviderFailure>> VerifyRefundAsync(
        RefundHandle refund, Connection connection, CancellationToken cancellationToken) =>
        ReadAsync(refund.RefundId, connection, cancellationToken);

    public async Task<Result<RefundState?, ProviderFailure>> LookUpRefundAsync(
        RefundRequest request, Connection connection, CancellationToken cancellationToken) =>
        PhonePeFailures.OrNothing(await ReadAsync(request.RefundId, connection, cancellationToken));

    private async Task<Result<RefundState, ProviderFailure>> ReadAsync(
        string refund, Connection connection, CancellationToken cancellationToken)
    {
        using var message = PhonePeMessage.Get($"payments/v2/refund/{Uri.EscapeDataString(refund)}/status", connection);
        return await SendAsync(message, cancellationToken);
    }

    private async Task<Result<RefundState, ProviderFailure>> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        var refund = await http.SendAsync(message, PhonePeJson.Default.PhonePeRefund, PhonePeFailures.Classify, cancellationToken);
        return refund.Then(PhonePeMapping.FromRefund);
    }
}
