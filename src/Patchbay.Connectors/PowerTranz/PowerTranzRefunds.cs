using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.PowerTranz;

/// <summary>
/// Gives captured money back, in part or in full, at once. There are no idempotency keys: a refund is looked for before it is made.
/// </summary>
/// <remarks>Source: https://developer.powertranz.com (refund).</remarks>
[Provider("powertranz")]
internal sealed class PowerTranzRefunds(ProviderHttp http) : IProcessRefund, ILookUpRefund
{
    public async Task<Result<RefundState, ProviderFailure>> ProcessRefundAsync(
        RefundRequest request, Connection connection, CancellationToken cancellationToken)
    {
        var payment = request.Payment;
        if (PowerTranzAmounts.NumberOf(request.Amount.Currency) is not { } currency)
            return PowerTranzFailures.OtherCurrency(request.Amount, connection.Value("currency"));
        var listed = await http.ListAsync(payment.PaymentId, connection, cancellationToken);
        if (!listed.IsSuccess)
            return listed.Error.BeforeActing();
        // A list that proves nothing does not keep the first attempt from being made; a later one is looked up first.
        var before = Named(listed.Value, payment, request.RefundId);
        if (before is { IsSuccess: true, Value: { IsoResponseCode: PowerTranzMapping.Approved } made })
            return PowerTranzMapping.FromRefund(made, request.RefundId);
        using var message = PowerTranzMessage.Post(
            "refund",
            new PowerTranzRefund(
                true, PowerTranzMapping.TransactionOf(payment), PowerTranzAmounts.ToWire(request.Amount), currency, payment.PaymentId,
                request.RefundId),
            PowerTranzJson.Default.PowerTranzRefund, connection);
        var answer = await http.SendAsync(
            message, PowerTranzJson.Default.PowerTranzTransaction, PowerTranzFailures.Classify, cancellationToken);
        return answer.Then(told => PowerTranzMapping.FromRefund(told, request.RefundId));
    }

    public async Task<Result<RefundState, ProviderFailure>> VerifyRefundAsync(
        RefundHandle refund, Connection connection, CancellationToken cancellationToken)
    {
        var found = await FindAsync(refund.Payment, refund.RefundId, connection, cancellationToken);
        return found.Then(told => told is null
            ? PowerTranzFailures.NoSuchRefund(refund.RefundId) : PowerTranzMapping.FromRefund(told, refund.RefundId));
    }

    public async Task<Result<RefundState?, ProviderFailure>> LookUpRefundAsync(
        RefundRequest request, Connection connection, CancellationToken cancellationToken)
    {
        var found = await FindAsync(request.Payment, request.RefundId, connection, cancellationToken);
        return found.Then(told => told is null || PowerTranzFailures.MayPass(told.IsoResponseCode)
            ? new Result<RefundState?, ProviderFailure>((RefundState?)null)
            : Ended(PowerTranzMapping.FromRefund(told, request.RefundId), request.RefundId));
    }

    private async Task<Result<PowerTranzTransaction?, ProviderFailure>> FindAsync(
        PaymentHandle payment, string refund, Connection connection, CancellationToken cancellationToken)
    {
        var listed = await http.ListAsync(payment.PaymentId, connection, cancellationToken);
        return listed.Then(all => Named(all, payment, refund));
    }

    private static Result<PowerTranzTransaction?, ProviderFailure> Named(
        IReadOnlyList<PowerTranzTransaction> listed, PaymentHandle payment, string refund) =>
        listed.Named(refund, PowerTranzMapping.TransactionOf(payment), payment.PaymentId);

    /// <summary>A refund that was refused is one that failed.</summary>
    private static Result<RefundState?, ProviderFailure> Ended(Result<RefundState, ProviderFailure> state, string refund) =>
        state.Error is { Outcome: FailureOutcome.Rejected } refusal
            ? new RefundState(refund, RefundStatus.Failed, null, refusal.Detail) : state.Map(one => (RefundState?)one);
}
