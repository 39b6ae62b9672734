using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.PhonePe;

/// <summary>Takes payments on PhonePe's page, by orders that are named by the hub's id, which is taken once.</summary>
/// <remarks>Source: https://developer.phonepe.com/payment-gateway (initiate payment, order status).</remarks>
[Provider("phonepe")]
internal sealed class PhonePePayments(ProviderHttp http) : IInitiatePayment, ILookUpPayment, IVerifyPayment
{
    public async Task<Result<PaymentState, ProviderFailure>> InitiatePaymentAsync(
        PaymentRequest request, Connection connection, CancellationToken cancellationToken)
    {
        if (request.ReturnUrl is not { } returnUrl)
            return PhonePeFailures.NoReturnUrl;
        if (PhonePeFailures.Refuse(request.Amount) is { } refusal)
            return refusal;
        using var message = PhonePeMessage.Post(
            "checkout/v2/pay", PhonePeMapping.ToWire(request, returnUrl), PhonePeJson.Default.PhonePePay, connection);
        return await SendAsync(message, cancellationToken);
    }

    /// <summary>Only the answer that was lost had the page: nobody can pay what is found open, and it ends by itself.</summary>
    public async Task<Result<PaymentState?, ProviderFailure>> LookUpPaymentAsync(
        PaymentRequest request, Connection connection, CancellationToken cancellationToken)
    {
        var found = PhonePeFailures.OrNothing(await ReadAsync(request.PaymentId, connection, cancellationToken));
        return found is { IsSuccess: true, Value: { Status: PaymentStatus.RequiresAction } open }
            ? PhonePeMapping.WithoutPage(open) : found;
    }

    public Task<Result<PaymentState, ProviderFailure>> VerifyPaymentAsync(
        PaymentHandle payment, Connection connection, CancellationToken cancellationToken) =>
        ReadAsync(payment.PaymentId, connection, cancellationToken);

    private async Task<Result<PaymentState, ProviderFailure>> ReadAsync(
        string order, Connection connection, CancellationToken cancellationToken)
    {
        using var message = PhonePeMessage.Status(order, connection);
        return await SendAsync(message, cancellationToken);
    }

    private async Task<Result<PaymentState, ProviderFailure>> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        var order = await http.SendAsync(message, PhonePeJson.Default.PhonePeOrder, PhonePeFailures.Classify, cancellationToken);
        return order.Then(PhonePeMapping.FromOrder);
    }
}
