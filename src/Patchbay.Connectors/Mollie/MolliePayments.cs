using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Mollie;

/// <summary>Takes payments on Mollie's hosted checkout.</summary>
/// <remarks>Source: https://docs.mollie.com/reference/payments-api and https://docs.mollie.com/reference/captures-api.</remarks>
[Provider("mollie")]
internal sealed class MolliePayments(ProviderHttp http)
    : IInitiatePayment, ILookUpPayment, IVerifyPayment, ICapturePayment, ICancelPayment
{
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(5);

    public async Task<Result<PaymentState, ProviderFailure>> InitiatePaymentAsync(
        PaymentRequest request, Connection connection, CancellationToken cancellationToken)
    {
        if (request.ReturnUrl is not { } returnUrl)
            return MollieFailures.NoReturnUrl;
        using var message = MollieMessage.Post(
            "v2/payments", MollieOrders.Payment(request, returnUrl, connection), MollieJson.Default.MolliePaymentOrder,
            request.IdempotencyKey, connection);
        return await SendAsync(message, cancellationToken);
    }

    public async Task<Result<PaymentState?, ProviderFailure>> LookUpPaymentAsync(
        PaymentRequest request, Connection connection, CancellationToken cancellationToken)
    {
        var found = await http.FindAsync(
            "v2/payments", lists => lists.Payments,
            payment => MollieMapping.Reference(payment.Metadata) == request.PaymentId,
            payment => payment.CreatedAt < request.AcceptedAt - ClocksDiffer, payment => payment.Id, connection, cancellationToken);
        return found.Then(payment => payment is null
            ? new Result<PaymentState?, ProviderFailure>((PaymentState?)null)
            : MollieMapping.FromPayment(payment).Map(state => (PaymentState?)state));
    }

    public async Task<Result<PaymentState, ProviderFailure>> VerifyPaymentAsync(
        PaymentHandle payment, Connection connection, CancellationToken cancellationToken)
    {
        var read = await ReadAsync(payment, connection, cancellationToken);
        return read.Then(MollieMapping.FromPayment);
    }

    public async Task<Result<PaymentState, ProviderFailure>> CapturePaymentAsync(
        CaptureRequest request, Connection connection, CancellationToken cancellationToken)
    {
        using var message = MollieMessage.Post(
            PathOf(request.Payment) + "/captures", MollieOrders.Capture(request, connection), MollieJson.Default.MollieMoneyOrder,
            request.IdempotencyKey, connection);
        var reply = await http.SendAsync(message, MollieJson.Default.MollieCapture, MollieFailures.Classify, cancellationToken);
        var captured = reply.Then(capture => MollieMapping.FromCapture(capture, request));
        // Mollie keeps the rest reserved for further captures. It is released as well as can be: by itself it lapses, only later. What a
        // release does to a capture that is still under way is unconfirmed, so none is made then.
        if (captured is { IsSuccess: true, Value.Status: PaymentStatus.Succeeded } && request.Amount < request.Payment.Amount)
            await ReleaseAsync(request.Payment, request.IdempotencyKey, connection, cancellationToken);
        return captured;
    }

    /// <summary>What is open is canceled, what is reserved released; what has ended meanwhile stays as it is.</summary>
    public async Task<Result<PaymentState, ProviderFailure>> CancelPaymentAsync(
        CancelRequest request, Connection connection, CancellationToken cancellationToken)
    {
        var read = await ReadAsync(request.Payment, connection, cancellationToken);
        if (!read.IsSuccess)
            return read.Error.BeforeActing();
        switch (read.Value)
        {
            case { Status: "authorized" }:
                var released = await ReleaseAsync(request.Payment, request.IdempotencyKey, connection, cancellationToken);
                // Accepted, not done: it may take the bank days, and may not succeed. The payment becomes canceled when it has.
                return released.Then(_ => MollieMapping.FromPayment(read.Value));
            case { Status: "open" or "pending", IsCancelable: true }:
                using (var message = MollieMessage.Delete(PathOf(request.Payment), request.IdempotencyKey, connection))
                    return await SendAsync(message, cancellationToken);
            case { Status: "open" or "pending" }:
                return MollieFailures.NotCancelable(read.Value.Id);
            default:
                return MollieMapping.FromPayment(read.Value);
        }
    }

    /// <summary>With what tells of captures under way and of chargebacks.</summary>
    private async Task<Result<MolliePayment, ProviderFailure>> ReadAsync(
        PaymentHandle payment, Connection connection, CancellationToken cancellationToken)
    {
        using var message = MollieMessage.Get(PathOf(payment) + "?embed=captures,chargebacks", connection);
        return await http.SendAsync(message, MollieJson.Default.MolliePayment, MollieFailures.Classify, cancellationToken);
    }

    private async Task<Result<ProviderReply, ProviderFailure>> ReleaseAsync(
        PaymentHandle payment, string key, Connection connection, CancellationToken cancellationToken)
    {
        using var message = MollieMessage.Post(
            PathOf(payment) + "/release-authorization", new MollieEmptyOrder(MollieMessage.Testmode(connection)),
            MollieJson.Default.MollieEmptyOrder, key + "-release", connection);
        return await http.SendAsync(message, MollieFailures.Classify, cancellationToken);
    }

    private async Task<Result<PaymentState, ProviderFailure>> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        var payment = await http.SendAsync(message, MollieJson.Default.MolliePayment, MollieFailures.Classify, cancellationToken);
        return payment.Then(MollieMapping.FromPayment);
    }

    private static string PathOf(PaymentHandle payment) => "v2/payments/" + Uri.EscapeDataString(payment.ProviderReference);
}
