using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Adyen;

/// <summary>
/// Takes payments on Adyen's hosted page, by a payment link: of what Adyen has to offer, the one that can be asked about and ended.
/// </summary>
/// <remarks>
/// Source: https://docs.adyen.com/api-explorer/Checkout/71/overview. Captures and cancellations are only received: webhooks tell what
/// became of them.
/// </remarks>
[Provider("adyen")]
internal sealed class AdyenPayments(ProviderHttp http) : IInitiatePayment, IVerifyPayment, ICapturePayment, ICancelPayment
{
    public async Task<Result<PaymentState, ProviderFailure>> InitiatePaymentAsync(
        PaymentRequest request, Connection connection, CancellationToken cancellationToken)
    {
        if (AdyenAmounts.ToWire(request.Amount) is not { } amount)
            return AdyenFailures.NotRepresentable(request.Amount);
        using var message = AdyenMessage.Checkout(HttpMethod.Post, "paymentLinks", connection, request.IdempotencyKey)
            .With(AdyenOrders.Link(request, amount, connection), AdyenJson.Default.AdyenLinkOrder);
        return await SendLinkAsync(message, cancellationToken);
    }

    /// <summary>By its link: of the payment itself Adyen tells by webhooks alone.</summary>
    public async Task<Result<PaymentState, ProviderFailure>> VerifyPaymentAsync(
        PaymentHandle payment, Connection connection, CancellationToken cancellationToken)
    {
        if (PathOf(payment) is not { } path)
            return AdyenFailures.NoLink(payment.PaymentId);
        using var message = AdyenMessage.Checkout(HttpMethod.Get, path, connection);
        return await SendLinkAsync(message, cancellationToken);
    }

    public async Task<Result<PaymentState, ProviderFailure>> CapturePaymentAsync(
        CaptureRequest request, Connection connection, CancellationToken cancellationToken)
    {
        if (AdyenAmounts.ToWire(request.Amount) is not { } amount)
            return AdyenFailures.NotRepresentable(request.Amount);
        var order = AdyenOrders.OfReserved(request.Payment, connection) with { Amount = amount };
        return await ModifyAsync(
            request.Payment, "captures", order, request.IdempotencyKey, PaymentStatus.Processing, connection, cancellationToken);
    }

    /// <summary>A link that nobody has paid on is ended; a reservation is given up, which the webhook confirms.</summary>
    public async Task<Result<PaymentState, ProviderFailure>> CancelPaymentAsync(
        CancelRequest request, Connection connection, CancellationToken cancellationToken)
    {
        var payment = request.Payment;
        if (payment.ProviderData.ContainsKey(AdyenMapping.PaymentKey))
        {
            return await ModifyAsync(
                payment, "cancels", AdyenOrders.OfReserved(payment, connection), request.IdempotencyKey, PaymentStatus.Authorized,
                connection, cancellationToken);
        }

        if (PathOf(payment) is not { } path)
            return AdyenFailures.NoLink(payment.PaymentId);
        // A key of its own: by the next try the customer may have paid, and then it is the payment that is canceled.
        using var message = AdyenMessage.Checkout(HttpMethod.Patch, path, connection, request.IdempotencyKey + "-expire")
            .With(new AdyenLinkChange("expired"), AdyenJson.Default.AdyenLinkChange);
        var ended = await SendLinkAsync(message, cancellationToken);
        return ended.Map(state => state.Status == PaymentStatus.Expired ? state with { Status = PaymentStatus.Canceled } : state);
    }

    /// <param name="status">Of the payment until its webhook comes.</param>
    private async Task<Result<PaymentState, ProviderFailure>> ModifyAsync(
        PaymentHandle payment, string what, AdyenModification order, string key, PaymentStatus status, Connection connection,
        CancellationToken cancellationToken)
    {
        var received = await http.ModifyAsync(payment, what, order, key, connection, cancellationToken);
        return received.Map(_ => new PaymentState(payment.ProviderData[AdyenMapping.PaymentKey], status));
    }

    private async Task<Result<PaymentState, ProviderFailure>> SendLinkAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        var link = await http.SendAsync(message, AdyenJson.Default.AdyenLink, AdyenFailures.Classify, cancellationToken);
        return link.Then(AdyenMapping.FromLink);
    }

    /// <summary>Null when the link is not known.</summary>
    private static string? PathOf(PaymentHandle payment) => payment.ProviderData.GetValueOrDefault(AdyenMapping.LinkKey) is { } link
        ? "paymentLinks/" + Uri.EscapeDataString(link) : null;
}
