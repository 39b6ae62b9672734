using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Stripe;

/// <summary>Gives captured money back, in part or in full.</summary>
/// <remarks>Source: https://docs.stripe.com/api/refunds. Bank debits are refunded days later: pending comes first there.</remarks>
[Provider("stripe")]
internal sealed class StripeRefunds(ProviderHttp http) : IProcessRefund, ILookUpRefund
{
    public async Task<Result<RefundState, ProviderFailure>> ProcessRefundAsync(
        RefundRequest request, Connection connection, CancellationToken cancellationToken)
    {
        if (!StripeAmounts.TryToWire(request.Amount, out var amount))
            return StripeFailures.NotRepresentable(request.Amount);
        var intent = await http.FindIntentAsync(request.Payment, connection, cancellationToken);
        if (!intent.IsSuccess)
            return intent.Error;

        using var message = StripeMessage.Post(
            "v1/refunds", StripeForms.Refund(request, intent.Value, amount), request.IdempotencyKey, connection);
        return await SendAsync(message, cancellationToken);
    }

    public async Task<Result<RefundState, ProviderFailure>> VerifyRefundAsync(
        RefundHandle refund, Connection connection, CancellationToken cancellationToken)
    {
        using var message = StripeMessage.Get(
            $"v1/refunds/{Uri.EscapeDataString(refund.ProviderReference)}?expand[]={StripeFees.Expanded}", connection);
        return await SendAsync(message, cancellationToken);
    }

    /// <inheritdoc cref="StripePayments.LookUpPaymentAsync"/>
    public async Task<Result<RefundState?, ProviderFailure>> LookUpRefundAsync(
        RefundRequest request, Connection connection, CancellationToken cancellationToken)
    {
        var intent = await http.FindIntentAsync(request.Payment, connection, cancellationToken);
        return intent.IsSuccess
            ? await http.LookUpAsync(
                $"v1/refunds?payment_intent={Uri.EscapeDataString(intent.Value)}", StripeJson.Default.StripeListStripeRefund,
                refund => refund.Metadata?.GetValueOrDefault(StripeForms.Reference) == request.RefundId, StripeMapping.FromRefund,
                connection, cancellationToken)
            : intent.Error;
    }

    private async Task<Result<RefundState, ProviderFailure>> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        var reply = await http.SendAsync(message, StripeJson.Default.StripeRefund, StripeFailures.Classify, cancellationToken);
        return reply.Then(StripeMapping.FromRefund);
    }
}
