using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.PayPal;

/// <summary>Gives captured money back, in part or in full.</summary>
/// <remarks>
/// Source: https://developer.paypal.com/docs/api/payments/v2/#captures_refund. The reason stays here: PayPal would show it to the customer.
/// </remarks>
[Provider("paypal")]
internal sealed class PayPalRefunds(ProviderHttp http) : IProcessRefund, ILookUpRefund
{
    public async Task<Result<RefundState, ProviderFailure>> ProcessRefundAsync(
        RefundRequest request, Connection connection, CancellationToken cancellationToken)
    {
        if (PayPalAmounts.ToWire(request.Amount) is not { } amount)
            return PayPalFailures.NotRepresentable(request.Amount);
        var capture = await http.FindAsync(
            PayPalMapping.CaptureKey, moved => moved.Captures, request.Payment, cancellationToken);
        if (!capture.IsSuccess)
            return capture.Error;
        using var message = PayPalMessage.Post(
            $"v2/payments/captures/{Uri.EscapeDataString(capture.Value)}/refund",
            new PayPalRefundRequest(amount, request.RefundId, request.RefundId), PayPalJson.Default.PayPalRefundRequest,
            request.IdempotencyKey);
        return await SendAsync(message, cancellationToken);
    }

    public async Task<Result<RefundState, ProviderFailure>> VerifyRefundAsync(
        RefundHandle refund, Connection connection, CancellationToken cancellationToken)
    {
        using var message = PayPalMessage.Get($"v2/payments/refunds/{Uri.EscapeDataString(refund.ProviderReference)}");
        return await SendAsync(message, cancellationToken);
    }

    /// <summary>Among those that the payment's order tells of.</summary>
    public async Task<Result<RefundState?, ProviderFailure>> LookUpRefundAsync(
        RefundRequest request, Connection connection, CancellationToken cancellationToken)
    {
        var order = await http.ReadOrderAsync(request.Payment, cancellationToken);
        if (!order.IsSuccess)
            return order.Error;
        return PayPalMapping.Payments(order.Value).Refunds?.FirstOrDefault(one => one.CustomId == request.RefundId) is { } made
            ? PayPalMapping.FromRefund(made).Map(state => (RefundState?)state) : (RefundState?)null;
    }

    private async Task<Result<RefundState, ProviderFailure>> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        var refund = await http.SendAsync(message, PayPalJson.Default.PayPalTransaction, PayPalFailures.Classify, cancellationToken);
        return refund.Then(PayPalMapping.FromRefund);
    }
}
