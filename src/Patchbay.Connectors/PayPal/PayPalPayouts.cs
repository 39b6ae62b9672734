using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.PayPal;

/// <summary>Pays out from the merchant's PayPal balance: a batch of one item each, named by the payout's id.</summary>
/// <remarks>
/// Source: https://developer.paypal.com/docs/api/payments.payouts-batch/v1/. The request id is kept for 30 days there, but developers have
/// seen it ignored; what surely keeps a payout from being sent twice is the batch's name, which is refused when it comes again. PayPal
/// cannot be asked for a batch by that name. A look-up could only send it again, past the kill switch, so there is none: a lost answer is
/// found out by the next try.
/// </remarks>
[Provider("paypal")]
internal sealed class PayPalPayouts(ProviderHttp http) : IInitiatePayout
{
    private const string Path = "v1/payments/payouts";

    public async Task<Result<PayoutState, ProviderFailure>> InitiatePayoutAsync(
        PayoutRequest request, Connection connection, CancellationToken cancellationToken)
    {
        var batch = PayPalPayoutMapping.ToWire(request);
        if (!batch.IsSuccess)
            return batch.Error;
        using var message = PayPalMessage.Post(
            Path, batch.Value, PayPalPayoutJson.Default.PayPalPayoutRequest, request.IdempotencyKey);
        ProviderReply? refusal = null;
        var sent = await http.SendAsync(
            message, PayPalPayoutJson.Default.PayPalPayoutBatch, reply => PayPalPayoutFailures.Classify(refusal = reply),
            cancellationToken);
        return sent.Error is { } error && refusal is not null && PayPalPayoutFailures.EarlierBatch(refusal) is { } earlier
            ? await AdoptAsync(earlier, request.PayoutId, error, cancellationToken)
            : sent.Then(PayPalPayoutMapping.FromBatch);
    }

    public async Task<Result<PayoutState, ProviderFailure>> VerifyPayoutAsync(
        PayoutHandle payout, Connection connection, CancellationToken cancellationToken)
    {
        var read = await ReadAsync(payout.ProviderReference, cancellationToken);
        return read.Error is { } error && PayPalPayoutFailures.IsUnknownBatch(error)
            ? new PayoutState(payout.ProviderReference, PayoutStatus.NotReceived)
            : read.Then(PayPalPayoutMapping.FromBatch);
    }

    /// <summary>What became of the batch that was sent before. As long as that is not known, nothing is.</summary>
    private async Task<Result<PayoutState, ProviderFailure>> AdoptAsync(
        string batch, string payout, ProviderFailure sentBefore, CancellationToken cancellationToken)
    {
        var read = await ReadAsync(batch, cancellationToken);
        if (!read.IsSuccess)
            return PayPalPayoutFailures.InDoubt(read.Error);
        return read.Value.BatchHeader.SenderBatchHeader?.SenderBatchId == payout
            ? PayPalPayoutMapping.FromBatch(read.Value) : sentBefore;
    }

    private async Task<Result<PayPalPayoutBatch, ProviderFailure>> ReadAsync(string batch, CancellationToken cancellationToken)
    {
        using var message = PayPalMessage.Get($"{Path}/{Uri.EscapeDataString(batch)}");
        return await http.SendAsync(
            message, PayPalPayoutJson.Default.PayPalPayoutBatch, PayPalPayoutFailures.Classify, cancellationToken);
    }
}
