using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.PayPal;

/// <summary>
/// Takes payments by orders: the customer approves one on PayPal's page, then it is completed (captured, or authorized to be captured
/// later), and only then money moves.
/// </summary>
/// <remarks>Source: https://developer.paypal.com/docs/api/orders/v2/ and https://developer.paypal.com/docs/api/payments/v2/.</remarks>
[Provider("paypal")]
internal sealed class PayPalPayments(ProviderHttp http)
    : IInitiatePayment, IVerifyPayment, ICompletePayment, ICapturePayment, ICancelPayment
{
    private const int LongestDescription = 127;

    public async Task<Result<PaymentState, ProviderFailure>> InitiatePaymentAsync(
        PaymentRequest request, Connection connection, CancellationToken cancellationToken)
    {
        if (PayPalAmounts.ToWire(request.Amount) is not { } amount)
            return PayPalFailures.NotRepresentable(request.Amount);
        using var message = PayPalMessage.Post(
            "v2/checkout/orders", OrderOf(request, amount), PayPalJson.Default.PayPalOrderRequest, request.IdempotencyKey);
        return await SendAsync(message, cancellationToken);
    }

    public async Task<Result<PaymentState, ProviderFailure>> VerifyPaymentAsync(
        PaymentHandle payment, Connection connection, CancellationToken cancellationToken) =>
        (await http.ReadOrderAsync(payment, cancellationToken)).Then(PayPalMapping.FromOrder);

    public async Task<Result<PaymentState, ProviderFailure>> CompletePaymentAsync(
        CompleteRequest request, Connection connection, CancellationToken cancellationToken)
    {
        var verb = request.Capture == CaptureMethod.Manual ? "authorize" : "capture";
        using var message = PayPalMessage.Post(
            $"{PayPalLookup.OrderPath(request.Payment)}/{verb}", new PayPalEmpty(), PayPalJson.Default.PayPalEmpty, request.IdempotencyKey);
        return await AsItStandsAsync(await SendAsync(message, cancellationToken), request.Payment, cancellationToken);
    }

    public async Task<Result<PaymentState, ProviderFailure>> CapturePaymentAsync(
        CaptureRequest request, Connection connection, CancellationToken cancellationToken)
    {
        if (PayPalAmounts.ToWire(request.Amount) is not { } amount)
            return PayPalFailures.NotRepresentable(request.Amount);
        var authorization = await http.FindAsync(
            PayPalMapping.AuthorizationKey, moved => moved.Authorizations, request.Payment, cancellationToken);
        if (!authorization.IsSuccess)
            return authorization.Error;
        using var message = PayPalMessage.Post(
            $"v2/payments/authorizations/{Uri.EscapeDataString(authorization.Value)}/capture",
            new PayPalCaptureRequest(amount, FinalCapture: true), PayPalJson.Default.PayPalCaptureRequest, request.IdempotencyKey);
        var captured = await http.SendAsync(
            message, PayPalJson.Default.PayPalTransaction, PayPalFailures.Classify, cancellationToken);
        return await AsItStandsAsync(
            captured.Then(capture => PayPalMapping.FromCapture(capture)), request.Payment, cancellationToken);
    }

    /// <summary>
    /// PayPal has no way to cancel an order; it expires. One that was not completed is canceled all the same when the hub never completes
    /// it, which it does not once it is canceled there.
    /// </summary>
    public async Task<Result<PaymentState, ProviderFailure>> CancelPaymentAsync(
        CancelRequest request, Connection connection, CancellationToken cancellationToken)
    {
        var read = await http.ReadOrderAsync(request.Payment, cancellationToken);
        if (!read.IsSuccess)
            return read.Error.BeforeActing();
        var (order, moved) = (read.Value, PayPalMapping.Payments(read.Value));
        var canceled = new PaymentState(order.Id, PaymentStatus.Canceled);
        if (moved is { Captures: null or [], Authorizations: null or [] } && order.Status != "COMPLETED")
            return canceled;
        if (moved.Captures is [_, ..]
            || PayPalMapping.Deciding(moved.Authorizations) is not { Status: "CREATED" or "PENDING" } authorization)
            return PayPalMapping.FromOrder(order);
        using var message = PayPalMessage.Post(
            $"v2/payments/authorizations/{Uri.EscapeDataString(authorization.Id)}/void", request.IdempotencyKey);
        var voided = await http.SendAsync(message, PayPalFailures.Classify, cancellationToken);   // with a body, or 204 without
        return await AsItStandsAsync(voided.Map(_ => canceled), request.Payment, cancellationToken);
    }

    private async Task<Result<PaymentState, ProviderFailure>> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        var order = await http.SendAsync(message, PayPalJson.Default.PayPalOrder, PayPalFailures.Classify, cancellationToken);
        return order.Then(PayPalMapping.FromOrder);
    }

    /// <summary>What is refused because it was done before is no failure: the order tells how it stands.</summary>
    private async Task<Result<PaymentState, ProviderFailure>> AsItStandsAsync(
        Result<PaymentState, ProviderFailure> answer, PaymentHandle payment, CancellationToken cancellationToken) =>
        answer.Error is { } error && PayPalFailures.WasDoneBefore(error)
            ? (await http.ReadOrderAsync(payment, cancellationToken)).Then(PayPalMapping.FromOrder)
            : answer;

    private static PayPalOrderRequest OrderOf(PaymentRequest request, PayPalMoney amount)
    {
        var what = request.Description is { Length: > 0 } description ? description : request.Reference;
        return new PayPalOrderRequest(
            request.Capture == CaptureMethod.Manual ? "AUTHORIZE" : "CAPTURE",
            [
                // The invoice id is the payment's too: an account that allows each only once then never pays one payment twice.
                new PayPalUnitRequest(
                    request.Reference, request.PaymentId, request.PaymentId, what.UpTo(LongestDescription), amount),
            ],
            request.ReturnUrl is { } back
                ? new PayPalPaymentSource(new PayPalWallet(new PayPalExperience(
                    back.OriginalString, (request.CancelUrl ?? back).OriginalString, "PAY_NOW", "NO_SHIPPING")))
                : null);
    }
}
